"""Pages of annotations beside texts, ours and those of other programs.

A span is taken from its position selector where the text there is what the quote says, else it
is looked for by quote, prefix and suffix.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import orjson

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats.beside import members, text_beside
from annotator.formats.checking import Place, check_record
from annotator.formats.format import Format
from annotator.formats.plain_names import unquoted
from annotator.formats.telling import tell_unplaced
from annotator.formats.web_annotation.writing import CARRIES, DESCRIBED, ENTITY, HEAD, RELATION, write

Json = dict[str, Any]

_MAX_PAGE: Final = 200_000_000
_FIELDS: Final = {"commenting": "note", "assessing": "state", "classifying": "value"}
"""What a body says by its purpose."""


def holds(folder: Path) -> bool:
    """A page of annotations with its text."""
    return any(page.with_suffix(".txt").is_file() for page in folder.glob("*.jsonld"))


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The articles of a folder. Annotations without a label or place are passed over and counted."""
    for page in members(path, ".jsonld"):
        reader = _Page(text_beside(page, notes), unquoted(page.stem))
        for annotation in _items(page):
            reader.add(annotation)
        tell_unplaced(notes, page, reader.passed)
        yield check_record(reader.record, Place(page, 1))


def _items(page: Path) -> list[Json]:
    """The annotations of a page, of a collection with its first page, of a list, or one."""
    if page.stat().st_size > _MAX_PAGE:
        raise UserError("read.file_too_large", path=page)
    try:
        found = orjson.loads(page.read_bytes())
    except orjson.JSONDecodeError as error:
        raise UserError(
            "read.bad_json", path=page, line=error.lineno, why=error.msg, column=error.colno
        ) from error
    if isinstance(found, dict) and isinstance(found.get("first"), dict):
        found = found["first"]
    if isinstance(found, dict) and "items" in found:
        found = found["items"]
    return _objects(found)


class _Page:
    """The record that the annotations of a page are, as they come."""

    def __init__(self, text: str, name: str) -> None:
        self.record: Json = {"id": name, "text": text, "spans": [], "relations": [], "entities": {}}
        self.passed = 0
        self._spans: dict[str, Json] = {}
        self._text = text

    def add(self, annotation: Json) -> None:
        """One annotation: of the article, of a span, or a link between spans or to an entity."""
        target = annotation.get("target")
        if isinstance(target, list):
            target = target[0] if target else None
        bodies = _objects(annotation.get("body"))
        motivation = annotation.get("motivation")
        if motivation == "describing" and isinstance(target, dict):
            self._describe(target, bodies)
        elif motivation == "linking" and isinstance(target, str):
            self._link(annotation, target, bodies)
        else:
            self._add_span(annotation, target, bodies)

    def _describe(self, target: Json, bodies: list[Json]) -> None:
        self.record |= {here: target[there] for here, there in HEAD.items() if there in target}
        said = _said(bodies)
        self.record |= {name: said[name] for name in ("note",) if name in said}
        if "state" in said:
            self.record["status"] = said["state"]
        tags = _values(bodies, "tagging")
        if tags:
            self.record["tags"] = tags

    def _add_span(self, annotation: Json, target: Any, bodies: list[Json]) -> None:
        place = _place(target, self._text)
        labels = _values(bodies, "tagging") or [
            one["value"] for one in bodies if "value" in one and "purpose" not in one
        ]
        if place is None or not labels:
            self.passed += 1
            return
        span: Json = (
            {"start": place[0], "end": place[1], "label": labels[0]} | _said(bodies) | _history(annotation)
        )
        entity = self._entity(bodies, span["label"])
        if entity is not None:
            span["entity"] = entity
        name = _fragment(annotation.get("id"))
        if name:
            span["id"] = name
            self._spans[name] = span
        self.record["spans"].append(span)

    def _link(self, annotation: Json, target: str, bodies: list[Json]) -> None:
        """A role, where a body names an entity, else a relation to another annotation."""
        span = self._spans.get(_fragment(target))
        kinds = _values(bodies, "tagging")
        said = {name: value for name, value in _said(bodies).items() if name == "state"}
        entity = self._entity(bodies, None)
        others = [_fragment(body.get("source")) for body in bodies if body.get("purpose") == "linking"]
        if span is None or not kinds or (entity is None and not others):
            self.passed += 1
        elif entity is not None:
            origin = {name: value for name, value in _history(annotation).items() if name == "origin"}
            roles = span.setdefault("roles", {}).setdefault(kinds[0], [])
            roles.append({"entity": entity} | said | origin)
        else:
            name = _fragment(annotation.get("id")).removeprefix(RELATION)
            relation: Json = {"id": name} if name else {}
            relation |= {"type": kinds[0], "from": _fragment(target), "to": others[0]}
            self.record["relations"].append(relation | said)

    def _entity(self, bodies: list[Json], label: str | None) -> str | None:
        """The key of the entity that a body identifies; what it says of it is kept."""
        for body in bodies:
            source = body.get("source")
            if body.get("purpose") != "identifying" or source is None:
                continue
            described = source if isinstance(source, dict) else {}
            iri = str(described.get("id", "") if described else source)
            if not iri:
                continue
            key = unquote(iri.removeprefix(ENTITY)) if iri.startswith(ENTITY) else iri
            fields = {here: described[there] for here, there in DESCRIBED.items() if there in described}
            if key == iri:
                fields = {"label": label, "name": iri, "uri": iri} | fields
            if fields and key not in self.record["entities"]:
                self.record["entities"][key] = fields
            return key
        return None


def _place(target: Any, text: str) -> tuple[int, int] | None:
    """Start and end of a target; of one that is nowhere in the text None."""
    selectors = _objects(target.get("selector")) if isinstance(target, dict) else []
    kinds = {one.get("type"): one for one in selectors}
    position, quoted = kinds.get("TextPositionSelector", {}), kinds.get("TextQuoteSelector", {})
    start, end, exact = position.get("start"), position.get("end"), quoted.get("exact")
    if (
        type(start) is int
        and type(end) is int
        and 0 <= start < end <= len(text)
        and exact in (None, text[start:end])
    ):
        return start, end
    if not isinstance(exact, str) or not exact:
        return None
    before, after = str(quoted.get("prefix") or ""), str(quoted.get("suffix") or "")
    for found in (text.find(before + exact + after), text.find(before + exact)):
        if found >= 0:
            return found + len(before), found + len(before) + len(exact)
    return (text.index(exact), text.index(exact) + len(exact)) if text.count(exact) == 1 else None


def _said(bodies: list[Json]) -> Json:
    found = {_FIELDS.get(str(body.get("purpose"))): body.get("value") for body in bodies}
    return {name: value for name, value in found.items() if name is not None and value is not None}


def _values(bodies: list[Json], purpose: str) -> list[Any]:
    return [body["value"] for body in bodies if body.get("purpose") == purpose and "value" in body]


def _history(annotation: Json) -> Json:
    creator, generator = annotation.get("creator"), annotation.get("generator")
    found = {
        "at": annotation.get("created"),
        "by": creator.get("name") if isinstance(creator, dict) else creator,
        "origin": generator.get("name") if isinstance(generator, dict) else generator,
    }
    return {name: value for name, value in found.items() if value is not None}


def _fragment(iri: Any) -> str:
    """The name of an annotation of this page."""
    return unquote(iri.rpartition("#")[2]) if isinstance(iri, str) else ""


def _objects(found: Any) -> list[Json]:
    found = found if isinstance(found, list) else [found]
    return [one for one in found if isinstance(one, dict)]


FORMAT = Format(
    name="web-annotation",
    title="W3C Web Annotation (JSON-LD)",
    suffixes=(),
    read=read,
    write=write,
    folder=True,
    holds=holds,
    carries=CARRIES,
)
