"""The interchange form: one JSON document a line, in and out without loss.

Lines end at `\\n` alone: U+2028 and its like may stand inside a text. Offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.domain.text import MAX_REPLACED
from annotator.formats import encoding
from annotator.formats.about import About
from annotator.formats.checking import Place, check_record
from annotator.formats.format import Fit, Format
from annotator.formats.json_items import lines, parse
from annotator.formats.telling import tell_encoding, tell_passed_over, tell_replaced

_ONE_OF_OURS = re.compile(r'"(?:text|project)"\s*:')


def fit(head: bytes) -> Fit:
    """An object with a text on the first line is likely ours."""
    text = encoding.head_text(head).lstrip()
    return Fit.LIKELY if text.startswith("{") and _ONE_OF_OURS.search(text) else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The records of a file, checked. A line without `text` is passed over and counted."""
    found = encoding.detect(path)
    tell_encoding(notes, path, found)
    passed = replaced = 0
    for number, line in lines(path, found):
        place = Place(path, number)
        item, count = parse(line, place)
        if item.get("text") is None:
            passed += "project" not in item
            continue
        replaced += count
        record = check_record(item, place)
        if count > len(record["text"]) * MAX_REPLACED:
            raise place.wrong("read.binary_line")
        record.setdefault("id", f"{path.stem}-{number}")
        yield record
    tell_passed_over(notes, path, passed)
    tell_replaced(notes, path, replaced)


def write(records: Iterable[Record], path: Path, _about: About) -> None:
    """Write the records line by line; nothing of a record is lost."""
    with path.open("wb") as file:
        for record in records:
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


FORMAT = Format(
    name="jsonl",
    title="Interchange JSON lines, all there is",
    suffixes=(".jsonl", ".ndjson", ".json"),
    fit=fit,
    read=read,
    write=write,
    trusted=True,
)
