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
from annotator.formats.json_items import Item, items, lines, parse
from annotator.formats.telling import tell_encoding, tell_passed_over, tell_replaced

_BEGIN = re.compile(r"(?:\[\s*)?\{")
_HEAD = 1 << 12
_ONE_OF_OURS = re.compile(r'"(?:text|project)"\s*:')


def fit(head: bytes) -> Fit:
    """An object with a text on the first line, or first of a list, is likely ours."""
    text = encoding.head_text(head).lstrip()
    return Fit.LIKELY if _BEGIN.match(text) and _ONE_OF_OURS.search(text) else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The records of a file, checked; others write them as one list, or each on several lines.

    What has no `text` is passed over and counted.
    """
    with path.open("rb") as file:
        first, end, _ = encoding.head_text(file.read(_HEAD)).lstrip().partition("\n")
    is_laid_out = first.startswith("[") or (end and not first.rstrip().endswith("}"))
    passed = 0
    for place, item, count in (items if is_laid_out else _on_lines)(path, notes):
        if item.get("text") is None:
            passed += "project" not in item
            continue
        record = check_record(item, place)
        if count > len(record["text"]) * MAX_REPLACED:
            raise place.wrong("read.binary_line")
        record.setdefault("id", f"{path.stem}-{place.record or place.line}")
        yield record
    tell_passed_over(notes, path, passed)


def _on_lines(path: Path, notes: list[Message]) -> Iterator[Item]:
    """An object a line, as quick as can be."""
    found = encoding.detect(path)
    tell_encoding(notes, path, found)
    replaced = 0
    for number, line in lines(path, found):
        place = Place(path, number)
        item, count = parse(line, place)
        replaced += count
        yield Item(place, item, count)
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
