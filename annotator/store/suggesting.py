"""Writing what a suggester found in one article, without touching what a person decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from typing import NamedTuple

from annotator.domain.models import OWN_LAYER, STATES, SUGGESTED
from annotator.domain.suggestion import Suggestion
from annotator.domain.verdicts import MEMORY
from annotator.store.applying import bump, drop_orphan
from annotator.store.handled import Handled
from annotator.store.reading import closed

_Place = tuple[int, int, int]

_OBJECTS = f"(suggester = '{MEMORY}' AND score = 0)"
"""SQL: the proposal is an objection of the memory."""


class SuggestionCounts(NamedTuple):
    """What one article got: new undecided spans, and old ones that nobody proposes any more."""

    added: int
    withdrawn: int


class Standing(NamedTuple):
    """The places of an article that a proposal may meet."""

    taken: set[_Place]
    undecided: dict[_Place, int]  # the span there
    left: set[_Place]  # where a person took a suggestion away by relabelling or refitting it
    objected: set[_Place]  # where the memory of decisions objects


def write(
    connection: sqlite3.Connection,
    handled: Handled,
    run: int,
    document: int,
    suggester: str,
    found: Iterable[Suggestion],
) -> SuggestionCounts:
    """Replace this suggester's proposals of undecided spans by what it found now.

    Labels that the project does not have are passed over. The caller holds the transaction.
    """
    labels = dict(connection.execute("SELECT name, id FROM label"))
    stands = standing(connection, document)
    length = connection.execute(
        "SELECT length(text) FROM document_text WHERE id = ?", (document,)
    ).fetchone()[0]
    wanted = {
        (one.start, one.end, labels[one.label]): one
        for one in found
        if one.label in labels and 0 <= one.start < one.end <= length
    }
    withdrawn = _withdraw(connection, handled, document, suggester, wanted.keys(), stands)
    connection.executemany(
        'INSERT INTO proposal (document, start, "end", label, suggester, score, why, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?) '
        'ON CONFLICT (document, start, "end", label, suggester) DO UPDATE SET score = excluded.score, '
        "why = excluded.why, run = excluded.run",
        ((document, *place, suggester, one.score, one.why, run) for place, one in wanted.items()),
    )
    new = {
        place: one
        for place, one in wanted.items()
        if not any(place in taken for taken in (stands.taken, stands.left, stands.objected))
    }
    add(connection, document, run, suggester, new)
    delta = dict.fromkeys(STATES, 0) | {SUGGESTED: len(new) - withdrawn}
    bump(connection, {document: delta})
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


def standing(connection: sqlite3.Connection, document: int) -> Standing:
    """What a proposal may meet in an article."""
    rows = connection.execute(
        f'SELECT id, start, "end", label, state = ? AND {closed("span")}, suggested_start, suggested_end, '
        "suggested_label FROM span WHERE document = ? AND layer = ?",
        (SUGGESTED, document, OWN_LAYER),
    ).fetchall()
    places = {row[1:4] for row in rows}
    undecided = {row[1:4]: row[0] for row in rows if row[4]}
    left = {row[5:8] for row in rows if row[5] is not None}
    objected = set(
        connection.execute(
            f'SELECT start, "end", label FROM proposal WHERE document = ? AND {_OBJECTS}', (document,)
        )
    )
    return Standing(places, undecided, left, objected)


def _withdraw(
    connection: sqlite3.Connection,
    handled: Handled,
    document: int,
    suggester: str,
    wanted: Collection[_Place],
    standing: Standing,
) -> int:
    """Take back what the suggester does not find any more; how many spans nobody proposes then.

    Spans that a person has a hand in stay with their proposals, and so does what was decided.
    """
    mine = connection.execute(
        'SELECT start, "end", label, id FROM proposal WHERE document = ? AND suggester = ?',
        (document, suggester),
    ).fetchall()
    spans = standing.undecided | dict.fromkeys(standing.objected - standing.taken)
    lost = [row for row in mine if row[:3] in spans and row[:3] not in wanted]
    if not lost:
        return 0
    kept = handled.spans(document)
    gone = 0
    for *place, proposal in lost:
        span = spans[place[0], place[1], place[2]]
        if span not in kept:
            connection.execute("DELETE FROM proposal WHERE id = ?", (proposal,))
            gone += span is not None and erase_unless_proposed(connection, span, document, place)
    return gone


def erase_unless_proposed(
    connection: sqlite3.Connection, span: int, document: int, place: Iterable[int]
) -> bool:
    """Take out an undecided span with what is proposed on it, where no other suggester proposes it."""
    others = connection.execute(
        f'SELECT 1 FROM proposal WHERE document = ? AND start = ? AND "end" = ? AND label = ? AND NOT {_OBJECTS}',
        (document, *place),
    ).fetchone()
    if others is not None:
        return False
    erase(connection, span)
    return True


def erase(connection: sqlite3.Connection, span: int) -> None:
    """Take out an undecided span with what is proposed on it."""
    named = connection.execute(
        "SELECT entity FROM link WHERE span = ?1 UNION SELECT entity FROM role WHERE span = ?1", (span,)
    ).fetchall()
    for table in ("link", "role"):
        connection.execute(f"DELETE FROM {table} WHERE span = ?", (span,))
    connection.execute("DELETE FROM relation WHERE from_span = ?1 OR to_span = ?1", (span,))
    connection.execute("DELETE FROM span WHERE id = ?", (span,))
    for (entity,) in named:
        drop_orphan(connection, entity)


def add(
    connection: sqlite3.Connection, document: int, run: int, suggester: str, new: dict[_Place, Suggestion]
) -> None:
    """Make undecided spans of places that are free."""
    connection.executemany(
        'INSERT INTO span (document, layer, start, "end", label, state, origin, score, text, run) '
        f"SELECT ?1, {OWN_LAYER}, ?2, ?3, ?4, '{SUGGESTED}', ?5, ?6, substr(text, ?2 + 1, ?3 - ?2), ?7 "
        "FROM document_text WHERE id = ?1",
        ((document, *place, suggester, one.score, run) for place, one in new.items()),
    )
