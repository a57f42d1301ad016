"""The memory of decisions in the file: what was decided, what may be suggested where, and writing it.

The memory's proposals are rows like those of any suggester, an objection among them by its score
of 0: what others propose at such a place makes no span while it stands. Places that a decision
ever touched are left alone, so that every undo finds the room that it needs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, NamedTuple

from annotator.domain.models import ACCEPTED, BAND, DONE, KIND_NAME, OWN_LAYER, REJECTED, STATES, SUGGESTED
from annotator.domain.recall import Place, Recalled, Situation
from annotator.domain.suggestion import Suggestion
from annotator.domain.verdicts import MEMORY, Decision, said
from annotator.store import suggesting
from annotator.store.applying import bump
from annotator.store.handled import Handled
from annotator.store.reading import LISTED, closed, match_query
from annotator.store.schema import SEARCH

_SAID: Final = f"""
    SELECT span.document, span.text, span.label, span.state = '{ACCEPTED}', span."by", span.at,
        span.suggested_label, CASE WHEN span.suggested_by IS NOT NULL THEN (
            SELECT substr(text, span.suggested_start + 1, span.suggested_end - span.suggested_start)
            FROM document_text WHERE id = span.document) END
    FROM span JOIN document ON document.id = span.document
    WHERE span.state <> '{SUGGESTED}' AND span.layer = {OWN_LAYER} AND {closed("span")} AND {LISTED}
"""
_PLACE: Final = ("start", "end", "label")
_AT: Final = 'document = ? AND start = ? AND "end" = ? AND label = ?'


class Known(NamedTuple):
    """An article as the memory sees it: of which revision, what stands in it, what it said before."""

    document: int
    revision: int
    situation: Situation
    said: dict[Place, Recalled]


class Written(NamedTuple):
    """What the memory changed in an article: suggestions that came and went."""

    added: int
    withdrawn: int


def decisions(
    connection: sqlite3.Connection, documents: Collection[int] | None = None
) -> Iterator[tuple[int, list[Decision]]]:
    """What a person said of the strings of these articles (None: of all), by article.

    One of several that has no decision left is given as well.
    """
    some = "" if documents is None else "AND span.document IN (SELECT value FROM json_each(?))"
    rows = connection.execute(
        f"{_SAID} {some} ORDER BY span.document", () if documents is None else (json.dumps([*documents]),)
    )
    rest = set(documents or ())
    for document, group in groupby(rows, key=lambda row: int(row[0])):
        rest.discard(document)
        yield document, [one for _, *row in group for one in said(*row)]
    yield from ((document, []) for document in sorted(rest))


def holding(connection: sqlite3.Connection, strings: Iterable[str]) -> set[int]:
    """Articles that are not done and hold all words of one of the strings."""
    found: set[int] = set()
    for query in {match_query(f"{string} ") for string in strings} - {""}:
        found.update(
            document
            for (document,) in connection.execute(
                f"SELECT document.id FROM {SEARCH} JOIN document ON document.id = {SEARCH}.rowid "
                f"WHERE {SEARCH} MATCH ? AND status <> '{DONE}' AND {LISTED}",
                (query,),
            )
        )
    return found


def known(connection: sqlite3.Connection, handled: Handled, document: int) -> Known | None:
    """What the memory has to know of an article; None where it is gone, done or not seen yet."""
    head = connection.execute(
        "SELECT revision, text FROM document JOIN document_text USING (id) "
        f"WHERE id = ? AND status <> '{DONE}' AND {LISTED}",
        (document,),
    ).fetchone()
    if head is None:
        return None
    hand_in = handled.spans(document)
    fixed, closed_places, free = set[Place](), set[Place](), set[Place]()
    for number, start, end, label, state, seen, *was in connection.execute(
        f'SELECT id, start, "end", label, state, {closed("span")}, suggested_start, suggested_end, suggested_label '
        f"FROM span WHERE document = ? AND layer = {OWN_LAYER}",
        (document,),
    ):
        place = (start, end, label)
        if was[0] is not None:
            closed_places.add((was[0], was[1], was[2]))
        if state == REJECTED:
            closed_places.add(place)
        elif state == ACCEPTED or number in hand_in or not seen:
            fixed.add(place)
        else:
            free.add(place)
    closed_places |= handled.places(document) - free
    said, others = {}, set()
    for start, end, label, suggester, score, why in connection.execute(
        'SELECT start, "end", label, suggester, score, why FROM proposal WHERE document = ?', (document,)
    ):
        if suggester == MEMORY:
            place = (start, end, label)
            if score == 0 or place in free or place not in closed_places:  # the rest stays for an undo
                said[place] = Recalled(score, why)
        else:
            others.add((start, end, label))
    labels = connection.execute("SELECT id, style, kind FROM label").fetchall()
    situation = Situation(
        head[1],
        others - fixed - closed_places,
        fixed,
        closed_places,
        clauses={label for label, style, _ in labels if style == BAND},
        names={label for label, _, kind in labels if kind == KIND_NAME},
    )
    return Known(document, head[0], situation, said)


def write(
    connection: sqlite3.Connection,
    handled: Handled,
    run: int | None,
    document: int,
    wanted: Mapping[Place, Recalled],
) -> Written:
    """Let the memory say this of an article, and nothing else. The caller holds the transaction.

    Without a run nothing new is said: the memory is taken back.
    """
    stands = suggesting.standing(connection, document)
    old = {
        (start, end, label): Recalled(score, why)
        for start, end, label, score, why in connection.execute(
            'SELECT start, "end", label, score, why FROM proposal WHERE document = ? AND suggester = ?',
            (document, MEMORY),
        )
    }
    looked_at = handled.spans(document)
    free = {place: span for place, span in stands.undecided.items() if span not in looked_at}
    may = {place for place in old.keys() | wanted.keys() if place in free or place not in stands.taken}
    gone = {place: one for place, one in old.items() if place in may and place not in wanted}
    moved = {place for place, one in gone.items() if one.score > 0 and place not in free}
    for place in moved and moved & handled.places(document):
        del gone[place]  # what made a span that was moved since: an undo may put it back here
    new = {place: one for place, one in wanted.items() if place in may and old.get(place) != one}
    withdrawn = _take_out(connection, document, gone, free)
    _say(connection, run, document, new)
    objected = [place for place, one in wanted.items() if one.score == 0 and place in free]
    for place in objected:
        suggesting.erase(connection, free[place])
    there = stands.taken | stands.left
    more = {
        place: Suggestion(*place[:2], "", *one)
        for place, one in new.items()
        if one.score > 0 and place not in there
    }
    suggesting.add(connection, document, run or 0, MEMORY, more)
    again = {place for place, one in gone.items() if one.score == 0 and place not in there}
    if again:
        again -= handled.places(document)
    added = len(more) + sum(_put_back(connection, document, place) for place in again)
    withdrawn += len(objected)
    if gone or new or objected:
        bump(connection, {document: dict.fromkeys(STATES, 0) | {SUGGESTED: added - withdrawn}})
    return Written(added, withdrawn)


def _take_out(
    connection: sqlite3.Connection, document: int, gone: Iterable[Place], free: Mapping[Place, int]
) -> int:
    """Take back what the memory said of these places; how many spans went with it."""
    spans = 0
    for place in gone:
        connection.execute(f"DELETE FROM proposal WHERE {_AT} AND suggester = ?", (document, *place, MEMORY))
        if place in free and not suggesting.erase_unless_proposed(connection, free[place], document, place):
            connection.execute(
                f"UPDATE span SET (origin, score, run) = (SELECT suggester, score, run FROM proposal WHERE {_AT} "
                "ORDER BY id LIMIT 1) WHERE id = ? AND origin = ?",
                (document, *place, free[place], MEMORY),
            )
        else:
            spans += place in free
    return spans


def _say(
    connection: sqlite3.Connection, run: int | None, document: int, new: Mapping[Place, Recalled]
) -> None:
    connection.executemany(
        'INSERT INTO proposal (document, start, "end", label, suggester, score, why, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?) '
        'ON CONFLICT (document, start, "end", label, suggester) DO UPDATE SET score = excluded.score, '
        "why = excluded.why, run = excluded.run",
        ((document, *place, MEMORY, *one, run) for place, one in new.items()),
    )
    connection.executemany(
        f"UPDATE span SET score = ? WHERE {_AT} AND layer = {OWN_LAYER} AND state = '{SUGGESTED}' AND origin = '{MEMORY}'",
        ((one.score, document, *place) for place, one in new.items() if one.score > 0),
    )


def _put_back(connection: sqlite3.Connection, document: int, place: Place) -> int:
    """Let what another suggester proposes stand again where the memory objected to it."""
    return connection.execute(
        'INSERT INTO span (document, layer, start, "end", label, state, origin, score, text, run) '
        f"SELECT p.document, {OWN_LAYER}, p.start, p.\"end\", p.label, '{SUGGESTED}', suggester, score, "
        'substr(text, p.start + 1, p."end" - p.start), run FROM proposal AS p '
        "JOIN document_text ON document_text.id = p.document "
        'WHERE p.document = ? AND p.start = ? AND p."end" = ? AND p.label = ? ORDER BY p.id LIMIT 1',
        (document, *place),
    ).rowcount


def remembered(connection: sqlite3.Connection) -> list[int]:
    """Articles about which the memory has said anything."""
    found = connection.execute(
        "SELECT DISTINCT document FROM proposal WHERE suggester = ? ORDER BY document", (MEMORY,)
    )
    return [document for (document,) in found]


def spoken_of(connection: sqlite3.Connection) -> set[str]:
    """The strings at the places about which the memory says anything, white space made single."""
    found = connection.execute(
        'SELECT DISTINCT substr(text, start + 1, "end" - start) FROM proposal '
        "JOIN document_text ON document_text.id = document WHERE suggester = ?",
        (MEMORY,),
    )
    return {" ".join(string.split()) for (string,) in found}


def unremembered(connection: sqlite3.Connection) -> list[int]:
    """Articles that were decided in since the memory last wrote anything."""
    found = connection.execute(
        "SELECT DISTINCT document FROM journal WHERE document IS NOT NULL "
        "AND at >= (SELECT coalesce(max(started), '') FROM run WHERE kind = 'memory')"
    )
    return [document for (document,) in found]
