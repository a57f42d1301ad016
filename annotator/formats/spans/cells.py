"""A table of spans as CSV, for spreadsheets and scripts.

A cell that a spreadsheet would take for a formula begins with an apostrophe, and so does one that
began with one before it; `read` takes it away again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats.about import About
from annotator.formats.spans import flat

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def write(records: Iterable[Record], path: Path, _about: About) -> None:
    """With a signature, without which Excel takes UTF-8 for something else."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        table.writerow(flat.COLUMNS)
        for record in records:
            for row in flat.rows(record):
                table.writerow([_cell(row[name]) for name in flat.COLUMNS])


def is_table_of_spans(header: Sequence[str]) -> bool:
    """Whether rows under these headers are spans, not articles."""
    return flat.KEY.issubset(header)


def read(header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], path: Path) -> Iterator[Record]:
    """The articles of rows with their numbers."""
    yield from flat.records(
        ((number, _row(header, cells, path, number)) for number, cells in rows if any(cells)), path
    )


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return "" if value is None else value


def _row(header: Sequence[str], cells: Sequence[str], path: Path, number: int) -> flat.Row:
    if len(cells) < len(header):
        raise UserError("read.short_row", path=path, line=number, count=len(cells), columns=len(header))
    row: flat.Row = {}
    for name, cell in zip(header, cells, strict=False):
        plain = cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
        row[name] = _value(name, plain, path, number) if plain else None
    return row


def _value(name: str, cell: str, path: Path, number: int) -> Any:
    if name == "flag":
        return cell.lower() == "true"
    try:
        return int(cell) if name in flat.NUMBERS else float(cell) if name == "score" else cell
    except ValueError as error:
        raise UserError("read.no_number", path=path, line=number, field=name, value=cell[:40]) from error
