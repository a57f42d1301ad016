"""Articles as `NAME.txt`, their annotations as JSON-LD in `NAME.jsonld`.

Each span has a position selector (code points of the text) and a quote selector, so that it is
found again also where the text was stored in another way. What a span means stands in bodies,
told apart by purpose: its label (tagging), its entity (identifying), its note (commenting), its
state (assessing), its calendar value (classifying). Roles and relations link annotations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import quote

import orjson

from annotator.domain.record import Record
from annotator.formats.about import About
from annotator.formats.beside import put_text
from annotator.formats.losses import Carries, Losses
from annotator.formats.plain_names import file_name
from annotator.formats.shapes import filled_record

Json = dict[str, Any]

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
ENTITY: Final = "urn:x-annotator:entity:"
RELATION: Final = "relation:"
HEAD: Final = {
    "title": "dcterms:title",
    "date": "dcterms:date",
    "source": "dcterms:publisher",
    "id": "dcterms:identifier",
}
"""Fields of an article and what they are called there."""
DESCRIBED: Final = {
    "name": "schema:name",
    "aliases": "schema:alternateName",
    "uri": "schema:sameAs",
    "note": "schema:description",
    "value": "rdf:value",
    "label": "schema:additionalType",
}
"""Fields of an entity likewise."""
_AROUND: Final = 32


def write(records: Iterable[Record], path: Path, about: About) -> None:
    """Two files an article."""
    path.mkdir()
    for record in records:
        item = cast("Json", record)
        name = file_name(item["id"])
        put_text(path / f"{name}.txt", item["text"])
        page = {
            "@context": CONTEXT,
            "id": f"{quote(name)}.jsonld",
            "type": "AnnotationPage",
            "partOf": {"type": "AnnotationCollection", "label": about.name},
            "items": list(_annotations(item, f"{quote(name)}.txt")),
        }
        (path / f"{name}.jsonld").write_bytes(orjson.dumps(page, option=orjson.OPT_INDENT_2))


def _annotations(item: Json, source: str) -> Iterator[Json]:
    entities = _Entities(item.get("entities", {}))
    yield _article(item, source)
    for span in item["spans"]:
        yield _span(span, item["text"], source, entities)
    for span in item["spans"]:
        for role, holders in span.get("roles", {}).items():
            for holder in holders:
                yield _role(span, role, holder, entities)
    yield from map(_relation, item.get("relations", ()))


def _article(item: Json, source: str) -> Json:
    """What is said of the whole article."""
    target: Json = {"id": source, "type": "Text", "format": "text/plain"}
    target |= {there: item[here] for here, there in HEAD.items() if here in item}
    bodies = [_body("tagging", tag) for tag in item.get("tags", ())]
    bodies += _bodies(item, {"note": "commenting", "status": "assessing"})
    made: Json = {"type": "Annotation", "motivation": "describing", "target": target}
    return made | ({"body": bodies} if bodies else {})


def _span(span: Json, text: str, source: str, entities: _Entities) -> Json:
    start, end = span["start"], span["end"]
    bodies = [_body("tagging", span["label"])]
    if "entity" in span:
        bodies.append(entities.body(span["entity"]))
    bodies += _bodies(span, {"note": "commenting", "state": "assessing", "value": "classifying"})
    quoted = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(start - _AROUND, 0) : start],
        "suffix": text[end : end + _AROUND],
    }
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    made: Json = {"id": f"#{quote(span['id'], safe='')}"} if "id" in span else {}
    made |= {
        "type": "Annotation",
        "motivation": ["tagging", "identifying"] if "entity" in span else "tagging",
    }
    made |= _history(span)
    return made | {"body": bodies, "target": {"source": source, "selector": [place, quoted]}}


def _role(span: Json, role: str, holder: Json, entities: _Entities) -> Json:
    bodies = [
        _body("tagging", role),
        entities.body(holder["entity"]),
        *_bodies(holder, {"state": "assessing"}),
    ]
    target = f"#{quote(span.get('id', ''), safe='')}"
    return {
        "type": "Annotation",
        "motivation": "linking",
        **_history(holder),
        "body": bodies,
        "target": target,
    }


def _relation(relation: Json) -> Json:
    to = {
        "type": "SpecificResource",
        "purpose": "linking",
        "source": f"#{quote(relation['to'], safe='')}",
    }
    bodies = [_body("tagging", relation["type"]), to, *_bodies(relation, {"state": "assessing"})]
    made: Json = {"id": f"#{RELATION}{quote(relation['id'], safe='')}"} if "id" in relation else {}
    made |= {"type": "Annotation", "motivation": "linking", "body": bodies}
    return made | {"target": f"#{quote(relation['from'], safe='')}"}


class _Entities:
    """Entities of one article: described where they are met first, named by their IRI then."""

    def __init__(self, described: Json) -> None:
        self._waiting = dict(described)

    def body(self, key: str) -> Json:
        iri = ENTITY + quote(key, safe="")
        entity = self._waiting.pop(key, None)
        source = iri
        if entity is not None:
            fields = {there: entity[here] for here, there in DESCRIBED.items() if here in entity}
            source = {"id": iri, **fields}  # type: ignore[assignment]
        return {"type": "SpecificResource", "purpose": "identifying", "source": source}


def _history(item: Json) -> Json:
    made: Json = {}
    if "at" in item:
        made["created"] = item["at"]
    if "by" in item:
        made["creator"] = {"type": "Person", "name": item["by"]}
    if "origin" in item:
        made["generator"] = {"type": "Software", "name": item["origin"]}
    return made


def _bodies(item: Json, purposes: dict[str, str]) -> list[Json]:
    return [_body(purpose, item[field]) for field, purpose in purposes.items() if field in item]


def _body(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _shape(record: Record, _lost: Losses) -> Record:
    return cast("Record", filled_record(cast("Json", record)))


CARRIES: Final = Carries(
    document=frozenset({"title", "date", "source", "status", "note", "tags", "entities"}),
    span=frozenset({"id", "state", "origin", "by", "at", "note", "entity", "value", "roles"}),
    relations=True,
    shape=_shape,
)
