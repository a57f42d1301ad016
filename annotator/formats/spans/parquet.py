"""A table of spans as Parquet, for pandas and its like; of others come in data sets of articles, tokens or plain texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.formats.about import About
from annotator.formats.format import Columns, Fit, Format
from annotator.formats.huggingface import tokens
from annotator.formats.huggingface.schema import ARTICLE, articles
from annotator.formats.huggingface.tokens import tagged
from annotator.formats.spans import flat
from annotator.formats.tables import columns

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


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The articles of a table, by its columns: ours, those of a data set, else as of any table."""
    return read_columns(path, notes, {})


def read_columns(path: Path, notes: list[Message], named: Columns) -> Iterator[Record]:
    """The articles, by the columns that a person named."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        names = file.schema_arrow.names
        about = tagged(names, file.schema_arrow.metadata)
        if not named and set(names) >= flat.KEY:
            ours = [name for name in flat.COLUMNS if name in names]
            yield from flat.records(enumerate(_rows(file, ours), 1), path)
        elif not named and set(names) >= ARTICLE:
            yield from articles(_rows(file, names), path)
        elif not named and about is not None:
            yield from tokens.records(_rows(file, names), about, path)
        else:
            cells = ([_text(row[name]) for name in names] for row in _rows(file, names))
            yield from columns.records(enumerate(chain([names], cells), 1), path, notes, named)


def _rows(file: Any, names: list[str]) -> Iterator[dict[str, Any]]:
    return chain.from_iterable(group.to_pylist() for group in file.iter_batches(_ROWS, columns=names))


def _text(value: object) -> str:
    return "" if value is None else str(value)


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
    table=read_columns,
    apart=True,
)
