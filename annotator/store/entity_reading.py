"""What pages about entities ask for: lists with counts, and all that hangs on one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.edits.entity_edits import Whole
from annotator.domain.models import OWN_LAYER, DistinctPair, Entity, KeyAlias, Link, Role, Span
from annotator.store.reading import (
    LISTED,
    MENTION,
    OWN_SPANS,
    SHOWN_ENTITIES,
    Mention,
    as_mention,
    escaped,
    match_query,
    rows,
)
from annotator.store.schema import SEARCH

_LOOKED_THROUGH = 200
"""Articles that hold the words and are looked through for mentions nobody linked."""
_MENTIONS = f"link JOIN span ON span.id = link.span WHERE entity = entity.id AND span.layer = {OWN_LAYER}"
_ORDERS = {
    "name": "name COLLATE NOCASE, id",
    "mentions": "accepted + suggested DESC, name COLLATE NOCASE, id",
}


class EntityRow(NamedTuple):
    """An entity in a list: accepted and proposed mentions, and articles with an accepted one."""

    id: int
    key: str
    label: int
    name: str
    value: str | None
    known: int
    accepted: int
    suggested: int
    articles: int


def entity_rows(
    connection: sqlite3.Connection, label: int | None, words: str, by: str, limit: int, offset: int
) -> list[EntityRow]:
    """Entities whose name or an alias holds the words."""
    where, values = _filter(label, words)
    return entity_rows_where(connection, where, values, by, limit, offset)


def entity_rows_where(
    connection: sqlite3.Connection, where: str, values: list[object], by: str, limit: int, offset: int
) -> list[EntityRow]:
    """Entities of a WHERE as they are listed."""
    found = connection.execute(
        "SELECT id, key, label, name, value, known, "
        f"(SELECT count(*) FROM {_MENTIONS} AND link.state = 'accepted') AS accepted, "
        f"(SELECT count(*) FROM {_MENTIONS} AND link.state = 'suggested') AS suggested, "
        f"(SELECT count(DISTINCT document) FROM {_MENTIONS} AND link.state = 'accepted') "
        f"FROM entity WHERE {where} ORDER BY {_ORDERS[by]} LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [EntityRow._make(row) for row in found]


def entity_count(connection: sqlite3.Connection, label: int | None, words: str) -> int:
    where, values = _filter(label, words)
    return int(connection.execute(f"SELECT count(*) FROM entity WHERE {where}", values).fetchone()[0])


def whole(connection: sqlite3.Connection, number: int, sharing: int | None = None) -> Whole | None:
    """An entity with every row that names it; None where there is none.

    With `sharing` only the links of spans that this other entity is linked to as well.
    """
    found = rows(connection, Entity, "entity", "WHERE id = ?", (number,))
    if not found:
        return None
    return Whole(
        found[0],
        rows(
            connection,
            Link,
            "link",
            "WHERE entity = ?1 AND (?2 IS NULL OR EXISTS "
            "(SELECT 1 FROM link AS other WHERE other.span = link.span AND other.entity = ?2)) ORDER BY id",
            (number, sharing),
        ),
        rows(connection, Role, "role", "WHERE entity = ? ORDER BY id", (number,)),
        rows(
            connection,
            DistinctPair,
            "distinct_pair",
            "WHERE first = ?1 OR second = ?1 ORDER BY id",
            (number,),
        ),
        rows(connection, KeyAlias, "key_alias", "WHERE entity = ? ORDER BY id", (number,)),
    )


def spans(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Span]:
    where = "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY document, start, id"
    return rows(connection, Span, "span", where, (json.dumps([*numbers]),))


def unlinked(connection: sqlite3.Connection, label: int, words: str, but: int, limit: int) -> list[Mention]:
    """Spans of other articles with these words that are not rejected and have no accepted link.

    The search index finds the articles; only those are looked through.
    """
    query = match_query(words)
    if not query:
        return []
    found = connection.execute(
        f"SELECT {MENTION} 'suggested' FROM document_text AS text "
        "JOIN document ON document.id = text.id JOIN span ON span.document = document.id "
        f"WHERE text.id IN (SELECT rowid FROM {SEARCH} WHERE {SEARCH} MATCH ?1 AND rowid <> ?2 LIMIT {_LOOKED_THROUGH}) "
        f"AND span.label = ?3 AND span.text = ?4 AND span.state <> 'rejected' AND {OWN_SPANS} AND {LISTED} "
        "AND NOT EXISTS (SELECT 1 FROM link WHERE link.span = span.id AND link.state = 'accepted') "
        "ORDER BY span.document, span.start LIMIT ?5",
        (query, but, label, words, limit),
    )
    return [as_mention(row) for row in found]


def role_names(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The accepted roles of allegations, by span, as `accused: Anna Berg; accuser: ...`."""
    found: dict[int, str] = {}
    for span, role, name in connection.execute(
        "SELECT span, role_type.name, entity.name FROM role JOIN role_type ON role_type.id = role.type "
        "JOIN entity ON entity.id = role.entity WHERE role.state = 'accepted' "
        "AND span IN (SELECT value FROM json_each(?)) ORDER BY span, role_type.position, entity.name",
        (json.dumps([*numbers]),),
    ):
        found[span] = f"{found[span]}; {role}: {name}" if span in found else f"{role}: {name}"
    return found


def entity_names(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """All names of entities, their own first."""
    found = connection.execute(
        "SELECT id, name, aliases FROM entity WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([*numbers]),),
    )
    return {number: (name, *json.loads(aliases)) for number, name, aliases in found}


def distinct_pairs(connection: sqlite3.Connection) -> list[DistinctPair]:
    return rows(connection, DistinctPair, "distinct_pair", "ORDER BY id")


def _filter(label: int | None, words: str) -> tuple[str, list[object]]:
    """Entities of an open import are none yet, as its links are not."""
    where, values = SHOWN_ENTITIES, list[object]()
    if label is not None:
        where += " AND label = ?"
        values.append(label)
    if words.strip():
        where += " AND (name LIKE ? ESCAPE '\\' OR aliases LIKE ? ESCAPE '\\')"
        values += [f"%{escaped(words.strip())}%"] * 2
    return where, values
