"""Records as rows of a dataset: an article a row, its spans, relations and entities as lists.

What has no fixed type (`meta`) is JSON text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast

import orjson

from annotator.domain.record import Record
from annotator.formats.checking import Place, check_record
from annotator.formats.losses import Carries, Losses
from annotator.formats.shapes import filled, filled_record

Json = dict[str, Any]
Row = dict[str, Any]

ARTICLE: Final = frozenset({"id", "text", "spans"})
"""The columns that a table of articles has at least."""
_PLAIN: Final = ("id", "title", "date", "source", "status", "note", "text")
_SPAN: Final = ("id", "label", "text", "state", "origin", "by", "at", "note", "entity", "value", "mod")
_SUGGESTED: Final = ("label", "by")
_ENTITY: Final = ("label", "name", "value", "uri", "note")


def row(record: Record) -> Row:
    """The row of an article. What is absent is None, or a list of nothing."""
    item = cast("Json", record)
    made: Row = {name: item.get(name) for name in (*_PLAIN, "flag")}
    made["tags"] = item.get("tags", [])
    made["meta"] = orjson.dumps(item["meta"]).decode() if "meta" in item else None
    made["spans"] = [_flat_span(span, item["text"]) for span in item["spans"]]
    made["relations"] = item.get("relations", [])
    entities = item.get("entities", {}).items()
    made["entities"] = [{"key": key, **entity} for key, entity in entities]
    return made


def record(row: Row) -> Json:
    """The record of a row; what is None or empty is absent."""
    made = filled(row)
    if "meta" in made:
        made["meta"] = orjson.loads(made["meta"])
    made["spans"] = [_span(span) for span in made.get("spans", ())]
    if "relations" in made:
        made["relations"] = [filled(relation) for relation in made["relations"]]
    if "entities" in made:
        entities = map(filled, made["entities"])
        made["entities"] = {entity.pop("key", ""): entity for entity in entities}
    return made


def articles(rows: Iterable[Row], path: Path) -> Iterator[Record]:
    """The records of a table, checked."""
    for number, one in enumerate(rows, 1):
        yield check_record(record(one), Place(path, number))


def schema() -> Any:
    """The types of the columns, for pyarrow."""
    import pyarrow as pa

    text, place, flag, score = pa.string(), pa.int32(), pa.bool_(), pa.float64()

    def struct(*names: str, **others: Any) -> Any:
        return pa.struct([(name, text) for name in names] + list(others.items()))

    role = struct("role", "entity", "state", "origin")
    suggested = struct(*_SUGGESTED, start=place, end=place)
    link = struct("state", "origin", score=score)
    span = struct(
        *_SPAN,
        start=place,
        end=place,
        score=score,
        flag=flag,
        suggested=suggested,
        link=link,
        roles=pa.list_(role),
    )
    columns = [(name, text) for name in _PLAIN] + [("flag", flag), ("tags", pa.list_(text)), ("meta", text)]
    lists = {
        "spans": span,
        "relations": struct("id", "type", "from", "to", "state"),
        "entities": struct("key", *_ENTITY, aliases=pa.list_(text)),
    }
    return pa.schema(columns + [(name, pa.list_(one)) for name, one in lists.items()])


def _flat_span(span: Json, text: str) -> Row:
    roles = [{"role": role, **one} for role, holders in span.get("roles", {}).items() for one in holders]
    return span | {"text": text[span["start"] : span["end"]], "roles": roles}


def _span(flat: Row) -> Json:
    span = filled(flat)
    for name in ("suggested", "link"):
        if name in span:
            span[name] = filled(span[name])
    roles: dict[str, list[Json]] = {}
    for entry in map(filled, span.pop("roles", ())):
        roles.setdefault(entry.pop("role", ""), []).append(entry)
    return span | ({"roles": roles} if roles else {})


def _shape(record: Record, _lost: Losses) -> Record:
    return cast("Record", filled_record(cast("Json", record)))


CARRIES: Final = Carries(
    document=frozenset({*_PLAIN, "flag", "tags", "meta", "entities"}),
    span=frozenset({*_SPAN, "state", "score", "flag", "suggested", "link", "roles"}),
    relations=True,
    shape=_shape,
)
