"""What a person has a hand in, also where it was undone: a run that took it out would block an undo or a redo.

A decision about one article is looked up by its article. What decisions about many articles name is
read once and kept, for one of them may be a hundred thousand rows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.domain.models import ACCEPTED, REJECTED, Row
from annotator.domain.recall import Place

_PLACE = ("start", "end", "label")
_REFERENCES = ("entity", "first", "second")
_ENDS = ("span", "from_span", "to_span")
_NAMING = """
    SELECT id, document IS NULL, changes FROM journal WHERE id > ? AND (document IS NULL
        OR instr(changes, '["link",') OR instr(changes, '["role",') OR instr(changes, '["entity",'))
"""
"""SQL: decisions about many articles or about whom something means."""
_SETTLED = f"""
    SELECT entity FROM link WHERE state = '{REJECTED}'
    UNION SELECT first FROM distinct_pair UNION SELECT second FROM distinct_pair
"""
"""SQL: entities that somebody, perhaps in another project, refused to a span or told apart from another."""
_SPANS = f"""
    WITH decided AS (
        SELECT json_extract(value, '$[0]') AS kind, json_extract(value, '$[1]') AS id,
               COALESCE(json_extract(value, '$[3]'), json_extract(value, '$[2]')) AS fields
        FROM journal, json_each(journal.changes) WHERE journal.document = ?1
    )
    SELECT id FROM span WHERE document = ?1 AND (note IS NOT NULL OR flag = 1)
    UNION SELECT id FROM decided WHERE kind = 'span'
    UNION SELECT json_extract(fields, '$.span') FROM decided WHERE kind IN ('link', 'role')
    UNION SELECT json_extract(fields, '$.from_span') FROM decided WHERE kind = 'relation'
    UNION SELECT json_extract(fields, '$.to_span') FROM decided WHERE kind = 'relation'
    UNION SELECT link.span FROM span JOIN link ON link.span = span.id
        WHERE document = ?1 AND link.state = '{ACCEPTED}'
    UNION SELECT role.span FROM span JOIN role ON role.span = span.id
        WHERE document = ?1 AND role.state = '{ACCEPTED}'
    UNION SELECT from_span FROM relation WHERE document = ?1 AND state = '{ACCEPTED}'
    UNION SELECT to_span FROM relation WHERE document = ?1 AND state = '{ACCEPTED}'
"""
_HANGING = """
    SELECT span.id, 'link', link.id, entity FROM span JOIN link ON link.span = span.id WHERE document = ?1
    UNION ALL SELECT span.id, 'role', role.id, entity FROM span JOIN role ON role.span = span.id WHERE document = ?1
"""


class Handled:
    """What decisions name, read on as more is decided. One for each connection.

    Links and roles that one names stay as they are. An entity that one names keeps at least one of
    what is proposed for it, and all of it where it was refused to a span or told apart from another.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._forget()

    def _forget(self) -> None:
        self._last = -1  # nothing read yet
        self._named: dict[str, set[int]] = {"link": set(), "role": set(), "entity": set()}
        self._settled: set[int] = set()
        # Of decisions about many articles: spans, where they were before, and which are gone, by article.
        self._spans: set[int] = set()
        self._moves: dict[int, list[tuple[int, Row]]] = {}
        self._deleted: dict[int, list[int]] = {}

    def read_on(self) -> None:
        """Learn what has been decided since the last call."""
        newest = self._db.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0]
        if newest == self._last:
            return
        if newest < self._last:  # an older copy of the file was put back
            self._forget()
        for entry, is_bulk, changes in self._db.execute(_NAMING, (self._last,)):
            for table, number, before, after in _rows(changes):
                self._take(table, number, before or {}, after or {})
                if is_bulk:
                    self._take_of_many(entry, table, number, before, after)
        self._settled = {number for (number,) in self._db.execute(_SETTLED)}
        self._last = newest

    def _take(self, table: str, number: int, before: Row, after: Row) -> None:
        if table in self._named:
            self._named[table].add(number)
        for name in _REFERENCES:
            self._named["entity"].update(fields[name] for fields in (before, after) if name in fields)  # type: ignore[misc]

    def _take_of_many(
        self, entry: int, table: str, number: int, before: Row | None, after: Row | None
    ) -> None:
        if table != "span":
            hung = before or after or {}
            self._spans.update(hung[name] for name in _ENDS if name in hung)  # type: ignore[misc]
            return
        self._spans.add(number)
        place = {name: before[name] for name in ("document", *_PLACE) if name in before} if before else {}
        if place:
            self._moves.setdefault(number, []).append((entry, place))
        if before and after is None:
            self._deleted.setdefault(before["document"], []).append(number)  # type: ignore[arg-type]

    def names(self, table: str, number: int) -> bool:
        """Whether a decision names a link or a role."""
        return number in self._named[table]

    def spans(self, document: int) -> set[int]:
        """Undecided spans of an article that have to stay, among others."""
        self.read_on()
        found = {number for (number,) in self._db.execute(_SPANS, (document,))}
        mine = self._db.execute("SELECT id FROM span WHERE document = ?", (document,))
        found.update(number for (number,) in mine if number in self._spans)
        for span, table, number, entity in self._db.execute(_HANGING, (document,)):
            if self.names(table, number) or (self._minds(entity) and not self._elsewhere(entity, document)):
                found.add(span)
        return found

    def places(self, document: int) -> set[Place]:
        """Places that spans of an article had before or after a decision, found going back in time."""
        self.read_on()
        spans: dict[int, Place] = {
            number: (start, end, label)
            for number, start, end, label in self._db.execute(
                'SELECT id, start, "end", label FROM span WHERE document = ?', (document,)
            )
        }
        touched = {place for number, place in spans.items() if number in self._spans}
        for _, number, before in sorted(self._steps(document, spans), key=lambda step: -step[0]):
            if number in spans:
                touched.add(spans[number])
            if before is None:
                spans.pop(number, None)
            elif number in spans or before.get("document") == document:
                at = dict(zip(_PLACE, spans.get(number, ()), strict=False)) | before
                spans[number] = (at["start"], at["end"], at["label"])
                touched.add(spans[number])
        return touched

    def _steps(self, document: int, spans: Iterable[int]) -> Iterator[tuple[int, int, dict[str, Any] | None]]:
        """What decisions did to places: journal id, span and what it was before, None where it was made."""
        for entry, changes in self._db.execute(
            "SELECT id, changes FROM journal WHERE document = ?", (document,)
        ):
            for table, number, before, _ in json.loads(changes):
                if table == "span":
                    yield entry, number, before
        for number in {*spans, *self._deleted.get(document, ())}:
            for entry, place in self._moves.get(number, ()):
                yield entry, number, place

    def free(self, table: str, rows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those of some open proposals (id, entity) that may go, all at once."""
        going: dict[int, list[int]] = {}
        for number, entity in rows:
            if not self.names(table, number) and entity not in self._settled:
                going.setdefault(entity, []).append(number)
        for entity, numbers in going.items():
            if self._minds(entity) and self._kept_by(entity) <= len(numbers):
                numbers.pop()
        return [(number, entity) for entity, numbers in going.items() for number in numbers]

    def _minds(self, entity: int) -> bool:
        """Whether it matters to a decision that an entity is there."""
        return entity in self._named["entity"] or entity in self._settled

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


def _rows(changes: str) -> Iterator[tuple[str, int, Row | None, Row | None]]:
    """The rows of a decision one by one: a long one, read at once, would hold up every other thread."""
    decode, at = json.JSONDecoder().raw_decode, 1
    while changes[at] != "]":
        row, at = decode(changes, at)
        yield row
        at += changes[at] == ","
