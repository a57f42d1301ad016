"""The interchange form: one JSON document a line, in and out without loss.

Lines end at `\\n` alone: U+2028 and its like may stand inside a text. Offsets are code points.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.domain.text import MAX_REPLACED, clean
from annotator.errors import UserError
from annotator.formats import encoding
from annotator.formats.checking import Place, check_record
from annotator.formats.encoding import Encoding
from annotator.formats.format import Fit, Format
from annotator.formats.telling import tell_encoding, tell_replaced

MAX_LINE = 200_000_000
"""Bytes of one line: an article of the allowed size, all of it escaped, with its spans."""

# A character that cannot be stored, among the escapes of a JSON string; pairs of surrogates
# and escaped backslashes match as a whole and are passed over.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2}))|.)",
    re.DOTALL,
)
_ONE_OF_OURS = re.compile(r'"(?:text|project)"\s*:')


def fit(head: bytes) -> Fit:
    """An object with a text on the first line is likely ours."""
    text = encoding.head_text(head).lstrip()
    return Fit.LIKELY if text.startswith("{") and _ONE_OF_OURS.search(text) else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The records of a file, checked. A line without `text` is passed over and counted."""
    found = encoding.detect(path)
    tell_encoding(notes, path, found)
    articles = passed = replaced = 0
    for number, line in _lines(path, found):
        place = Place(path, number)
        item, count = _parse(line, place)
        if item.get("text") is None:
            passed += "project" not in item
            continue
        replaced += count
        record = check_record(item, place)
        if count > len(record["text"]) * MAX_REPLACED:
            raise place.wrong("read.binary_line")
        record.setdefault("id", f"{path.stem}-{number}")
        articles += 1
        yield record
    if not articles:
        raise UserError("read.no_articles", path=path)
    if passed:
        notes.append(Message("read.passed_over", {"path": path, "count": passed}))
    tell_replaced(notes, path, replaced)


def write(records: Iterable[Record], path: Path, _lost: Counter[str]) -> None:
    """Write the records line by line; nothing of a record is lost."""
    with path.open("wb") as file:
        for record in records:
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


def _lines(path: Path, found: Encoding) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, as UTF-8, with their numbers."""
    with path.open("rb") as file:
        file.seek(found.skip)
        if found.name == "utf-8" and found.errors == "strict":
            lines: Iterator[bytes] = iter(lambda: file.readline(MAX_LINE + 1), b"")
        else:
            # "\n" alone ends a line, in any encoding
            wide = io.TextIOWrapper(file, found.name, found.errors, newline="\n")
            lines = (clean(line)[0].encode() for line in iter(lambda: wide.readline(MAX_LINE + 1), ""))
        for number, line in enumerate(lines, 1):
            if len(line) > MAX_LINE:
                raise UserError("read.long_line", path=path, line=number)
            if not line.isspace():
                yield number, line


def _parse(line: bytes, place: Place) -> tuple[dict[str, Any], int]:
    """The object on a line, and how many of its characters could not be stored."""
    count = 0
    if b"\\u0000" in line:
        line, count = _storable(line)
    try:
        item = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        line, count = _storable(line)
        if not count:
            raise _bad(place, error) from error
        try:
            item = orjson.loads(line)
        except orjson.JSONDecodeError as again:
            raise _bad(place, again) from again
    if type(item) is not dict:
        raise place.wrong("read.no_object")
    return item, count


def _storable(line: bytes) -> tuple[bytes, int]:
    """A line with U+FFFD for U+0000 and lone surrogates, which orjson does not take either."""
    count = 0

    def replace(match: re.Match[bytes]) -> bytes:
        nonlocal count
        if match[1] is None:
            return match[0]
        count += 1
        return rb"\ufffd"

    return _ESCAPE.sub(replace, line), count


def _bad(place: Place, error: orjson.JSONDecodeError) -> UserError:
    return place.wrong("read.bad_json", why=error.msg, column=error.colno)


FORMAT = Format(name="jsonl", suffixes=(".jsonl", ".ndjson", ".json"), fit=fit, read=read, write=write)
