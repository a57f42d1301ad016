"""Taking a reviewer's decisions into their layer: a span with its links, its roles and the relations
that begin at it is one unit.

A unit is known by its place. Of two versions of one the later decision stands, by its time, then by
what it says: a rule without a memory, so that any order of merging, and merging again, ends alike.
"""

from __future__ import annotations

import sqlite3

from annotator.domain.models import OWN_LAYER, REJECTED, REVIEWER, SUGGESTED
from annotator.store.merge_maps import OTHER
from annotator.store.merge_source import Story

_PLACE = 'document, layer, start, "end", label'
_AT_UNIT = (
    "s.document = unit.document AND s.layer = unit.layer AND s.start = unit.start "
    'AND s."end" = unit."end" AND s.label = unit.label'
)
_COPIED = (
    "state, origin, score, text, flag, note, mod, suggested_start, suggested_end, suggested_label, suggested_by, "
    '"by", at, name, extra, run'
)


def _version(schema: str, at: str, by: str) -> str:
    """SQL: a text by which the versions of a unit are in order."""
    return (
        f"coalesce({at}, '') || ' ' || coalesce({by}, '') || ' ' || s.state || ' ' || s.flag || coalesce(s.note, '') || ' ' "
        "|| coalesce(s.mod, '') || ' ' || coalesce(s.suggested_start || '-' || s.suggested_end, '') "
        f"|| coalesce((SELECT group_concat(x, ' ') FROM (SELECT link.state || ' ' || entity.name AS x FROM {schema}.link "
        f"JOIN {schema}.entity ON entity.id = link.entity WHERE link.span = s.id AND link.state <> '{SUGGESTED}' ORDER BY x)), '') "
        f"|| coalesce((SELECT group_concat(x, ' ') FROM (SELECT role.state || ' ' || role_type.name || ' ' || entity.name AS x "
        f"FROM {schema}.role JOIN {schema}.role_type ON role_type.id = role.type JOIN {schema}.entity ON entity.id = role.entity "
        f"WHERE role.span = s.id AND role.state <> '{SUGGESTED}' ORDER BY x)), '')"
        f"|| coalesce((SELECT group_concat(x, ' ') FROM (SELECT r.state || ' ' || k.name || ' ' || o.start || '-' || o.\"end\" AS x "
        f"FROM {schema}.relation AS r JOIN {schema}.relation_type AS k ON k.id = r.type JOIN {schema}.span AS o ON o.id = r.to_span "
        f"WHERE r.from_span = s.id AND r.state <> '{SUGGESTED}' ORDER BY x)), '')"
    )


_MINE = _version("main", "s.at", 's."by"')
_BY = "CASE WHEN coalesce(touched.at, '') > coalesce(s.at, '') THEN touched.\"by\" ELSE s.\"by\" END"
_THEIRS = _version(OTHER, "max(coalesce(s.at, ''), coalesce(touched.at, ''))", _BY)


class Units:
    """The decisions of some articles at a time. `map_document` says which they are here."""

    def __init__(self, connection: sqlite3.Connection, run: int, story: Story) -> None:
        self._db = connection
        self._run = run
        for name, columns in (
            ("touched", 'span INTEGER PRIMARY KEY, at TEXT, "by" TEXT'),
            ("gone", 'document INTEGER, start INTEGER, "end" INTEGER, label INTEGER, at TEXT, "by" TEXT'),
            ("map_document", "theirs INTEGER PRIMARY KEY, mine INTEGER NOT NULL"),
            (
                "unit",
                f'theirs INTEGER, document, layer, start, "end", label, at, "by", version, mine, UNIQUE ({_PLACE})',
            ),
        ):
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
            connection.execute(f"CREATE TEMP TABLE {name} ({columns})")
        connection.executemany(
            "INSERT INTO temp.touched VALUES (?, ?, ?)",
            ((span, *touch) for span, touch in story.spans.items()),
        )
        connection.executemany(
            "INSERT INTO temp.gone VALUES (?, ?, ?, ?, ?, ?)",
            ((*place, *touch) for place, touch in story.gone.items()),
        )
        connection.execute("CREATE INDEX temp.gone_document ON gone(document)")

    def stage(self) -> dict[int, tuple[int, str, str]]:
        """Gather what they decided or noted in these articles, and the ends of relations.

        For each article the number of units of the project itself, their first and last time.
        """
        self._db.execute("DELETE FROM temp.unit")
        self._db.execute(
            f'INSERT INTO temp.unit SELECT s.id, d.mine, y.mine, s.start, s."end", l.mine, '
            f"nullif(max(coalesce(s.at, ''), coalesce(touched.at, '')), ''), {_BY}, {_THEIRS}, NULL "
            f"FROM temp.map_document AS d CROSS JOIN {OTHER}.span AS s ON s.document = d.theirs "
            "JOIN temp.map_layer AS y ON y.theirs = s.layer JOIN temp.map_label AS l ON l.theirs = s.label "
            "LEFT JOIN temp.touched ON touched.span = s.id "
            f"WHERE s.state <> '{SUGGESTED}' OR s.note IS NOT NULL OR s.flag = 1 "
            f"OR s.id IN (SELECT from_span FROM {OTHER}.relation AS r WHERE r.document = d.theirs AND r.state <> '{SUGGESTED}') "
            f"OR s.id IN (SELECT to_span FROM {OTHER}.relation AS r WHERE r.document = d.theirs AND r.state <> '{SUGGESTED}') "
            f'ON CONFLICT ({_PLACE}) DO UPDATE SET theirs = excluded.theirs, at = excluded.at, "by" = excluded."by", '
            "version = excluded.version WHERE excluded.version > unit.version"
        )
        self._db.execute(
            f'INSERT OR IGNORE INTO temp.unit SELECT NULL, d.mine, y.mine, g.start, g."end", l.mine, g.at, g."by", '
            f"g.at || ' ' || g.\"by\" || ' {REJECTED} 0', NULL "
            f"FROM temp.map_document AS d CROSS JOIN temp.gone AS g ON g.document = d.theirs JOIN temp.map_layer AS y "
            f"ON y.theirs = {OWN_LAYER} JOIN temp.map_label AS l ON l.theirs = g.label"
        )
        return {
            document: (count, first, last)
            for document, count, first, last in self._db.execute(
                "SELECT document, count(*), min(coalesce(at, '')), max(coalesce(at, '')) FROM temp.unit "
                f"WHERE layer = (SELECT mine FROM temp.map_layer WHERE theirs = {OWN_LAYER}) GROUP BY document"
            )
        }

    def keep_newer(self) -> int:
        """Leave only the units that are new here or later than what is here; how many."""
        self._db.execute(
            f"DELETE FROM temp.unit WHERE version <= (SELECT {_MINE} FROM main.span AS s WHERE {_AT_UNIT})"
        )
        return int(self._db.execute("SELECT count(*) FROM temp.unit").fetchone()[0])

    def entities(self) -> list[int]:
        """Entities there that the units name and that are not mapped yet."""
        return [
            number
            for (number,) in self._db.execute(
                f"SELECT entity FROM temp.unit JOIN {OTHER}.link ON link.span = unit.theirs WHERE state <> '{SUGGESTED}' "
                f"UNION SELECT entity FROM temp.unit JOIN {OTHER}.role ON role.span = unit.theirs WHERE state <> '{SUGGESTED}' "
                "EXCEPT SELECT theirs FROM temp.map_entity ORDER BY 1"
            )
        ]

    def outdated(self) -> list[int]:
        """Spans of layers here whose links, roles and relations give way to newer ones; their settlements end."""
        self._db.execute(
            f"DELETE FROM settled WHERE id IN (SELECT s.id FROM temp.unit JOIN settled AS s ON {_AT_UNIT})"
        )
        return [
            number
            for (number,) in self._db.execute(f"SELECT s.id FROM temp.unit JOIN main.span AS s ON {_AT_UNIT}")
        ]

    def write(self) -> None:
        """Put the units into their layers."""
        sets = ", ".join(f"{name} = excluded.{name}" for name in _COPIED.split(", "))
        self._db.execute(
            f'INSERT INTO main.span ({_PLACE}, {_COPIED}) SELECT unit.document, unit.layer, unit.start, unit."end", unit.label, '
            "s.state, s.origin, s.score, s.text, s.flag, s.note, s.mod, s.suggested_start, s.suggested_end, l.mine, s.suggested_by, "
            f'unit."by", unit.at, s.name, s.extra, {self._run:d} FROM temp.unit JOIN {OTHER}.span AS s ON s.id = unit.theirs '
            f"LEFT JOIN temp.map_label AS l ON l.theirs = s.suggested_label WHERE true ON CONFLICT ({_PLACE}) DO UPDATE SET {sets}"
        )
        self._db.execute(
            f'INSERT INTO main.span ({_PLACE}, state, origin, text, "by", at, run) SELECT unit.document, layer, start, "end", '
            f"label, '{REJECTED}', '{REVIEWER}', substr(text, start + 1, \"end\" - start), \"by\", at, {self._run:d} FROM temp.unit "
            f"JOIN main.document_text AS t ON t.id = unit.document WHERE theirs IS NULL ON CONFLICT ({_PLACE}) DO UPDATE SET "
            'state = excluded.state, "by" = excluded."by", at = excluded.at, note = NULL, flag = 0, mod = NULL, run = excluded.run'
        )
        self._db.execute(f"UPDATE temp.unit SET mine = (SELECT s.id FROM main.span AS s WHERE {_AT_UNIT})")
        self._db.execute(
            'INSERT OR IGNORE INTO main.link (span, entity, state, origin, score, why, "by", at, run) SELECT unit.mine, e.mine, '
            f'l.state, l.origin, l.score, l.why, l."by", l.at, {self._run:d} FROM temp.unit JOIN {OTHER}.link AS l ON l.span = unit.theirs '
            f"JOIN temp.map_entity AS e ON e.theirs = l.entity WHERE l.state <> '{SUGGESTED}' ORDER BY unit.mine, l.state"
        )
        self._db.execute(
            "INSERT OR IGNORE INTO main.role (span, type, entity, state, origin, score, run) SELECT unit.mine, t.mine, e.mine, "
            f"r.state, r.origin, r.score, {self._run:d} FROM temp.unit JOIN {OTHER}.role AS r ON r.span = unit.theirs "
            "JOIN temp.map_role_type AS t ON t.theirs = r.type JOIN temp.map_entity AS e ON e.theirs = r.entity "
            f"WHERE r.state <> '{SUGGESTED}' ORDER BY unit.mine, r.state"
        )

    def relate(self) -> None:
        """Relations that begin at the units, to spans of the same layer."""
        self._db.execute(
            "INSERT INTO main.relation (document, type, from_span, to_span, state, origin, name, run) SELECT u.document, k.mine, u.mine, "
            f"b.id, r.state, r.origin, r.name, {self._run:d} FROM temp.unit AS u JOIN {OTHER}.relation AS r ON r.from_span = u.theirs "
            f"JOIN temp.map_relation_type AS k ON k.theirs = r.type JOIN {OTHER}.span AS t ON t.id = r.to_span "
            "JOIN temp.map_label AS l ON l.theirs = t.label JOIN main.span AS b ON b.document = u.document AND b.layer = u.layer "
            'AND b.start = t.start AND b."end" = t."end" AND b.label = l.mine '
            f"WHERE r.state <> '{SUGGESTED}' ON CONFLICT (from_span, to_span, type) DO UPDATE SET state = min(state, excluded.state)"
        )
