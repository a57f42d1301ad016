"""The interchange record: one document as the JSON object that stands on a line.

In memory it is that object, a plain dict, so that 800,000 spans go in and out without being
built twice. These types name its fields; `docs/formats.md` explains them. Offsets are code
points of `text`; an absent field means null.
"""

from __future__ import annotations

from typing import Any, TypedDict


class RecordLink(TypedDict, total=False):
    state: str
    origin: str
    score: float


class RecordSuggested(TypedDict, total=False):
    start: int
    end: int
    label: str
    by: str


class RecordRole(TypedDict, total=False):
    entity: str
    state: str
    origin: str


class RecordSpan(TypedDict, total=False):
    id: str
    start: int
    end: int
    label: str
    text: str
    state: str
    origin: str
    by: str
    at: str
    score: float
    flag: bool
    note: str
    suggested: RecordSuggested
    entity: str
    value: str
    mod: str
    link: RecordLink
    roles: dict[str, list[RecordRole]]


class RecordRelation(TypedDict, total=False):
    id: str
    type: str
    # "from" and "to" (span ids) are keywords here, so they are read by subscript
    state: str


class RecordEntity(TypedDict, total=False):
    label: str
    name: str
    aliases: list[str]
    value: str
    uri: str
    note: str


class Record(TypedDict, total=False):
    id: str
    title: str
    date: str
    source: str
    status: str
    note: str
    flag: bool
    tags: list[str]
    meta: dict[str, Any]
    text: str
    spans: list[RecordSpan]
    relations: list[dict[str, Any]]
    entities: dict[str, RecordEntity]


DOCUMENT_FIELDS = frozenset(Record.__annotations__)
SPAN_FIELDS = frozenset(RecordSpan.__annotations__) | {"accused", "accuser"}
ENTITY_FIELDS = frozenset(RecordEntity.__annotations__)
