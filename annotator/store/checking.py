"""Every invariant of a project that SQLite does not hold by itself, and what can be mended.

A problem names its message; `mend` is the SQL that puts it right, where something can.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.changes import ChangeSet, Message, RowChange
from annotator.domain.clock import now
from annotator.domain.models import OWN_LAYER, SUGGESTED, TABLES, Row
from annotator.store import journal
from annotator.store.connection import immediate
from annotator.store.importing import digest_of
from annotator.store.schema import SEARCH
from annotator.store.trouble import is_corrupt, is_read_only

_OWN = f"span.layer = {OWN_LAYER}"


@dataclass(frozen=True)
class Problem:
    """One broken invariant: how many rows, an example, and whether `repair` can mend it."""

    message: Message
    mend: tuple[str, ...] = field(default=(), repr=False)
    adopt: tuple[RowChange, ...] = field(default=(), repr=False)

    @property
    def repairable(self) -> bool:
        return bool(self.mend or self.adopt)


@dataclass(frozen=True)
class _Rule:
    code: str
    broken: str  # SELECT of the ids that break it
    mend: tuple[str, ...] = ()


_COUNTS = (
    "SELECT document.id AS id, coalesce(sum(span.state = 'suggested'), 0) AS suggested, "
    "coalesce(sum(span.state = 'accepted'), 0) AS accepted, coalesce(sum(span.state = 'rejected'), 0) AS rejected "
    f"FROM document LEFT JOIN span ON span.document = document.id AND {_OWN} "
    "AND (span.run IS NULL OR span.run NOT IN open_run OR span.run = document.run) GROUP BY document.id"
)
_UNPROPOSED = (
    "SELECT span.id FROM span WHERE state = 'suggested' AND layer = 0 AND NOT EXISTS (SELECT 1 FROM proposal "
    'WHERE proposal.document = span.document AND proposal.start = span.start AND proposal."end" = span."end" '
    "AND proposal.label = span.label)"
)
_ORPHANS = (
    "SELECT id FROM entity WHERE known = 0 AND note IS NULL AND uri IS NULL "
    f"AND id NOT IN (SELECT entity FROM link JOIN span ON span.id = link.span WHERE link.state <> 'rejected' OR NOT {_OWN}) AND id NOT IN (SELECT entity FROM role)"
)
_OTHER_LABEL = (
    "SELECT link.id FROM link JOIN span ON span.id = link.span JOIN entity ON entity.id = link.entity "
    "WHERE entity.label <> span.label"
)
_DEAD_LINKS = "SELECT link.id FROM link JOIN span ON span.id = link.span WHERE span.state = 'rejected' AND link.state <> 'rejected'"
_WRONG_TEXT = (
    "SELECT span.id FROM span JOIN document_text ON document_text.id = span.document "
    'WHERE span.text <> substr(document_text.text, span.start + 1, span."end" - span.start)'
)
_OUTSIDE = (
    "SELECT span.id FROM span JOIN document_text ON document_text.id = span.document "
    'WHERE span."end" > length(document_text.text)'
)
_OTHER_TITLE = "SELECT document.id FROM document JOIN document_text USING (id) WHERE document.title IS NOT document_text.title"
_DOUBLE_KEYS = "SELECT key_alias.id FROM key_alias JOIN entity USING (key)"
_RULES = (
    _Rule(
        "check.counts",
        f"SELECT document.id FROM document JOIN ({_COUNTS}) AS truth USING (id) WHERE (document.suggested, "
        "document.accepted, document.rejected) <> (truth.suggested, truth.accepted, truth.rejected)",
        (
            (
                f"UPDATE document SET (suggested, accepted, rejected) = (SELECT suggested, accepted, rejected FROM ({_COUNTS}) "
                "AS truth WHERE truth.id = document.id)"
            ),
        ),
    ),
    _Rule(
        "check.title",
        _OTHER_TITLE,
        (
            f"UPDATE document_text SET title = (SELECT title FROM document AS its WHERE its.id = document_text.id) WHERE id IN ({_OTHER_TITLE})",
        ),
    ),
    _Rule(
        "check.digest",
        "SELECT id FROM document JOIN document_text USING (id) WHERE digest <> digest_of(text)",
    ),
    _Rule("check.no_text", "SELECT id FROM document WHERE id NOT IN (SELECT id FROM document_text)"),
    _Rule("check.outside", _OUTSIDE),
    _Rule(
        "check.span_text",
        f"{_WRONG_TEXT} AND span.id NOT IN ({_OUTSIDE})",
        (
            (
                'UPDATE span SET text = (SELECT substr(text, span.start + 1, span."end" - span.start) FROM document_text '
                f"WHERE id = span.document) WHERE id IN ({_WRONG_TEXT}) AND id NOT IN ({_OUTSIDE})"
            ),
        ),
    ),
    _Rule(
        "check.unproposed",
        _UNPROPOSED,
        (
            (
                "INSERT INTO run (kind, name, state, started, ended) VALUES ('suggest', 'repair', 'closed', "
                "strftime('%Y-%m-%dT%H:%M:%SZ'), strftime('%Y-%m-%dT%H:%M:%SZ'))"
            ),
            (
                'INSERT INTO proposal (document, start, "end", label, suggester, score, run) SELECT document, start, "end", '
                f"label, origin, score, (SELECT max(id) FROM run) FROM span WHERE id IN ({_UNPROPOSED})"
            ),
        ),
    ),
    _Rule("check.link_label", _OTHER_LABEL, (f"DELETE FROM link WHERE id IN ({_OTHER_LABEL})",)),
    _Rule("check.dead_links", _DEAD_LINKS, (f"DELETE FROM link WHERE id IN ({_DEAD_LINKS})",)),
    _Rule(
        "check.orphans",
        _ORPHANS,
        (
            f"DELETE FROM key_alias WHERE entity IN ({_ORPHANS})",
            f"DELETE FROM distinct_pair WHERE first IN ({_ORPHANS}) OR second IN ({_ORPHANS})",
            f"DELETE FROM link WHERE state = 'rejected' AND entity IN ({_ORPHANS})",
            f"DELETE FROM entity WHERE id IN ({_ORPHANS})",
        ),
    ),
    _Rule("check.double_key", _DOUBLE_KEYS, (f"DELETE FROM key_alias WHERE id IN ({_DOUBLE_KEYS})",)),
    _Rule(
        "check.foreign_relation",
        "SELECT relation.id FROM relation JOIN span AS a ON a.id = from_span JOIN span AS b ON b.id = to_span "
        "WHERE a.document <> relation.document OR b.document <> relation.document",
        (
            (
                "DELETE FROM relation WHERE id IN (SELECT relation.id FROM relation JOIN span AS a ON a.id = from_span "
                "JOIN span AS b ON b.id = to_span WHERE a.document <> relation.document OR b.document <> relation.document)"
            ),
        ),
    ),
)


def check(connection: sqlite3.Connection) -> list[Problem]:
    """All broken invariants; an empty list is a sound project."""
    damage = _damage(connection)
    if damage:
        return [Problem(Message("check.damaged", {"count": len(damage), "example": damage[0]}))]
    connection.create_function("digest_of", 1, digest_of, deterministic=True)
    problems = []
    if not _search_is_sound(connection):  # mended first: other mending writes to it
        rebuild = f"INSERT INTO {SEARCH}({SEARCH}) VALUES ('rebuild')"
        problems.append(Problem(Message("check.search"), (rebuild,)))
    references = connection.execute("PRAGMA foreign_key_check").fetchall()
    if references:
        params = {"count": len(references), "example": f"{references[0][0]} {references[0][1]}"}
        problems.append(Problem(Message("check.references", params)))
    for rule in _RULES:
        found = connection.execute(rule.broken).fetchall()
        if found:
            problems.append(
                Problem(Message(rule.code, {"count": len(found), "example": found[0][0]}), rule.mend)
            )
    outside = _changed_outside(connection)
    if outside:
        params = {"count": len(outside), "example": f"{outside[0].table} {outside[0].id}"}
        problems.append(Problem(Message("check.outside_change", params), adopt=tuple(outside)))
    return problems


def _damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite says of the file itself; where it is too bad, it says so at once."""
    try:
        return [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    except sqlite3.DatabaseError as error:
        if not is_corrupt(error):
            raise
        return [str(error)]


def repair(connection: sqlite3.Connection, reviewer: str) -> list[Problem]:
    """Mend what can be mended, in one transaction; what is still broken after it."""
    for _ in range(3):  # mending one thing may show the next (an orphan behind a dropped link)
        mendable = [problem for problem in check(connection) if problem.repairable]
        if not mendable:
            break
        with immediate(connection):
            for problem in mendable:
                for statement in problem.mend:
                    connection.execute(statement)
                if problem.adopt:
                    change = ChangeSet(problem.message, problem.adopt)
                    journal.append(connection, "adopt", change, reviewer, now())
    return check(connection)


def _search_is_sound(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute(f"INSERT INTO {SEARCH}({SEARCH}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if is_read_only(error):
            return True  # asking takes a right to write
        if is_corrupt(error):
            return False
        raise
    return True


def _changed_outside(connection: sqlite3.Connection) -> list[RowChange]:
    """Rows whose fields are not what the last decision about them left: somebody's SQL."""
    changes = []
    for (table, number), fields in _expected(connection).items():
        if table == "proposal":
            continue  # decisions take them along, but they are the suggesters'
        found = _fetch(connection, table, number, fields)
        if found == fields or (found is None and fields is not None and _may_go(table, fields)):
            continue
        if fields is None or found is None:
            changes.append(RowChange(table, number, fields, found))
        else:
            differing = [name for name in fields if fields[name] != found[name]]
            before = {name: fields[name] for name in differing}
            changes.append(RowChange(table, number, before, {name: found[name] for name in differing}))
    return changes


def _may_go(table: str, fields: Row) -> bool:
    """Whether a run may take the row out again: a proposed link or role, an entity that nothing keeps."""
    if table == "settled":
        return True  # a merge brought a newer decision of the reviewer
    if table in ("link", "role"):
        return fields.get("state") == SUGGESTED
    keeps = (fields.get("note"), fields.get("uri"), fields.get("known"))
    return table == "entity" and not any(keeps)


def _expected(connection: sqlite3.Connection) -> dict[tuple[str, int], Row | None]:
    """By the journal: the fields of each row that was ever decided, None where it was deleted."""
    expected: dict[tuple[str, int], Row | None] = {}
    for (changes,) in connection.execute("SELECT changes FROM journal ORDER BY id"):
        for table, number, _, after in json.loads(changes):
            if after is None:
                expected[table, number] = None
            else:
                expected[table, number] = {**(expected.get((table, number)) or {}), **after}
    return expected


def _fetch(connection: sqlite3.Connection, table: str, number: int, fields: Row | None) -> Row | None:
    names = list(fields) if fields else list(TABLES[table]._fields)[1:]  # type: ignore[attr-defined]
    columns = ", ".join(f'"{name}"' for name in names)
    found: tuple[Any, ...] | None = connection.execute(
        f"SELECT {columns} FROM {table} WHERE id = ?", (number,)
    ).fetchone()
    return None if found is None else dict(zip(names, found, strict=True))
