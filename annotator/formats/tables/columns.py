"""Which column of a table holds what: as a person said, as its header says, else by a look at the cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Final, NamedTuple

from annotator.domain.changes import Message
from annotator.domain.dates.values import day_value, parse_day
from annotator.domain.record import Record
from annotator.domain.text import MAX_REPLACED, clean
from annotator.errors import UserError
from annotator.formats.checking import Place, check_text
from annotator.formats.format import Columns
from annotator.formats.telling import tell_replaced

_NAMES: Final = {
    "text": "text fulltext articletext articlebody bodytext maintext plaintext content body article story artikeltext volltext inhalt".split(),
    "title": "title headline heading head subject titel überschrift".split(),
    "date": "date publicationdate publisheddate publishdate pubdate published publishedat datetime day datum erscheinungsdatum".split(),
    "source": "source publication publisher outlet newspaper sitename site journal domain quelle zeitung".split(),
    "id": "id docid documentid articleid uid key nummer".split(),
}
"""What headers are called, without case and signs, the likeliest first."""
_SAMPLE: Final = 50
_SAMPLE_SIZE: Final = 5_000_000
_LONG: Final = 80
"""Characters on average that make a column one of texts."""
_DAYS = (
    re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)(?:[T ]\d\d:.*)?"),
    re.compile(r"(?P<day>\d\d?)\. ?(?P<month>\d\d?)\. ?(?P<year>\d{4})(?:,? \d\d?:.*)?"),
)
"""Days as tables have them, where there is no doubt which is the month."""

Row = tuple[int, Sequence[str]]
"""The number of a row, or of the line where it begins, from 1, and its cells."""


class _Layout(NamedTuple):
    """The column of each field, and what the columns are called."""

    at: dict[str, int]
    header: Sequence[str]


def records(rows: Iterable[Row], path: Path, notes: list[Message], columns: Columns) -> Iterator[Record]:
    """The articles of a table. Rows without a text are passed over and counted; other cells become `meta`."""
    stream = iter(rows)
    sample = _sample(stream)
    if not sample:
        raise UserError("read.no_rows", path=path)
    layout, has_header = _layout(sample, path, columns)
    passed = replaced = articles = odd = 0
    for number, cells in chain(sample[has_header:], stream):
        record, count = _record(layout, cells)
        if not record["text"] or record["text"].isspace():
            passed += any(cells)
            continue
        place = Place(path, number)
        check_text(record["text"], place)
        if count > len(record["text"]) * MAX_REPLACED:
            raise place.wrong("read.binary_line")
        replaced += count
        articles += 1
        odd += "date" in record and parse_day(record["date"]) is None
        record.setdefault("id", f"{path.stem}-{number}")
        yield record
    if not articles:
        raise UserError("read.no_rows", path=path)
    if passed:
        notes.append(Message("read.rows_passed_over", {"path": path, "count": passed}))
    if odd:
        notes.append(Message("read.odd_dates", {"path": path, "count": odd}))
    tell_replaced(notes, path, replaced)


def _sample(stream: Iterator[Row]) -> list[Row]:
    """The first rows that are not blank, up to a size."""
    found: list[Row] = []
    size = 0
    for row in islice((row for row in stream if any(row[1])), _SAMPLE):
        found.append(row)
        size += sum(map(len, row[1]))
        if size > _SAMPLE_SIZE:
            break
    return found


def _layout(sample: list[Row], path: Path, columns: Columns) -> tuple[_Layout, bool]:
    """Where everything is, and whether the first row is a header."""
    first = [" ".join(clean(cell)[0].split()) for cell in sample[0][1]]
    named = [re.sub(r"[\W_]", "", cell.casefold()) for cell in first]
    width = max(len(cells) for _, cells in sample)
    at = {field: _named(first, width, field, name, path) for field, name in columns.items()}
    has_header = any(name.casefold() in map(str.casefold, first) for name in columns.values())
    for field, names in _NAMES.items():
        index = next((named.index(name) for name in names if name in named), None)
        has_header = has_header or index is not None
        if field not in at and index is not None and index not in at.values():
            at[field] = index
    if "text" not in at:
        at["text"] = _longest(sample, width, set(at.values()), first, path)
        has_header = has_header or _is_header(first, sample[1:], at["text"])
    return _Layout(at, first if has_header else ()), has_header


def _named(first: list[str], width: int, field: str, name: str, path: Path) -> int:
    folded = [cell.casefold() for cell in first]
    if name.casefold() in folded:
        return folded.index(name.casefold())
    if name.isdecimal() and 1 <= int(name) <= width:
        return int(name) - 1
    known = ", ".join(filter(None, first))[:200]
    raise UserError("read.no_column", path=path, field=field, name=name, known=known)


def _longest(sample: list[Row], width: int, taken: set[int], first: list[str], path: Path) -> int:
    """The column with the longest texts. UserError where there is none of any length."""
    sizes = [sum(len(cells[index]) for _, cells in sample if index < len(cells)) for index in range(width)]
    free = [index for index in range(width) if index not in taken]
    best = max(free, key=lambda index: sizes[index], default=None)
    if best is None or (width > 1 and sizes[best] < _LONG * max(len(sample) - 1, 1)):
        named = [name for name in first if name]
        raise UserError("read.no_text_column", path=path, known=", ".join(named)[:200], columns=named)
    return best


def _is_header(first: list[str], rest: list[Row], column: int) -> bool:
    """Whether a first row without a known name still names columns: short, while texts follow."""
    name = first[column] if column < len(first) else ""
    below = [len(cells[column]) for _, cells in rest if column < len(cells)]
    return bool(name) and len(name) < _LONG // 2 and bool(below) and min(below) >= _LONG


def _record(layout: _Layout, cells: Sequence[str]) -> tuple[Record, int]:
    """The article of a row, not checked yet, and how many characters of its text were replaced."""
    found = {field: cells[index] for field, index in layout.at.items() if index < len(cells)}
    text, replaced = clean(found.pop("text", ""))
    record: Record = {"text": text}
    for field in found:
        if value := " ".join(clean(found[field])[0].split()):
            record[field] = _day(value) if field == "date" else value  # type: ignore[literal-required]
    taken = set(layout.at.values())
    meta = {
        _header(layout, index): clean(cell)[0]
        for index, cell in enumerate(cells)
        if cell and index not in taken
    }
    if meta:
        record["meta"] = meta
    return record, replaced


def _day(value: str) -> str:
    """A day as it is written everywhere here; anything else as it stands."""
    found = next((match for pattern in _DAYS if (match := pattern.fullmatch(value))), None)
    day = day_value(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    return day or value


def _header(layout: _Layout, index: int) -> str:
    name = layout.header[index] if index < len(layout.header) else ""
    return name or f"column {index + 1}"
