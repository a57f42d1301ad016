"""What runs only proposed gives way to a decision and to its undo: it is taken out with them.

A run may hang a link or a role on what an undo takes away again, and put a proposal where an undo
puts something back. Nothing that a person has a hand in is touched.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from annotator.domain.changes import RowChange
from annotator.domain.models import ACCEPTED, OWN_LAYER, REJECTED, SUGGESTED, TABLES
from annotator.store.handled import Handled

_PLACE = {"start", "end", "label"}
_SPAN_AT = (
    "SELECT span.id, span.document FROM json_each(?) AS row {there} "
    'JOIN span ON span.document = {document} AND span.start = {start} AND span."end" = {end} '
    f"AND span.label = {{label}} AND span.layer = {OWN_LAYER} AND span.state = '{SUGGESTED}'"
)
_AT_NEW = _SPAN_AT.format(
    there="",
    document="row.value ->> 0",
    start="row.value ->> 1",
    end="row.value ->> 2",
    label="row.value ->> 3",
)
_AT_MOVED = _SPAN_AT.format(
    there=f"JOIN span AS mine ON mine.id = row.value ->> 0 AND mine.layer = {OWN_LAYER}",
    document="mine.document",
    start="coalesce(row.value ->> 1, mine.start)",
    end='coalesce(row.value ->> 2, mine."end")',
    label="coalesce(row.value ->> 3, mine.label)",
)
_UNSAID = (
    "entity.known = 0 AND entity.note IS NULL AND entity.uri IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM link WHERE entity = entity.id AND state <> 'suggested') "
    "AND NOT EXISTS (SELECT 1 FROM role WHERE entity = entity.id AND state <> 'suggested') "
    "AND NOT EXISTS (SELECT 1 FROM key_alias WHERE entity = entity.id) "
    "AND NOT EXISTS (SELECT 1 FROM distinct_pair WHERE entity.id IN (first, second))"
)
"""SQL: nobody but a run has said anything of the entity."""
_OF_KEY = f"SELECT entity.id FROM json_each(?) AS row JOIN entity ON entity.key = row.value WHERE {_UNSAID}"
_OF_VALUE = (
    "SELECT entity.id FROM json_each(?) AS row LEFT JOIN entity AS mine ON mine.id = row.value ->> 0 "
    "JOIN entity ON entity.label = coalesce(row.value ->> 1, mine.label) AND entity.value = row.value ->> 2 "
    f"WHERE {_UNSAID}"
)
_SPANS_OF = f"SELECT id FROM span WHERE label = ? AND state = '{SUGGESTED}'"
_ENTITIES_OF = f"SELECT id FROM entity WHERE label = ? AND {_UNSAID}"
_PROPOSALS_OF = "SELECT id FROM proposal WHERE label = ?"
_AMONG = "IN (SELECT value FROM json_each(?{}))"
_SPANS, _ENTITIES, _LINKED_SPANS = (_AMONG.format(number) for number in (1, 2, 3))
_HANGING = " UNION ALL ".join(
    f"SELECT '{table}', id FROM {table} WHERE {column} {among} AND state = '{SUGGESTED}'"
    for table, column, among in (
        ("link", "span", _SPANS),
        ("link", "span", _LINKED_SPANS),
        ("link", "entity", _ENTITIES),
        ("role", "span", _SPANS),
        ("role", "entity", _ENTITIES),
        ("relation", "from_span", _SPANS),
        ("relation", "to_span", _SPANS),
    )
)
"""SQL: open proposals of spans (?1), entities (?2) and spans that come to be linked (?3)."""
_LINKED = "SELECT span FROM link WHERE id IN (SELECT value FROM json_each(?))"


def give_way(connection: sqlite3.Connection, handled: Handled, rows: Sequence[RowChange]) -> list[RowChange]:
    """Take out proposals in the way of these rows, none of which is one of them; what was taken out."""
    way = _Way(connection, handled, rows)
    labels = way.ids("label", _goes)
    spans = [*way.spans(), *way.of_label(_SPANS_OF, labels)]
    entities = [*way.entities(), *way.of_label(_ENTITIES_OF, labels)]
    ending = [*way.ids("span", _ends), *spans]
    vanishing = [*way.ids("entity", _goes), *entities]
    way.clear(way.hanging(ending, vanishing, way.newly_linked()))
    way.clear([("role", number) for number in way.roles()])
    way.clear([("span", number) for number in spans] + [("entity", number) for number in entities])
    way.clear([("proposal", number) for number in way.of_label(_PROPOSALS_OF, labels)])
    return way.cleared


def _goes(row: RowChange) -> bool:
    return row.after is None


def _ends(row: RowChange) -> bool:
    """Whether a span is no longer what it was proposed to be linked as: it goes, is rejected or means another thing."""
    if row.after is None or row.before is None:
        return row.after is None
    return row.after.get("state") == REJECTED or "label" in row.after


class _Way:
    """Where a change puts its rows, and what was taken out there."""

    def __init__(self, connection: sqlite3.Connection, handled: Handled, rows: Sequence[RowChange]) -> None:
        self._db = connection
        self._handled = handled
        self._rows: dict[str, list[RowChange]] = defaultdict(list)
        for row in rows:
            self._rows[row.table].append(row)
        self._named = {(row.table, row.id) for row in rows}
        self.cleared: list[RowChange] = []

    def ids(self, table: str, fits: Callable[[RowChange], bool]) -> list[int]:
        return [row.id for row in self._rows[table] if fits(row)]

    def spans(self) -> list[int]:
        """Undecided spans at the places that spans come to."""
        moved = [
            [row.id, *(row.after.get(name) for name in ("start", "end", "label"))]
            for row in self._rows["span"]
            if row.before is not None and row.after and row.after.keys() & _PLACE
        ]
        new = [
            [row.after[name] for name in ("document", "start", "end", "label")]
            for row in self._rows["span"]
            if row.before is None and row.after
        ]
        found = self._ask(_AT_NEW, new) + self._ask(_AT_MOVED, moved)
        handled = {document: self._handled.spans(document) for _, document in found}
        return [number for number, document in found if number not in handled[document]]

    def entities(self) -> list[int]:
        """Entities of runs that have a key or a calendar value which entities get."""
        gets = [(row.id, row.after) for row in self._rows["entity"] if row.after is not None]
        keys = [after["key"] for _, after in gets if "key" in after]
        values = [
            [number, after.get("label"), after["value"]] for number, after in gets if after.get("value")
        ]
        return [number for (number,) in self._ask(_OF_KEY, keys) + self._ask(_OF_VALUE, values)]

    def of_label(self, query: str, labels: Sequence[int]) -> list[int]:
        """What runs made of labels that go."""
        return [number for label in labels for (number,) in self._db.execute(query, (label,))]

    def newly_linked(self) -> list[int]:
        """Spans of links that come to be open: a span has one."""
        opened = {row.id for row in self._rows["link"] if _opens(row)}
        found = [number for (number,) in self._ask(_LINKED, [*opened])]
        for row in self._rows["link"]:  # one that comes back may be opened by another row of the change
            if row.id in opened and row.before is None and row.after:
                found.append(int(row.after["span"]))  # type: ignore[arg-type]
        return found

    def roles(self) -> list[int]:
        """Proposed roles that are the same as one that comes in."""
        return [
            number
            for row in self._rows["role"]
            if row.before is None and row.after
            for (number,) in self._db.execute(
                f"SELECT id FROM role WHERE span = ? AND type = ? AND entity = ? AND state = '{SUGGESTED}'",
                [row.after[name] for name in ("span", "type", "entity")],
            )
        ]

    def hanging(self, spans: list[int], entities: list[int], linked: list[int]) -> list[tuple[str, int]]:
        """Links, roles and relations that are open there."""
        if not (spans or entities or linked):
            return []
        lists = (json.dumps(numbers) for numbers in (spans, entities, linked))
        return self._db.execute(_HANGING, (*lists,)).fetchall()

    def clear(self, rows: Iterable[tuple[str, int]]) -> None:
        """Take out rows, those that the change names itself but."""
        for table, number in dict.fromkeys(rows):
            if (table, number) not in self._named:
                self._take_out(table, number)

    def _take_out(self, table: str, number: int) -> None:
        names: tuple[str, ...] = TABLES[table]._fields[1:]  # type: ignore[attr-defined]
        columns = ", ".join(f'"{name}"' for name in names)
        values = self._db.execute(
            f"DELETE FROM {table} WHERE id = ? RETURNING {columns}", (number,)
        ).fetchone()
        if values is None:
            return  # a role may be hung twice
        self.cleared.append(RowChange(table, number, dict(zip(names, values, strict=True)), None))

    def _ask(self, query: str, values: Sequence[object]) -> list[tuple[int, ...]]:
        return self._db.execute(query, (json.dumps(values),)).fetchall() if values else []


def _opens(row: RowChange) -> bool:
    return row.after is not None and row.after.get("state") in (SUGGESTED, ACCEPTED)
