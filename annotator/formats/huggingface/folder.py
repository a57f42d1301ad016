"""A folder that `datasets` loads: Parquet files for the parts of a split, and a card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Any, Final

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats.about import PARTS, About
from annotator.formats.format import Format
from annotator.formats.huggingface.card import Tally, card, part_name
from annotator.formats.huggingface.schema import ARTICLE, CARRIES, articles, row, schema

_ROWS: Final = 64
"""Articles that are in memory at a time."""


def holds(folder: Path) -> bool:
    """A card beside Parquet files of articles."""
    return (folder / "README.md").is_file() and bool(_files(folder))


def write(records: Iterable[Record], path: Path, about: About) -> None:
    """The parts that articles fall into, and what the card says of them."""
    tally = Tally()
    (path / "data").mkdir(parents=True)
    with ExitStack() as ends:
        parts: dict[str, _Part] = {}
        for item in records:
            part = about.part(item["id"])
            if part not in parts:
                parts[part] = ends.enter_context(_Part(path / "data" / f"{part_name(part)}.parquet"))
            parts[part].add(row(item))
            tally.add(item, part)
    (path / "README.md").write_text(card(about, tally), encoding="utf-8", newline="\n")


def read(path: Path, _notes: list[Message]) -> Iterator[Record]:
    """The articles of all parts."""
    from pyarrow.parquet import ParquetFile

    for file in _files(path):
        with ParquetFile(file) as table:
            lacking = ARTICLE - set(table.schema_arrow.names)
            if lacking:
                raise UserError("read.no_columns", path=file, lacking=", ".join(sorted(lacking)))
            rows = chain.from_iterable(group.to_pylist() for group in table.iter_batches(_ROWS))
            yield from articles(rows, file)


class _Part:
    """A Parquet file, written some articles at a time."""

    def __init__(self, path: Path) -> None:
        from pyarrow.parquet import ParquetWriter

        self._schema = schema()
        self._file = ParquetWriter(path, self._schema)
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> _Part:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._file.close()

    def add(self, one: dict[str, Any]) -> None:
        self._rows.append(one)
        if len(self._rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._file.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows.clear()


def _files(folder: Path) -> list[Path]:
    found = (folder / "data" / f"{part_name(part)}.parquet" for part in PARTS)
    return [file for file in found if file.is_file()]


FORMAT = Format(
    name="huggingface",
    title="Hugging Face dataset",
    suffixes=(),
    read=read,
    write=write,
    folder=True,
    holds=holds,
    parts=True,
    apart=True,
    carries=CARRIES,
)
