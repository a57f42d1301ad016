"""An article as a CAS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from annotator.domain.record import Record
from annotator.domain.text import REPLACEMENT
from annotator.formats.about import About
from annotator.formats.losses import Carries, Losses, Shape
from annotator.formats.plain_names import file_name
from annotator.formats.sentences import sentences
from annotator.formats.shapes import filled_record
from annotator.formats.tokens import tokens_of
from annotator.formats.uima import types

if TYPE_CHECKING:
    from cassis import Cas

Json = dict[str, Any]

TYPES_FILE: Final = "TypeSystem.xml"
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_xmi(records: Iterable[Record], path: Path, _about: About) -> None:
    """`NAME.xmi` for each article, and the type system."""
    path.mkdir()
    types.type_system().to_xml(path / TYPES_FILE)
    for name, cas in _all(records):
        cas.to_xmi(path / f"{name}.xmi")


def write_json(records: Iterable[Record], path: Path, _about: About) -> None:
    """`NAME.json` for each article, with its types."""
    path.mkdir()
    for name, cas in _all(records):
        cas.to_json(path / f"{name}.json")


def _all(records: Iterable[Record]) -> Iterator[tuple[str, Cas]]:
    for record in records:
        yield file_name(record["id"]), _cas(cast("Json", record))


def _cas(item: Json) -> Cas:
    from cassis import Cas

    known = types.type_system()
    text, spans = item["text"], item["spans"]
    cas = Cas(known)
    cas.sofa_string, cas.sofa_mime = text, "text/plain"
    tokens = tokens_of(text, spans)
    places = zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)
    token, sentence = known.get_type(types.TOKEN), known.get_type(types.SENTENCE)
    cas.add_all([sentence(begin=start, end=end) for start, end in sentences(text, spans)])
    cas.add_all([token(begin=start, end=end) for start, end in places if not text[start:end].isspace()])
    document = known.get_type(types.DOCUMENT)
    cas.add(document(begin=0, end=len(text), documentId=item["id"], documentTitle=item.get("title")))
    head = {name: item[name] for name in types.ARTICLE_FEATURES if name in item}
    if head:
        cas.add(known.get_type(types.ARTICLE)(**head))
    _add_spans(cas, item)
    _add_entities(cas, item.get("entities", {}))
    return cas


def _add_spans(cas: Cas, item: Json) -> None:
    known = types.type_system()
    span_type, relation_type = known.get_type(types.SPAN), known.get_type(types.RELATION)
    made = []
    for span in item["spans"]:
        features = {there: span[here] for here, there in types.SPAN_FEATURES.items() if here in span}
        features |= {name: span[name] for name in ("score", "flag") if name in span}
        made.append(span_type(begin=span["start"], end=span["end"], **features))
    by_entity = {one.identifier: one for one in reversed(made) if one.identifier is not None}
    for span, one in zip(item["spans"], made, strict=True):
        if "roles" in span:
            one.roles = _roles(span["roles"], by_entity)
    cas.add_all(made)
    by_id = {span.get("id"): one for span, one in zip(item["spans"], made, strict=True)}
    for relation in item.get("relations", ()):
        governor, dependent = by_id[relation["from"]], by_id[relation["to"]]
        cas.add(
            relation_type(
                begin=dependent.begin,
                end=dependent.end,
                Governor=governor,
                Dependent=dependent,
                label=relation["type"],
                state=relation.get("state"),
            )
        )


def _roles(roles: Json, by_entity: Json) -> Any:
    """Links to the first mention of each holder, where the article has one."""
    known = types.type_system()
    link = known.get_type(types.ROLE)
    links = [
        link(role=role, target=by_entity.get(holder["entity"]), **holder)
        for role, holders in roles.items()
        for holder in holders
    ]
    return known.get_type("uima.cas.FSArray")(elements=links)


def _add_entities(cas: Cas, entities: Json) -> None:
    known = types.type_system()
    entity_type, array = known.get_type(types.ENTITY), known.get_type("uima.cas.StringArray")
    for key, entity in entities.items():
        features = {name: entity[name] for name in types.ENTITY_FEATURES if name in entity}
        aliases = array(elements=entity["aliases"]) if "aliases" in entity else None
        cas.add(entity_type(key=key, aliases=aliases, **features))


def _shape(record: Record, _lost: Losses) -> Record:
    """Every span has an id: what is read has one, for relations to name it by."""
    item = filled_record(cast("Json", record))
    item["spans"] = [{"id": f"u{number}"} | span for number, span in enumerate(item["spans"], 1)]
    return cast("Record", item)


def _xml_shape(record: Record, lost: Losses) -> Record:
    """Control characters become U+FFFD one for one: XML has no place for them."""
    return _shape(cast("Record", _for_xml(record, lost)), lost)


def _for_xml(value: Any, lost: Losses) -> Any:
    if isinstance(value, str):
        made, count = _NO_XML.subn(REPLACEMENT, value)
        lost["no_xml"] += count
        return made
    if isinstance(value, list):
        return [_for_xml(one, lost) for one in value]
    if isinstance(value, dict):
        return {_for_xml(name, lost): _for_xml(one, lost) for name, one in value.items()}
    return value


def _carries(shape: Shape) -> Carries:
    return Carries(
        document=frozenset({"title", "entities", *types.ARTICLE_FEATURES}),
        span=frozenset({*types.SPAN_FEATURES, "score", "flag", "roles"}),
        relations=True,
        shape=shape,
    )


XMI_CARRIES: Final = _carries(_xml_shape)
JSON_CARRIES: Final = _carries(_shape)
