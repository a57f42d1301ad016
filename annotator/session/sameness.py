"""Entities that may be the same, as questions to a person: the likeliest pairs nobody answered yet."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.models import KIND_NAME
from annotator.link.pairs import Named, Pair, pairs
from annotator.store import Store
from annotator.store.entity_reading import EntityRow


class Question(NamedTuple):
    """Two entities of one label, `first` the one with more mentions."""

    pair: Pair
    first: EntityRow
    second: EntityRow


def questions(store: Store, limit: int = 200) -> list[Question]:
    """The likeliest first. A merge or "not the same" answers one for good; an undo asks it again.

    Dates are not asked about: one value is one entity. Neither are allegations, whose names say little.
    """
    labels = {label.id: label.name for label in store.labels() if label.kind == KIND_NAME}
    rows = {row.id: row for row in store.entity_rows() if row.label in labels}
    names = store.entity_names(rows)
    named = (
        Named(row.id, labels[row.label], names[row.id], row.accepted + row.suggested) for row in rows.values()
    )
    apart = {(pair.first, pair.second) for pair in store.distinct_pairs()}
    return [Question(pair, rows[pair.first], rows[pair.second]) for pair in pairs(named, apart)[:limit]]
