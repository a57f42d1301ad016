"""Looking through all articles: where words stand, and which spans fit.

Everything comes in queue order, one by one, so that the first page is there at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby, islice
from typing import NamedTuple

from annotator.domain.models import OWN_LAYER
from annotator.domain.search import pattern
from annotator.store.reading import CONTEXT, LISTED, OWN_SPANS, closed, match_query, text
from annotator.store.schema import SEARCH


class Wanted(NamedTuple):
    """What is looked for. Without `spans` the words alone, anywhere in the texts; None: any."""

    words: str = ""
    spans: bool = False
    label: int | None = None
    state: str | None = None
    origin: str | None = None
    entity: int | None = None
    flagged: bool = False


class Spot(NamedTuple):
    """A place in an article, and the span that stands exactly there."""

    document: int
    start: int
    end: int
    span: int | None = None
    label: int | None = None
    state: str | None = None


class Found(NamedTuple):
    """A spot as it is listed. `before` and `after` are CONTEXT code points at most."""

    spot: Spot
    name: str
    title: str | None
    date: str | None
    source: str | None
    before: str
    text: str
    after: str


def spots(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[Spot]:
    """Every place that fits; nothing where nothing is asked for."""
    if wanted.spans:
        return _spans(connection, wanted)
    return _places(connection, wanted.words) if wanted.words.strip() else iter(())


def found(connection: sqlite3.Connection, wanted: Wanted, most: int) -> list[Found]:
    """The first places that fit, as they are listed."""
    listed = []
    first = islice(spots(connection, wanted), most)
    for document, ones in groupby(first, key=lambda spot: spot.document):
        head = connection.execute(
            "SELECT name, title, date, source FROM document WHERE id = ?", (document,)
        ).fetchone()
        whole = text(connection, document)
        for spot in ones:
            before, after = whole[max(0, spot.start - CONTEXT) : spot.start], whole[spot.end :][:CONTEXT]
            listed.append(Found._make((spot, *head, before, whole[spot.start : spot.end], after)))
    return listed


def origins(connection: sqlite3.Connection) -> list[str]:
    """Who made the spans that are there."""
    found_ones = connection.execute(f"SELECT DISTINCT origin FROM span WHERE layer = {OWN_LAYER}")
    return sorted(origin for (origin,) in found_ones)


def counts(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[int]:
    """How many places fit, so far and at last; it costs less than to list them."""
    if wanted.spans and not wanted.words.strip():
        where, values = _fits(wanted)
        joined = "FROM span JOIN document ON document.id = span.document"
        yield connection.execute(f"SELECT count(*) {joined} WHERE {where}", values).fetchone()[0]
    elif wanted.spans:
        yield from (number for number, _ in enumerate(spots(connection, wanted), 1))
    elif wanted.words.strip():
        count, looked_for = 0, pattern(wanted.words)
        for _, whole in _articles(connection, wanted.words):
            count += sum(1 for _ in looked_for.finditer(whole))
            yield count


def _fits(wanted: Wanted) -> tuple[str, list[object]]:
    """The condition for spans; their words are compared apart."""
    where = [OWN_SPANS, LISTED]
    values: list[object] = []
    for column, value in (("label", wanted.label), ("state", wanted.state), ("origin", wanted.origin)):
        if value is not None:
            where.append(f"span.{column} = ?")
            values.append(value)
    if wanted.flagged:
        where.append("span.flag = 1")
    if wanted.entity is not None:
        where.append(
            f"span.id IN (SELECT span FROM link WHERE entity = ? AND state <> 'rejected' AND {closed('link')})"
        )
        values.append(wanted.entity)
    query = match_query(wanted.words)
    if query:
        where.append(f"span.document IN (SELECT rowid FROM {SEARCH} WHERE {SEARCH} MATCH ?)")
        values.append(query)
    return " AND ".join(where), values


def _spans(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[Spot]:
    where, values = _fits(wanted)
    holds = pattern(wanted.words).search if wanted.words.strip() else None
    rows = connection.execute(
        'SELECT span.document, span.start, span."end", span.id, span.label, span.state, span.text FROM span '
        f"JOIN document ON document.id = span.document WHERE {where} "
        "ORDER BY span.document, span.layer, span.start",
        values,
    )
    return (Spot._make(row[:-1]) for row in rows if holds is None or holds(row[-1]))


def _articles(connection: sqlite3.Connection, words: str) -> Iterator[tuple[int, str]]:
    """The articles with these words, as the index knows, and their texts."""
    query = match_query(words)
    if query:
        yield from connection.execute(
            "SELECT document.id, text FROM document_text JOIN document ON document.id = document_text.id "
            f"WHERE document.id IN (SELECT rowid FROM {SEARCH} WHERE {SEARCH} MATCH ?) AND {LISTED} "
            "ORDER BY document.id",
            (query,),
        )


def _places(connection: sqlite3.Connection, words: str) -> Iterator[Spot]:
    """Each article is looked through."""
    looked_for = pattern(words)
    for number, whole in _articles(connection, words):
        places = [match.span() for match in looked_for.finditer(whole)]
        there = _exactly(connection, number) if places else {}
        for start, end in places:
            yield there.get((start, end)) or Spot(number, start, end)


def _exactly(connection: sqlite3.Connection, document: int) -> dict[tuple[int, int], Spot]:
    """The spans of an article by their place; accepted ones before suggested before rejected ones."""
    rows = connection.execute(
        f'SELECT document, start, "end", id, label, state FROM span WHERE document = ? AND {OWN_SPANS} '
        "ORDER BY state = 'rejected' DESC, state = 'suggested' DESC",
        (document,),
    )
    return {(spot.start, spot.end): spot for spot in map(Spot._make, rows)}
