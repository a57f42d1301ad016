"""Records as rows, one a span, with the words around it; the article's text stands in its first row.

What the spans of an article share is repeated in each row, so that a row can be read alone.
An article without spans has one row without a span.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats.checking import Place, check_record
from annotator.formats.losses import Carries, Losses
from annotator.formats.shapes import filled_record, names_only

Json = dict[str, Any]
Row = dict[str, Any]

COLUMNS: Final = (
    "article title date source status span start end label text before after state origin score by at flag note "
    "entity entity_name value mod article_text"
).split()
NUMBERS: Final = frozenset({"start", "end"})
KEY: Final = frozenset({"article", "start", "end", "label", "article_text"})
"""What tells such rows from others."""
_AROUND: Final = 60
"""Code points of context on each side."""
_DOCUMENT: Final = ("title", "date", "source", "status")
_SPAN: Final = "start end label text state origin score by at flag note entity value mod".split()


def rows(record: Record) -> Iterator[Row]:
    """The rows of an article; None where there is nothing."""
    item = cast("Json", record)
    text, entities = item["text"], item.get("entities", {})
    shared = {"article": item["id"]} | {name: item.get(name) for name in _DOCUMENT}
    whole = text
    for span in item["spans"] or [{}]:
        row = dict.fromkeys(COLUMNS) | shared | {name: span.get(name) for name in _SPAN}
        row["article_text"], whole = whole, None
        if span:
            start, end = span["start"], span["end"]
            row |= {"span": span.get("id"), "text": text[start:end]}
            row |= {"before": text[max(start - _AROUND, 0) : start], "after": text[end : end + _AROUND]}
            row["entity_name"] = entities.get(span.get("entity"), {}).get("name")
        yield row


def records(numbered: Iterable[tuple[int, Mapping[str, Any]]], path: Path) -> Iterator[Record]:
    """The articles of rows, each with its number in the file for what is wrong. Empty cells are None."""
    record: Json | None = None
    place = Place(path, 1)
    for number, row in numbered:
        if row.get("article_text"):
            if record is not None:
                yield check_record(record, place)
            place = Place(path, number)
            record = _article(row)
        elif record is None or row.get("article") != record["id"]:
            raise UserError("read.row_without_article", path=path, line=number)
        _add_span(record, row)
    if record is None:
        raise UserError("read.no_rows", path=path)
    yield check_record(record, place)


def _article(row: Mapping[str, Any]) -> Json:
    head = {name: row[name] for name in _DOCUMENT if row.get(name) is not None}
    return {"id": row.get("article"), "text": row["article_text"], "spans": []} | head


def _add_span(record: Json, row: Mapping[str, Any]) -> None:
    if row.get("start") is None and row.get("label") is None:
        return
    span = {name: row[name] for name in _SPAN if row.get(name) is not None}
    if row.get("span") is not None:
        span["id"] = row["span"]
    record["spans"].append(span)
    name, key = row.get("entity_name"), row.get("entity")
    if name is not None and key is not None:
        record.setdefault("entities", {})[key] = {"label": row.get("label"), "name": name}


def _shape(record: Record, lost: Losses) -> Record:
    return cast("Record", names_only(filled_record(cast("Json", record)), lost))


CARRIES: Final = Carries(
    document=frozenset({"title", "date", "source", "status", "entities"}),
    span=frozenset({"state", "id", *_SPAN}),
    shape=_shape,
)
