"""Where a label is used."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from annotator.domain.models import OWN_LAYER, Proposal, Settled
from annotator.store.reading import rows


class LabelUse(NamedTuple):
    """`spans` of the project's own layer, `elsewhere` of others; the articles and entities that name it."""

    spans: int
    elsewhere: int
    documents: list[int]
    entities: list[int]
    settled: list[Settled]


def label_use(connection: sqlite3.Connection, label: int) -> LabelUse:
    """Everything that names a label but relation types, whatever its state, removed articles included."""
    spans, elsewhere = connection.execute(
        f"SELECT count(*) FILTER (WHERE layer = {OWN_LAYER}), count(*) FILTER (WHERE layer <> {OWN_LAYER}) "
        "FROM span WHERE label = ?1 OR (suggested_label = ?1 AND layer <> 0)",
        (label,),
    ).fetchone()
    documents = connection.execute(
        "SELECT document FROM span WHERE label = ?1 OR suggested_label = ?1 "
        "UNION SELECT document FROM proposal WHERE label = ?1 ORDER BY 1",
        (label,),
    )
    entities = connection.execute("SELECT id FROM entity WHERE label = ? ORDER BY id", (label,))
    return LabelUse(
        spans,
        elsewhere,
        [number for (number,) in documents],
        [number for (number,) in entities],
        rows(connection, Settled, "settled", "WHERE label = ? ORDER BY id", (label,)),
    )


def all_proposals(connection: sqlite3.Connection, document: int) -> list[Proposal]:
    """Every proposal of an article."""
    return rows(connection, Proposal, "proposal", "WHERE document = ? ORDER BY id", (document,))
