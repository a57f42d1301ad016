"""The rows of a project, one tuple type a table, fields named and ordered as its columns.

A model is its row: nothing is converted on the way in or out. Offsets are half-open
`[start, end)` in Unicode code points of the document's text. Columns that hold JSON are
text here too (`"[]"`, `"{}"`); flags are 0 or 1; times are UTC, `2026-11-24T01:02:03Z`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

Value = str | int | float | None
Row = dict[str, Value]

SUGGESTED: Final = "suggested"
ACCEPTED: Final = "accepted"
REJECTED: Final = "rejected"
STATES: Final = (SUGGESTED, ACCEPTED, REJECTED)

NEW: Final = "new"
IN_PROGRESS: Final = "in_progress"
DONE: Final = "done"
STATUSES: Final = (NEW, IN_PROGRESS, DONE)

FILL: Final = "fill"
BAND: Final = "band"

NEW_HUES: Final = (60, 210, 95, 350, 130, 185, 235, 330, 40, 280)
"""Hues that new labels take in turn, far from the four that every project begins with."""

# What a label stands for decides what its entity is: a name, a calendar value, a conduct.
KIND_NAME: Final = "name"
KIND_DATE: Final = "date"
KIND_CLAIM: Final = "claim"

REVIEWER: Final = "reviewer"
"""Origin of what a person made by hand; every other origin names a suggester or an import."""
IMPORT: Final = "import"
"""Origin of what came in with a file that names no origin of its own."""

OWN_LAYER: Final = 0
"""The project's own set; a merged-in reviewer gets another layer."""


class Label(NamedTuple):
    id: int
    name: str
    key: str | None
    hue: int
    style: str
    kind: str
    description: str
    position: int


class RoleType(NamedTuple):
    id: int
    name: str
    position: int


class RelationType(NamedTuple):
    id: int
    name: str
    from_label: int | None
    to_label: int | None
    position: int


class Layer(NamedTuple):
    id: int
    name: str
    reviewer: str | None


class Document(NamedTuple):
    """An article without its text, which may be large and never changes."""

    id: int
    name: str
    title: str | None
    date: str | None
    source: str | None
    status: str
    flag: int
    note: str | None
    tags: str
    meta: str
    extra: str
    removed: int
    replaces: int | None
    same_text_as: int | None
    revision: int
    run: int | None


class Span(NamedTuple):
    id: int
    document: int
    layer: int
    start: int
    end: int
    label: int
    state: str
    origin: str
    score: float | None
    text: str
    flag: int
    note: str | None
    mod: str | None
    suggested_start: int | None
    suggested_end: int | None
    suggested_label: int | None
    suggested_by: str | None
    by: str | None
    at: str | None
    name: str | None
    extra: str
    run: int | None


class Proposal(NamedTuple):
    id: int
    document: int
    start: int
    end: int
    label: int
    suggester: str
    score: float | None
    why: str | None
    run: int


class Entity(NamedTuple):
    id: int
    key: str
    label: int
    name: str
    aliases: str
    uri: str | None
    note: str | None
    value: str | None
    fields: str
    known: int  # 1: from a knowledge base, may stand without mentions
    extra: str
    run: int | None


class Link(NamedTuple):
    id: int
    span: int
    entity: int
    state: str
    origin: str
    score: float | None
    why: str | None
    by: str | None
    at: str | None
    run: int | None


class Role(NamedTuple):
    id: int
    span: int
    type: int
    entity: int
    state: str
    origin: str
    score: float | None
    run: int | None


class Relation(NamedTuple):
    id: int
    document: int
    type: int
    from_span: int
    to_span: int
    state: str
    origin: str
    name: str | None
    run: int | None


class KeyAlias(NamedTuple):
    """The key of an entity that was merged into another."""

    id: int
    key: str
    entity: int


class DistinctPair(NamedTuple):
    """Two entities that a person said are not the same; `first` is the smaller id."""

    id: int
    first: int
    second: int
    by: str | None
    at: str | None


class Review(NamedTuple):
    """How far a merged-in reviewer was in an article; `taken` where the project took it over."""

    id: int
    document: int
    layer: int
    status: str
    first: str
    at: str
    head: str
    taken: int | None


class Settled(NamedTuple):
    """A difference from a merged-in reviewer that somebody settled: what stands, "mine" or "theirs"."""

    id: int
    document: int
    layer: int
    start: int
    end: int
    label: int
    choice: str
    by: str | None
    at: str | None


class Run(NamedTuple):
    id: int
    kind: str
    name: str
    version: str
    settings: str
    state: str
    started: str
    ended: str | None
    counts: str


TABLES: Final[dict[str, type]] = {
    "label": Label,
    "role_type": RoleType,
    "relation_type": RelationType,
    "layer": Layer,
    "document": Document,
    "span": Span,
    "proposal": Proposal,
    "entity": Entity,
    "link": Link,
    "role": Role,
    "relation": Relation,
    "key_alias": KeyAlias,
    "distinct_pair": DistinctPair,
    "review": Review,
    "settled": Settled,
    "run": Run,
}

REFERENCES: Final[dict[str, dict[str, str]]] = {
    "relation_type": {"from_label": "label", "to_label": "label"},
    "document": {"replaces": "document", "same_text_as": "document"},
    "span": {"document": "document", "layer": "layer", "label": "label", "suggested_label": "label"},
    "entity": {"label": "label"},
    "link": {"span": "span", "entity": "entity"},
    "role": {"span": "span", "type": "role_type", "entity": "entity"},
    "relation": {"document": "document", "type": "relation_type", "from_span": "span", "to_span": "span"},
    "key_alias": {"entity": "entity"},
    "distinct_pair": {"first": "entity", "second": "entity"},
    "review": {"document": "document", "layer": "layer"},
    "settled": {"document": "document", "layer": "layer", "label": "label"},
}
"""Columns that hold another row's id: where a ChangeSet may name a new row by -1, -2 ..."""
