"""What a person has a hand in, also where it was undone: a run that took it out would block an undo or a redo."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from annotator.domain.models import REJECTED

_NAMED = """
    SELECT row.value ->> 0 AS named, row.value ->> 1, row.value -> 2 ->> 'entity', row.value -> 3 ->> 'entity',
        row.value -> 3 ->> 'first', row.value -> 3 ->> 'second', row.value -> 2 ->> 'first', row.value -> 2 ->> 'second'
    FROM journal, json_each(journal.changes) AS row
    WHERE journal.id > ? AND named IN ('link', 'role', 'entity', 'key_alias', 'distinct_pair')
"""
_SETTLED = f"""
    SELECT entity FROM link WHERE state = '{REJECTED}'
    UNION SELECT first FROM distinct_pair UNION SELECT second FROM distinct_pair
"""
"""SQL: entities that somebody, perhaps in another project, refused to a span or told apart from another."""
_LINKED_IN = """
    SELECT span.id, entity FROM span JOIN link ON link.span = span.id WHERE document = ?1
    UNION SELECT span.id, entity FROM span JOIN role ON role.span = span.id WHERE document = ?1
"""
_SPANS = """
    WITH decided AS (
        SELECT json_extract(value, '$[0]') AS kind, json_extract(value, '$[1]') AS id,
               COALESCE(json_extract(value, '$[3]'), json_extract(value, '$[2]')) AS fields
        FROM journal, json_each(journal.changes) WHERE journal.document = ?1 OR journal.document IS NULL
    )
    SELECT id FROM span WHERE document = ?1 AND (note IS NOT NULL OR flag = 1)
    UNION SELECT id FROM decided WHERE kind = 'span'
    UNION SELECT span FROM link WHERE id IN (SELECT id FROM decided WHERE kind = 'link')
    UNION SELECT span FROM role WHERE id IN (SELECT id FROM decided WHERE kind = 'role')
    UNION SELECT json_extract(fields, '$.span') FROM decided WHERE kind IN ('link', 'role')
    UNION SELECT json_extract(fields, '$.from_span') FROM decided WHERE kind = 'relation'
    UNION SELECT json_extract(fields, '$.to_span') FROM decided WHERE kind = 'relation'
    UNION SELECT link.span FROM span JOIN link ON link.span = span.id
        WHERE document = ?1 AND link.state = 'accepted'
    UNION SELECT role.span FROM span JOIN role ON role.span = span.id
        WHERE document = ?1 AND role.state = 'accepted'
    UNION SELECT from_span FROM relation WHERE document = ?1 AND state = 'accepted'
    UNION SELECT to_span FROM relation WHERE document = ?1 AND state = 'accepted'
"""


def spans_of(connection: sqlite3.Connection, document: int) -> frozenset[int]:
    """Undecided spans of an article that a person has a hand in, among others."""
    return frozenset(number for (number,) in connection.execute(_SPANS, (document,)))


class Handled:
    """Rows that decisions name, read on as more is decided: links, roles, and entities by any row of theirs.

    Such links and roles stay as they are. Such an entity keeps at least one of what is proposed for
    it, and all of it where it was refused to a span or told apart from another.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._last = -1  # nothing read yet
        self._named: dict[str, set[int]] = {"link": set(), "role": set(), "entity": set()}
        self._settled: set[int] = set()

    def read_on(self) -> None:
        """Learn what has been decided since the last call."""
        newest = self._db.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0]
        if newest == self._last:
            return
        for table, number, *entities in self._db.execute(_NAMED, (self._last,)):
            if table in self._named:
                self._named[table].add(number)
            self._named["entity"].update(entity for entity in entities if entity is not None)
        self._settled = {number for (number,) in self._db.execute(_SETTLED)}
        self._last = newest

    def names(self, table: str, number: int) -> bool:
        """Whether a decision names a link or a role."""
        return number in self._named[table]

    def spans(self, document: int) -> frozenset[int]:
        """Undecided spans of an article that have to stay, among others."""
        self.read_on()
        held = [
            span
            for span, entity in self._db.execute(_LINKED_IN, (document,))
            if (entity in self._settled or entity in self._named["entity"])
            and not self._elsewhere(entity, document)
        ]
        return spans_of(self._db, document) | frozenset(held)

    def free(self, table: str, rows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those of some open proposals (id, entity) that may go, all at once."""
        going: dict[int, list[int]] = {}
        for number, entity in rows:
            if not self.names(table, number) and entity not in self._settled:
                going.setdefault(entity, []).append(number)
        for entity, numbers in going.items():
            if entity in self._named["entity"] and self._kept_by(entity) <= len(numbers):
                numbers.pop()
        return [(number, entity) for entity, numbers in going.items() for number in numbers]

    def _kept_by(self, entity: int) -> int:
        """How many rows keep an entity in the file."""
        found: int = self._db.execute(
            f"SELECT (SELECT count(*) FROM link WHERE entity = ?1 AND state <> '{REJECTED}') "
            "+ (SELECT count(*) FROM role WHERE entity = ?1)",
            (entity,),
        ).fetchone()[0]
        return found

    def _elsewhere(self, entity: int, document: int) -> bool:
        """Whether an entity is kept by another article as well."""
        found = self._db.execute(
            "SELECT 1 FROM link JOIN span ON span.id = link.span "
            f"WHERE entity = ?1 AND link.state <> '{REJECTED}' AND document <> ?2 "
            "UNION ALL SELECT 1 FROM role JOIN span ON span.id = role.span WHERE entity = ?1 AND document <> ?2 LIMIT 1",
            (entity, document),
        )
        return found.fetchone() is not None
