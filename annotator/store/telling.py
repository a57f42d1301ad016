"""What an export tells of a project beside its records: which articles belong together, who decided."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from annotator.domain.models import ACCEPTED, KIND_CLAIM, KIND_DATE
from annotator.domain.splitting import Tie
from annotator.store.reading import LISTED, OWN_SPANS, closed


class Decider(NamedTuple):
    """Who made how many decisions, from when to when (UTC)."""

    name: str
    decisions: int
    first: str
    last: str


def ties(connection: sqlite3.Connection) -> list[Tie]:
    """Articles of one text, or with accepted links to one entity; a day is no tie."""
    found = [
        Tie(pair, firm=True)
        for pair in connection.execute(
            "SELECT document.name, other.name FROM document JOIN document AS other "
            "ON other.id IN (document.same_text_as, document.replaces) "
            f"WHERE {LISTED}"
        )
    ]
    groups: dict[int, list[str]] = defaultdict(list)
    claims = set()
    for entity, kind, name in connection.execute(
        "SELECT DISTINCT entity.id, label.kind, document.name FROM link JOIN entity ON entity.id = link.entity "
        "JOIN label ON label.id = entity.label JOIN span ON span.id = link.span "
        "JOIN document ON document.id = span.document "
        f"WHERE link.state = '{ACCEPTED}' AND span.state = '{ACCEPTED}' AND label.kind <> '{KIND_DATE}' "
        f"AND {closed('link')} AND {OWN_SPANS} AND {LISTED}"
    ):
        groups[entity].append(name)
        if kind == KIND_CLAIM:
            claims.add(entity)
    return found + [Tie(tuple(names), entity in claims) for entity, names in groups.items() if len(names) > 1]


def names(connection: sqlite3.Connection, *, done_only: bool) -> list[str]:
    """The names of all listed articles, or of those that are done."""
    done = "AND status = 'done'" if done_only else ""
    return [
        name for (name,) in connection.execute(f"SELECT name FROM document WHERE {LISTED} {done} ORDER BY id")
    ]


def texts(connection: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    """Number, name and text of every listed article."""
    yield from connection.execute(
        f"SELECT document.id, name, text FROM document JOIN document_text USING (id) WHERE {LISTED} ORDER BY id"
    )


def decided_by(connection: sqlite3.Connection) -> list[Decider]:
    """Everyone who decided something, the busiest first; undone decisions count."""
    found = connection.execute(
        "SELECT reviewer, count(*), min(at), max(at) FROM journal WHERE kind = 'do' "
        "GROUP BY reviewer ORDER BY count(*) DESC, reviewer"
    )
    return [Decider._make(row) for row in found]
