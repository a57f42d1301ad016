"""The opinions of merged-in reviewers, article by article, for comparing them with the project's own."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import NamedTuple

from annotator.domain.conflicts import Bond, Opinion
from annotator.domain.models import ACCEPTED, DONE, OWN_LAYER, REJECTED, SUGGESTED, Review, Settled, Span
from annotator.store.reading import LISTED, rows


class LayerRow(NamedTuple):
    """A merged-in reviewer and how many articles they were at."""

    id: int
    name: str
    articles: int


def reviewers(connection: sqlite3.Connection) -> list[LayerRow]:
    """Whoever was merged in, by name."""
    found = connection.execute(
        "SELECT layer.id, layer.name, count(document.id) FROM layer LEFT JOIN review ON review.layer = layer.id "
        f"LEFT JOIN document ON document.id = review.document AND {LISTED} WHERE layer.id <> {OWN_LAYER} "
        "GROUP BY layer.id ORDER BY layer.name"
    )
    return [LayerRow._make(row) for row in found]


def reviews(connection: sqlite3.Connection, document: int) -> list[Review]:
    """How far the merged-in reviewers were in an article."""
    return rows(connection, Review, "review", "WHERE document = ? ORDER BY layer", (document,))


def done_by_both(connection: sqlite3.Connection, one: int, other: int) -> list[int]:
    """Listed articles that two layers are through with, each by itself, in queue order."""
    own = "document.status = 'done' AND NOT EXISTS (SELECT 1 FROM review WHERE review.document = document.id AND taken = revision)"
    theirs = "EXISTS (SELECT 1 FROM review WHERE review.document = document.id AND review.layer = ? AND review.status = 'done')"
    layers = [layer for layer in (one, other) if layer != OWN_LAYER]
    done = [own if layer == OWN_LAYER else theirs for layer in (one, other)]
    found = connection.execute(
        f"SELECT id FROM document WHERE {LISTED} AND {' AND '.join(done)} ORDER BY id", layers
    )
    return [number for (number,) in found]


def opinions(connection: sqlite3.Connection, document: int, layer: int) -> list[Opinion]:
    """What was decided about the spans of an article in one layer."""
    spans = rows(
        connection,
        Span,
        "span",
        f"WHERE document = ? AND layer = ? AND state <> '{SUGGESTED}' ORDER BY start, \"end\" DESC, label",
        (document, layer),
    )
    scope = f"JOIN span ON span.id = {{0}}.span WHERE span.document = ? AND span.layer = ? AND {{0}}.state = '{ACCEPTED}'"
    links = dict(
        connection.execute(
            f"SELECT link.span, link.entity FROM link {scope.format('link')}", (document, layer)
        )
    )
    roles: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for span, type_, entity in connection.execute(
        f"SELECT role.span, role.type, role.entity FROM role {scope.format('role')}", (document, layer)
    ):
        roles[span].add((type_, entity))
    bonds = _bonds(connection, document, layer)
    return [
        Opinion(span, links.get(span.id), frozenset(roles[span.id]), frozenset(bonds[span.id]))
        for span in spans
    ]


def _bonds(connection: sqlite3.Connection, document: int, layer: int) -> dict[int, set[Bond]]:
    """The accepted relations between accepted spans of a layer, by each of their ends."""
    found: dict[int, set[Bond]] = defaultdict(set)
    for first, second, type_, *places in connection.execute(
        'SELECT a.id, b.id, r.type, a.start, a."end", a.label, b.start, b."end", b.label FROM relation AS r '
        "JOIN span AS a ON a.id = r.from_span JOIN span AS b ON b.id = r.to_span WHERE r.document = ? AND a.layer = ? "
        f"AND r.state = '{ACCEPTED}' AND a.state = '{ACCEPTED}' AND b.state = '{ACCEPTED}'",
        (document, layer),
    ):
        bond = Bond(type_, (places[0], places[1], places[2]), (places[3], places[4], places[5]))
        found[first].add(bond)
        found[second].add(bond)
    return found


def settled(connection: sqlite3.Connection, document: int) -> list[Settled]:
    """The differences of an article that somebody settled."""
    return rows(connection, Settled, "settled", "WHERE document = ? ORDER BY id", (document,))


def reviewed(connection: sqlite3.Connection) -> tuple[int, int]:
    """The first and the last article that merged-in reviewers were at; (1, 0) where there is none."""
    first, last = connection.execute(
        "SELECT (SELECT min(document) FROM review), (SELECT max(document) FROM review)"
    ).fetchone()
    return (1, 0) if first is None else (first, last)


def differing(connection: sqlite3.Connection, layer: int, first: int, last: int) -> list[int]:
    """Listed articles from one to another that may differ from a reviewer's: each that does is among them."""
    twin = (
        "SELECT 1 FROM span AS m WHERE m.document = s.document AND m.layer = {0} AND m.start = s.start "
        'AND m."end" = s."end" AND m.label = s.label AND m.state = \'' + ACCEPTED + "'"
    )
    entity = "(SELECT entity FROM link WHERE link.span = {0}.id AND link.state = '" + ACCEPTED + "')"
    own, between = twin.format(OWN_LAYER), "s.document BETWEEN ?2 AND ?3"
    found = connection.execute(
        f"SELECT DISTINCT s.document FROM span AS s JOIN document ON document.id = s.document WHERE s.layer = ?1 AND {between} AND {LISTED} AND ("
        f"s.state = '{REJECTED}' AND EXISTS ({own}) OR s.state = '{ACCEPTED}' AND (NOT EXISTS ({own} AND m.mod IS s.mod "
        f"AND {entity.format('m')} IS {entity.format('s')}) OR EXISTS (SELECT 1 FROM role WHERE role.span = s.id) "
        "OR EXISTS (SELECT 1 FROM relation WHERE from_span = s.id))) "
        f"UNION SELECT DISTINCT s.document FROM span AS s JOIN review ON review.document = s.document AND review.layer = ?1 "
        f"JOIN document ON document.id = s.document WHERE s.layer = {OWN_LAYER} AND s.state = '{ACCEPTED}' AND {between} AND {LISTED} "
        f"AND review.status = '{DONE}' AND NOT EXISTS ({twin.format('?1')}) ORDER BY 1",
        (layer, first, last),
    )
    return [number for (number,) in found]
