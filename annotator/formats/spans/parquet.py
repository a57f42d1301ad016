"""A table of spans as Parquet, for pandas and its like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats.about import About
from annotator.formats.format import Fit, Format
from annotator.formats.spans import flat

MAGIC: Final = b"PAR1"
_ROWS: Final = 5000
"""Rows that are in memory at a time."""


def fit(head: bytes) -> Fit:
    """The signature tells."""
    return Fit.SURE if head.startswith(MAGIC) else Fit.NO


def write(records: Iterable[Record], path: Path, _about: About) -> None:
    """One row a span, some thousand rows a group."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = pa.schema([(name, _type(name)) for name in flat.COLUMNS])
    rows = chain.from_iterable(map(flat.rows, records))
    with ParquetWriter(path, schema) as file:
        while group := list(islice(rows, _ROWS)):
            file.write_table(pa.Table.from_pylist(group, schema))


def read(path: Path, _notes: list[Message]) -> Iterator[Record]:
    """The articles of a table that was written here."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        lacking = flat.KEY - set(file.schema_arrow.names)
        if lacking:
            raise UserError("read.no_columns", path=path, lacking=", ".join(sorted(lacking)))
        columns = [name for name in flat.COLUMNS if name in file.schema_arrow.names]
        groups = (group.to_pylist() for group in file.iter_batches(_ROWS, columns=columns))
        yield from flat.records(enumerate(chain.from_iterable(groups), 1), path)


def _type(name: str) -> Any:
    import pyarrow as pa

    if name in flat.NUMBERS:
        return pa.int32()
    return {"score": pa.float64(), "flag": pa.bool_()}.get(name, pa.string())


FORMAT = Format(
    name="parquet",
    title="Parquet, a row for each span",
    suffixes=(".parquet",),
    fit=fit,
    read=read,
    write=write,
    carries=flat.CARRIES,
    apart=True,
)
