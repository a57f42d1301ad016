"""“Is this the same?”: pairs of entities, one after another, each answered once."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.changes import Message
from annotator.domain.models import KIND_NAME
from annotator.link.pairs import Named, pairs
from annotator.store import Store
from annotator.store.entity_reading import EntityRow


class Question(NamedTuple):
    """Whether two entities are one; `first` is mentioned more often. Answer by
    `entities.merge(session, first.id, second.id)` or `entities.tell_apart`."""

    first: EntityRow
    second: EntityRow
    score: float
    why: Message


def questions(store: Store, label: int | None = None, limit: int = 100) -> list[Question]:
    """What is worth asking, the likeliest first. Dates and allegations are not asked about here."""
    labels = {one.id: one.name for one in store.labels() if one.kind == KIND_NAME and label in (None, one.id)}
    rows = {row.id: row for row in store.entity_rows(label) if row.label in labels}
    aliases = store.entity_names(rows)
    named = [
        Named(row.id, labels[row.label], aliases[row.id], row.accepted + row.suggested)
        for row in rows.values()
    ]
    apart = {(pair.first, pair.second) for pair in store.distinct_pairs()}
    return [
        Question(rows[pair.first], rows[pair.second], pair.score, pair.why)
        for pair in pairs(named, apart)[:limit]
    ]
