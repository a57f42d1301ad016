"""Whether a record holds what the interchange form promises, told by line and field.

What passes here, the rest of the program takes as it is. Records are checked and put right
in place (null is absent, `accused` and `accuser` become roles), so that 800,000 spans go
through in about a second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

from annotator.domain.dates.values import MODS
from annotator.domain.models import ACCEPTED, STATES, STATUSES, SUGGESTED
from annotator.domain.record import DOCUMENT_FIELDS, ENTITY_FIELDS, SPAN_FIELDS, Record
from annotator.domain.text import shortened
from annotator.errors import UserError

MAX_TEXT = 50_000_000
"""Bytes of UTF-8 that one article may have."""
MAX_DEPTH = 100
"""How deep fields of others may nest."""

Json = dict[str, Any]
_Rules = Mapping[str, tuple[Callable[[Any], bool], str]]

_PLAIN_SPAN = frozenset(("start", "end", "label", "text", "state"))
_PLAIN_ROLES = ("accused", "accuser")


class Place(NamedTuple):
    """Where in which file something is wrong; lines and records (of a list) count from 1."""

    path: Path
    line: int
    record: int | None = None

    def wrong(self, code: str, **params: object) -> UserError:
        """The error to raise for it."""
        path = self.path if self.record is None else f"{self.path} (record {self.record})"
        return UserError(code, path=path, line=self.line, **params)


def check_record(record: Json, place: Place) -> Record:
    """The record, put right. UserError names the first thing that is wrong with it."""
    _drop_nulls(record, DOCUMENT_FIELDS)
    if type(record.get("id")) is int:
        record["id"] = str(record["id"])
    _check_fields(record, _DOCUMENT_RULES, "", place)
    _check_depth(record, DOCUMENT_FIELDS - {"meta"}, "", place)
    text = record["text"]
    check_text(text, place)
    entities = record.get("entities", {})
    for key, entity in entities.items():
        _check_entity(key, entity, place)
    spans = record.get("spans", [])
    _check_spans(spans, text, entities, place)
    if "relations" in record:
        _check_relations(record["relations"], spans, place)
    return cast(Record, record)


def aside(record: Json) -> Json:
    """A record of another tool, whose fields of our names may mean something else: those that do not fit go to `meta`."""
    odd = {
        name: record.pop(name)
        for name in DOCUMENT_FIELDS & record.keys() - {"id", "text", "spans", "relations", "entities"}
        if record[name] is not None and not _DOCUMENT_RULES[name][0](record[name])
    }
    if odd:
        record["meta"] = {**(record.get("meta") or {}), **odd}
    return record


def check_text(text: str, place: Place) -> None:
    """UserError where an article's text is blank or over the limit."""
    if not text or text.isspace():
        raise place.wrong("read.no_words")
    if len(text) * 4 > MAX_TEXT and len(text.encode()) > MAX_TEXT:
        raise place.wrong("read.too_large")


def _check_spans(spans: list[Any], text: str, entities: Json, place: Place) -> None:
    size = len(text)
    ids: set[Any] = set()
    for index, span in enumerate(spans):
        if type(span) is not dict:
            raise place.wrong("read.not_object", field=f"spans[{index}]")
        if None in span.values():
            _drop_nulls(span, SPAN_FIELDS)
        start, end, label = span.get("start"), span.get("end"), span.get("label")
        if not (type(start) is int and type(end) is int and 0 <= start < end <= size):
            raise place.wrong("read.offsets", field=f"spans[{index}]", start=start, end=end, size=size)
        if type(label) is not str or not label:
            raise place.wrong("read.not_name", field=f"spans[{index}].label")
        quote = span.get("text")
        if quote is not None and quote != text[start:end]:
            raise _mismatch(place, f"spans[{index}]", quote, text[start:end])
        state = span.get("state")
        if state is not None and state not in STATES:
            raise place.wrong("read.unknown_state", field=f"spans[{index}].state", value=state)
        if not span.keys() <= _PLAIN_SPAN:
            _check_more(span, f"spans[{index}]", size, entities, place)
            if "id" in span:
                if span["id"] in ids:
                    raise place.wrong("read.double_id", value=span["id"])
                ids.add(span["id"])


def _check_more(span: Json, where: str, size: int, entities: Json, place: Place) -> None:
    """The fields that most spans do not have."""
    _check_fields(span, _SPAN_RULES, where, place)
    _check_depth(span, SPAN_FIELDS, where, place)
    if "suggested" in span:
        _check_suggested(span["suggested"], f"{where}.suggested", size, place)
    if "link" in span:
        _check_fields(span["link"], _LINK_RULES, f"{where}.link", place)
    _add_plain_roles(span)
    for role, holders in span.get("roles", {}).items():
        _check_role(holders, f"{where}.roles.{role}", place)
    key = span.get("entity", "")
    label = entities.get(key, {}).get("label", span["label"])
    if label != span["label"]:
        raise place.wrong("read.other_label", field=where, entity=key, label=label)


def _check_suggested(suggested: Json, where: str, size: int, place: Place) -> None:
    _drop_nulls(suggested, suggested.keys())
    start, end = suggested.get("start"), suggested.get("end")
    if not (type(start) is int and type(end) is int and 0 <= start < end <= size):
        raise place.wrong("read.offsets", field=where, start=start, end=end, size=size)
    _check_fields(suggested, _SUGGESTED_RULES, where, place)


def _add_plain_roles(span: Json) -> None:
    """The gold files' lists of entities, as roles that somebody decided."""
    for role in _PLAIN_ROLES:
        for entity in span.pop(role, ()):
            span.setdefault("roles", {}).setdefault(role, []).append({"entity": entity, "state": ACCEPTED})


def _check_role(holders: Any, where: str, place: Place) -> None:
    if type(holders) is not list:
        raise place.wrong("read.not_list", field=where)
    for index, holder in enumerate(holders):
        field = f"{where}[{index}]"
        if type(holder) is not dict:
            raise place.wrong("read.not_object", field=field)
        if "entity" not in holder:
            raise place.wrong("read.not_name", field=f"{field}.entity")
        _check_fields(holder, _ROLE_RULES, field, place)


def _check_entity(key: str, entity: Any, place: Place) -> None:
    where = f"entities.{key}"
    if type(entity) is not dict:
        raise place.wrong("read.not_object", field=where)
    if not key:
        raise place.wrong("read.not_name", field=where)
    _drop_nulls(entity, ENTITY_FIELDS)
    _check_fields(entity, _ENTITY_RULES, where, place)
    _check_depth(entity, ENTITY_FIELDS, where, place)


def _check_relations(relations: list[Any], spans: list[Any], place: Place) -> None:
    known = {span.get("id") for span in spans}
    for index, relation in enumerate(relations):
        where = f"relations[{index}]"
        if type(relation) is not dict:
            raise place.wrong("read.not_object", field=where)
        _drop_nulls(relation, relation.keys())
        _check_fields(relation, _RELATION_RULES, where, place)
        for end in ("type", "from", "to"):
            if end not in relation:
                raise place.wrong("read.not_name", field=f"{where}.{end}")
        for end in ("from", "to"):
            if relation[end] not in known:
                raise place.wrong("read.no_such_span", field=f"{where}.{end}", value=relation[end])
        if relation["from"] == relation["to"]:
            raise place.wrong("read.own_relation", field=where)


def _drop_nulls(item: Json, fields: Any) -> None:
    """null is absent; what others mean by theirs stays."""
    for name in [name for name, value in item.items() if value is None and name in fields]:
        del item[name]


def _check_fields(item: Json, rules: _Rules, where: str, place: Place) -> None:
    for name, value in item.items():
        rule = rules.get(name)
        if rule is not None and not rule[0](value):
            raise place.wrong(rule[1], field=f"{where}.{name}" if where else name, value=value)


def _check_depth(item: Json, own: Any, where: str, place: Place) -> None:
    for name, value in item.items():
        if name not in own and type(value) in (dict, list) and _is_deep(value, MAX_DEPTH):
            raise place.wrong("read.too_deep", field=f"{where}.{name}" if where else name)


def _is_deep(value: Any, limit: int) -> bool:
    if type(value) is dict:
        value = value.values()
    elif type(value) is not list:
        return False
    return limit == 0 or any(_is_deep(inner, limit - 1) for inner in value)


def _mismatch(place: Place, where: str, quote: Any, found: str) -> UserError:
    if type(quote) is not str:
        return place.wrong("read.not_text", field=f"{where}.text")
    return place.wrong("read.quote", field=where, quote=shortened(quote), found=shortened(found))


def _is_text(value: Any) -> bool:
    return type(value) is str


def _is_name(value: Any) -> bool:
    return type(value) is str and bool(value)


def _is_score(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= 1


def _is_texts(value: Any) -> bool:
    return type(value) is list and all(type(item) is str for item in value)


def _is_names(value: Any) -> bool:
    return type(value) is list and all(type(item) is str and item for item in value)


_TEXT = (_is_text, "read.not_text")
_NAME = (_is_name, "read.not_name")
_FLAG = (lambda value: type(value) is bool, "read.not_flag")
_SCORE = (_is_score, "read.not_score")
_TEXTS = (_is_texts, "read.not_texts")
_NAMES = (_is_names, "read.not_texts")
_LIST = (lambda value: type(value) is list, "read.not_list")
_OBJECT = (lambda value: type(value) is dict, "read.not_object")
_STATE = (lambda value: value in STATES, "read.unknown_state")
_LINK_STATE = (lambda value: value in (ACCEPTED, SUGGESTED), "read.unknown_link_state")
_STATUS = (lambda value: value in STATUSES, "read.unknown_status")
_MOD = (lambda value: value in MODS, "read.unknown_mod")

_DOCUMENT_RULES: _Rules = {
    "id": _NAME,
    "title": _TEXT,
    "date": _TEXT,
    "source": _TEXT,
    "status": _STATUS,
    "note": _TEXT,
    "flag": _FLAG,
    "tags": _TEXTS,
    "meta": _OBJECT,
    "text": _TEXT,
    "spans": _LIST,
    "relations": _LIST,
    "entities": _OBJECT,
}
_SPAN_RULES: _Rules = {
    "id": _NAME,
    "origin": _NAME,
    "by": _TEXT,
    "at": _TEXT,
    "score": _SCORE,
    "flag": _FLAG,
    "note": _TEXT,
    "suggested": _OBJECT,
    "entity": _NAME,
    "value": _NAME,
    "mod": _MOD,
    "link": _OBJECT,
    "roles": _OBJECT,
    "accused": _NAMES,
    "accuser": _NAMES,
}
_SUGGESTED_RULES: _Rules = {"label": _NAME, "by": _NAME}
_LINK_RULES: _Rules = {"state": _LINK_STATE, "origin": _NAME, "score": _SCORE}
_ROLE_RULES: _Rules = {"entity": _NAME, "state": _STATE, "origin": _NAME}
_RELATION_RULES: _Rules = {"id": _NAME, "type": _NAME, "from": _NAME, "to": _NAME, "state": _STATE}
_ENTITY_RULES: _Rules = {
    "label": _NAME,
    "name": _NAME,
    "aliases": _TEXTS,
    "value": _NAME,
    "uri": _TEXT,
    "note": _TEXT,
}
