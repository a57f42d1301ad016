"""One alleged conduct as several articles word it: who accuses whom, when, how much, in which words."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

from annotator.domain.changes import Changed
from annotator.domain.edits import entity_edits
from annotator.domain.models import Entity
from annotator.session.session import Session
from annotator.store.reading import Mention

NOTES: Final = ("how_much", "how_firm", "answer")
"""What a reviewer may note about an article's version, in their own words."""


class Named(NamedTuple):
    """An entity in a role of the conduct."""

    entity: int
    label: int
    name: str


class Version(NamedTuple):
    """The conduct in one article; `notes` has what a reviewer wrote, by the names of NOTES."""

    document: int
    name: str
    title: str
    source: str | None
    date: str | None
    roles: dict[str, list[Named]]
    words: list[Mention]
    notes: dict[str, str]


def versions(session: Session, conduct: int) -> list[Version]:
    """The articles that allege it, the oldest first; those without a date come last."""
    store = session.store
    entity = store.whole(conduct).entity
    by_document: dict[int, list[Mention]] = {}
    for mention in store.mentions(conduct):
        by_document.setdefault(mention.span.document, []).append(mention)
    spans = {mention.span.id: number for number, found in by_document.items() for mention in found}
    edges = store.role_edges(spans, proposed=True)
    rows = {row.id: row for row in store.entity_rows_of({edge.entity for edge in edges})}
    roles: dict[int, dict[str, list[Named]]] = {}
    for edge in edges:
        row = rows[edge.entity]
        there = roles.setdefault(spans[edge.span], {}).setdefault(edge.role, [])
        one = Named(row.id, row.label, row.value or row.name)
        if one not in there:
            there.append(one)
    notes = _notes(entity)
    made = [_version(number, found, roles.get(number, {}), notes) for number, found in by_document.items()]
    return sorted(made, key=lambda one: (one.date is None, one.date or "", one.document))


def note(session: Session, conduct: int, article: str, name: str, words: str) -> Changed | None:
    """Write what an article says about how much, how firm, or the answer; nothing takes the note away."""
    if name not in NOTES:
        raise ValueError(f"no note {name!r}")
    entity = session.store.whole(conduct).entity
    fields: dict[str, Any] = json.loads(entity.fields)
    there = {**fields.get(article, {}), name: words.strip()}
    fields[article] = {key: value for key, value in there.items() if value}
    kept = {key: value for key, value in fields.items() if value}
    return session.decide(entity_edits.set_fields(entity, kept))


def _notes(entity: Entity) -> dict[str, dict[str, str]]:
    """The notes by article; fields of another form, from an import, are left alone."""
    return {name: one for name, one in json.loads(entity.fields).items() if isinstance(one, dict)}


def _version(
    number: int, found: list[Mention], roles: dict[str, list[Named]], notes: dict[str, dict[str, str]]
) -> Version:
    first = found[0]
    title = first.title or first.document
    mine = notes.get(first.document, {})
    return Version(number, first.document, title, first.source, first.date, roles, found, mine)
