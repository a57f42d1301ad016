"""Writing what a suggester found in one article, without touching what a person decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.models import OWN_LAYER, STATES, SUGGESTED
from annotator.domain.suggestion import Suggestion
from annotator.store.applying import bump, drop_orphan

_Place = tuple[int, int, int]

_ABANDONED = """
    SELECT id FROM span WHERE id = :id AND note IS NULL AND flag = 0
        AND NOT EXISTS (SELECT 1 FROM proposal WHERE proposal.document = span.document
            AND start = :start AND "end" = :end AND label = :label)
        AND NOT EXISTS (SELECT 1 FROM link WHERE span = :id AND state = 'accepted')
        AND NOT EXISTS (SELECT 1 FROM role WHERE span = :id AND state = 'accepted')
        AND NOT EXISTS (SELECT 1 FROM relation WHERE :id IN (from_span, to_span) AND state = 'accepted')
"""


class SuggestionCounts(NamedTuple):
    """What one article got: new undecided spans, and old ones that nobody proposes any more."""

    added: int
    withdrawn: int


class _Standing(NamedTuple):
    """The places of an article that a proposal may meet."""

    spans: dict[_Place, tuple[int, str]]
    left: set[_Place]  # where a person took a suggestion away by relabelling or refitting it


def write(
    connection: sqlite3.Connection,
    run: int,
    document: int,
    suggester: str,
    found: Iterable[Suggestion],
    labels: dict[str, int],
) -> SuggestionCounts:
    """Replace this suggester's proposals of undecided spans by what it found now.

    Labels that the project does not have are passed over. The caller holds the transaction.
    """
    standing = _standing(connection, document)
    undecided = {place for place, (_, state) in standing.spans.items() if state == SUGGESTED}
    mine = _proposals(connection, document, suggester)
    length = connection.execute(
        "SELECT length(text) FROM document_text WHERE id = ?", (document,)
    ).fetchone()[0]
    wanted = {
        (one.start, one.end, labels[one.label]): one
        for one in found
        if one.label in labels and 0 <= one.start < one.end <= length
    }
    dropped = [
        (place, number) for place, number in mine.items() if place in undecided and place not in wanted
    ]
    connection.executemany("DELETE FROM proposal WHERE id = ?", ((number,) for _, number in dropped))
    connection.executemany(
        'INSERT INTO proposal (document, start, "end", label, suggester, score, why, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?) '
        'ON CONFLICT (document, start, "end", label, suggester) DO UPDATE SET score = excluded.score, '
        "why = excluded.why, run = excluded.run",
        ((document, *place, suggester, one.score, one.why, run) for place, one in wanted.items()),
    )
    withdrawn = _withdraw(connection, [place for place, _ in dropped], standing)
    new = {
        place: one
        for place, one in wanted.items()
        if place not in standing.spans and place not in standing.left
    }
    _add(connection, document, run, suggester, new)
    delta = dict.fromkeys(STATES, 0) | {SUGGESTED: len(new) - withdrawn}
    bump(connection, document, delta)
    return SuggestionCounts(len(new), withdrawn)


def mark_seen(connection: sqlite3.Connection, run: int, document: int, suggester: str, version: str) -> None:
    """Note that this version has looked at the article, whatever it found."""
    connection.execute(
        "INSERT INTO seen (document, suggester, version, run) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (document, suggester) DO UPDATE SET version = excluded.version, run = excluded.run",
        (document, suggester, version, run),
    )


def pending(
    connection: sqlite3.Connection, suggester: str, version: str, *, again: bool
) -> list[tuple[int, int]]:
    """Articles (id, revision) that are not done and that this version has not seen, in queue order."""
    fresh = "" if again else "AND (seen.version IS NULL OR seen.version <> ?2)"
    return connection.execute(
        "SELECT document.id, document.revision FROM document "
        "LEFT JOIN seen ON seen.document = document.id AND seen.suggester = ?1 "
        "WHERE document.removed = 0 AND (document.run IS NULL OR document.run NOT IN open_run) "
        f"AND document.status <> 'done' AND ?2 IS NOT NULL {fresh} ORDER BY document.id",
        (suggester, version),
    ).fetchall()


def _standing(connection: sqlite3.Connection, document: int) -> _Standing:
    rows = connection.execute(
        'SELECT id, start, "end", label, state, suggested_start, suggested_end, suggested_label FROM span '
        "WHERE document = ? AND layer = ?",
        (document, OWN_LAYER),
    ).fetchall()
    spans = {(row[1], row[2], row[3]): (row[0], row[4]) for row in rows}
    left = {(row[5], row[6], row[7]) for row in rows if row[5] is not None}
    return _Standing(spans, left)


def _proposals(connection: sqlite3.Connection, document: int, suggester: str) -> dict[_Place, int]:
    found = connection.execute(
        'SELECT start, "end", label, id FROM proposal WHERE document = ? AND suggester = ?',
        (document, suggester),
    )
    return {(start, end, label): number for start, end, label, number in found}


def _withdraw(connection: sqlite3.Connection, places: list[_Place], standing: _Standing) -> int:
    """Take out undecided spans that no suggester proposes any more, and what is only proposed on them.

    One that a person linked, related, flagged or wrote a note on stays.
    """
    gone = [
        number
        for place in places
        for (number,) in connection.execute(
            _ABANDONED,
            {"id": standing.spans[place][0], **dict(zip(("start", "end", "label"), place, strict=True))},
        )
    ]
    for number in gone:
        named = connection.execute(
            "SELECT entity FROM link WHERE span = ?1 UNION SELECT entity FROM role WHERE span = ?1", (number,)
        ).fetchall()
        for table in ("link", "role"):
            connection.execute(f"DELETE FROM {table} WHERE span = ?", (number,))
        connection.execute("DELETE FROM relation WHERE from_span = ?1 OR to_span = ?1", (number,))
        connection.execute("DELETE FROM span WHERE id = ?", (number,))
        for (entity,) in named:
            drop_orphan(connection, entity)
    return len(gone)


def _add(
    connection: sqlite3.Connection, document: int, run: int, suggester: str, new: dict[_Place, Suggestion]
) -> None:
    connection.executemany(
        'INSERT INTO span (document, layer, start, "end", label, state, origin, score, text, run) '
        f"SELECT ?1, {OWN_LAYER}, ?2, ?3, ?4, '{SUGGESTED}', ?5, ?6, substr(text, ?2 + 1, ?3 - ?2), ?7 "
        "FROM document_text WHERE id = ?1",
        ((document, *place, suggester, one.score, run) for place, one in new.items()),
    )
