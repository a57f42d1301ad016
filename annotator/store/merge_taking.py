"""Articles in which the project decided nothing follow one reviewer: who is furthest, then who began first.

The article's layer 0 is made of that reviewer's layer. It stays so while nobody decides in it here,
and follows another reviewer who comes first by the same rule: in whatever order they are merged in.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from annotator.domain.changes import RowChange
from annotator.domain.models import (
    DONE,
    IN_PROGRESS,
    NEW,
    OWN_LAYER,
    REJECTED,
    REVIEWER,
    STATES,
    SUGGESTED,
    TABLES,
    Review,
    Row,
)
from annotator.store.reading import rows

_FURTHEST = (DONE, IN_PROGRESS, NEW)
_HEAD = ("note", "flag", "tags")
"""What is taken over of an article beside its spans, where it says nothing here."""
_EMPTY: Row = {"note": None, "flag": 0, "tags": "[]"}
_BY_MERGE = "run IN (SELECT id FROM run WHERE kind = 'merge')"
_SPAN = (
    'start, "end", label, state, origin, score, text, flag, note, mod, suggested_start, suggested_end, suggested_label, '
    'suggested_by, "by", at, name, extra'
)
_TAKEN = f"layer = ?2 AND state <> '{SUGGESTED}' AND NOT (state = '{REJECTED}' AND origin = '{REVIEWER}')"
"""Of a layer: what was decided, without places that were given up."""
_COUNTS = ", ".join(
    f"{state} = (SELECT count(*) FROM span WHERE document = ?1 AND layer = {OWN_LAYER} AND state = '{state}')"
    for state in STATES
)


class Taking:
    """`known` are the rows that the journal tells of: what becomes of them is told there too."""

    def __init__(self, connection: sqlite3.Connection, run: int, known: set[tuple[str, int]]) -> None:
        self._db = connection
        self._run = run
        self._known = known
        self.told: list[RowChange] = []
        self.left: set[int] = set()
        """Entities that lost a link or a role."""

    def take_over(self, document: int, *, changed: frozenset[int]) -> bool:
        """Let an article follow its reviewer, where it is free and anything is new in these layers."""
        reviews = rows(self._db, Review, "review", "WHERE document = ?", (document,))
        if not reviews:
            return False
        taken = next((one for one in reviews if one.taken is not None), None)
        if not self._is_free(document, taken):
            return False
        names = dict(self._db.execute("SELECT id, name FROM layer"))
        chosen = min(reviews, key=lambda one: (_FURTHEST.index(one.status), one.first, names[one.layer]))
        if taken is not None and taken.id == chosen.id and chosen.layer not in changed:
            return False
        self._clear(document, chosen.layer)
        self._copy(document, chosen.layer)
        self._suggest_again(document)
        self._head(document, chosen, taken)
        return True

    def knows(self, row: RowChange) -> bool:
        """Whether the journal tells of a row."""
        return (row.table, row.id) in self._known

    def suggest(self, document: int) -> None:
        """Show what was proposed meanwhile, where nobody here has decided."""
        taken = rows(self._db, Review, "review", "WHERE document = ? AND taken IS NOT NULL", (document,))
        if self._is_free(document, taken[0] if taken else None):
            self._suggest_again(document)
            self._db.execute(f"UPDATE document SET {_COUNTS} WHERE id = ?1", (document,))

    def _is_free(self, document: int, taken: Review | None) -> bool:
        revision, status, decided = self._db.execute(
            "SELECT revision, status, accepted + rejected FROM document WHERE id = ?", (document,)
        ).fetchone()
        if taken is not None:
            return bool(taken.taken == revision)
        noted = self._db.execute(
            f"SELECT 1 FROM span WHERE document = ? AND layer = {OWN_LAYER} AND (note IS NOT NULL OR flag = 1)",
            (document,),
        ).fetchone()
        return status == NEW and not decided and noted is None

    def drop_hanging(self, table: str, where: str, values: Iterable[Any]) -> None:
        """Delete links, roles, relations or spans, and remember those that the journal tells of."""
        names = TABLES[table]._fields  # type: ignore[attr-defined]
        columns = ", ".join(f'"{name}"' for name in names)
        for row in self._db.execute(
            f"DELETE FROM {table} WHERE {where} RETURNING {columns}", tuple(values)
        ).fetchall():
            fields = dict(zip(names, row, strict=True))
            number = fields.pop("id")
            if "entity" in fields:
                self.left.add(fields["entity"])
            if (table, number) in self._known:
                self.told.append(RowChange(table, number, fields, None))

    def _clear(self, document: int, layer: int) -> None:
        """What was taken over before goes, and what is undecided here at a place that the layer decided."""
        going = (
            f'SELECT id FROM span WHERE document = ?1 AND layer = {OWN_LAYER} AND ({_BY_MERGE} OR (start, "end", label) IN '
            f'(SELECT start, "end", label FROM span WHERE document = ?1 AND {_TAKEN}))'
        )
        numbers = json.dumps([number for (number,) in self._db.execute(going, (document, layer))])
        these = "(SELECT value FROM json_each(?1))"
        self.drop_hanging("link", f"span IN {these}", (numbers,))
        self.drop_hanging("role", f"span IN {these}", (numbers,))
        self.drop_hanging("relation", f"from_span IN {these} OR to_span IN {these}", (numbers,))
        self.drop_hanging("span", f"id IN {these}", (numbers,))

    def _copy(self, document: int, layer: int) -> None:
        self._db.execute(
            f"INSERT INTO span (document, layer, {_SPAN}, run) SELECT document, {OWN_LAYER}, {_SPAN}, {self._run:d} FROM span "
            f"WHERE document = ?1 AND {_TAKEN}",
            (document, layer),
        )
        twin = (
            f"JOIN span AS {{0}}t ON {{0}}t.id = h.{{1}} AND {{0}}t.document = ?1 AND {{0}}t.layer = ?2 JOIN span AS {{0}} "
            f"ON {{0}}.document = ?1 AND {{0}}.layer = {OWN_LAYER} AND {{0}}.start = {{0}}t.start "
            'AND {0}."end" = {0}t."end" AND {0}.label = {0}t.label '
        )
        on_span = twin.format("a", "span")
        link = (
            'INSERT INTO link (span, entity, state, origin, score, why, "by", at, run) '
            f'SELECT a.id, h.entity, h.state, h.origin, h.score, h.why, h."by", h.at, {self._run:d} FROM link AS h {on_span}'
        )
        role = (
            "INSERT INTO role (span, type, entity, state, origin, score, run) "
            f"SELECT a.id, h.type, h.entity, h.state, h.origin, h.score, {self._run:d} FROM role AS h {on_span}"
        )
        relation = (
            "INSERT INTO relation (document, type, from_span, to_span, state, origin, name, run) "
            f"SELECT ?1, h.type, a.id, b.id, h.state, h.origin, h.name, {self._run:d} FROM relation AS h "
            + twin.format("a", "from_span")
            + twin.format("b", "to_span")
        )
        for insert in (link, role, relation):
            self._db.execute(insert, (document, layer))

    def _suggest_again(self, document: int) -> None:
        """Proposals at places where nothing stands now, nor was moved away from, are open suggestions."""
        self._db.execute(
            f'INSERT INTO span (document, layer, start, "end", label, state, origin, score, text, run) '
            f"SELECT p.document, {OWN_LAYER}, p.start, p.\"end\", p.label, '{SUGGESTED}', p.suggester, max(coalesce(p.score, 0.0)), "
            f'substr(t.text, p.start + 1, p."end" - p.start), {self._run:d} FROM proposal AS p JOIN document_text AS t '
            "ON t.id = p.document WHERE p.document = ?1 AND NOT EXISTS (SELECT 1 FROM span AS s WHERE s.document = ?1 "
            f'AND s.layer = {OWN_LAYER} AND ((s.start, s."end", s.label) = (p.start, p."end", p.label) OR '
            '(s.suggested_start, s.suggested_end, s.suggested_label) = (p.start, p."end", p.label))) '
            'GROUP BY p.start, p."end", p.label',
            (document,),
        )

    def _head(self, document: int, chosen: Review, taken: Review | None) -> None:
        names = ("status", *_HEAD)
        found = self._db.execute(
            f"SELECT {', '.join(names)} FROM document WHERE id = ?", (document,)
        ).fetchone()
        old: Row = dict(zip(names, found, strict=True))
        before = {**_EMPTY, **json.loads(taken.head)} if taken is not None else _EMPTY
        new: Row = {"status": chosen.status}
        for name, value in {**_EMPTY, **json.loads(chosen.head)}.items():
            if name in _HEAD and old[name] in (before[name], _EMPTY[name]):
                new[name] = value
        after = {name: value for name, value in new.items() if old[name] != value}
        if after and ("document", document) in self._known:
            self.told.append(RowChange("document", document, {name: old[name] for name in after}, after))
        sets = "".join(f"{name} = ?, " for name in after)
        if sets:
            self._db.execute(
                f"UPDATE document SET {sets.rstrip(', ')} WHERE id = ?", (*after.values(), document)
            )
        self._db.execute(f"UPDATE document SET revision = revision + 1, {_COUNTS} WHERE id = ?1", (document,))
        self._db.execute(
            "UPDATE review SET taken = CASE WHEN id = ?1 THEN (SELECT revision FROM document WHERE id = ?2) END WHERE document = ?2",
            (chosen.id, document),
        )
