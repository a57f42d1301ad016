"""The journal of decisions: it only grows, and undo reads it, over restarts.

An undo is a row of its own that names the decision it takes back; a redo names it again. A
decision stands when the last row that names it is not an undo.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from annotator.domain.changes import ChangeSet, Message, RowChange

_STANDS = """
    COALESCE((SELECT later.kind FROM journal AS later WHERE later.target = journal.id
              ORDER BY later.id DESC LIMIT 1), 'redo') = 'redo'
"""


class JournalEntry(NamedTuple):
    """One row: who did what, when, and whether it undoes or redoes the row `target`."""

    id: int
    at: str
    reviewer: str
    kind: str
    target: int | None
    title: Message
    document: int | None
    span: int | None
    changes: tuple[RowChange, ...]


def append(
    connection: sqlite3.Connection,
    kind: str,
    change: ChangeSet,
    reviewer: str,
    at: str,
    target: int | None = None,
) -> int:
    """Add a row and return its id."""
    packed = [[row.table, row.id, row.before, row.after] for row in change.rows]
    cursor = connection.execute(
        "INSERT INTO journal (at, reviewer, kind, target, code, params, document, span, changes) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            at,
            reviewer,
            kind,
            target,
            change.title.code,
            json.dumps(dict(change.title.params), ensure_ascii=False),
            change.document,
            change.span,
            json.dumps(packed, ensure_ascii=False, separators=(",", ":")),
        ),
    )
    return cursor.lastrowid or 0


def entry(connection: sqlite3.Connection, number: int) -> JournalEntry:
    """A row by its id."""
    return next(iter(entries(connection, "id = ?", (number,))))


def entries(
    connection: sqlite3.Connection, where: str, values: Iterable[object], limit: int = -1
) -> list[JournalEntry]:
    """Rows that fit, newest first."""
    found = connection.execute(
        "SELECT id, at, reviewer, kind, target, code, params, document, span, changes FROM journal "
        f"WHERE {where} ORDER BY id DESC LIMIT ?",
        (*values, limit),
    )
    return [_entry(*row) for row in found]


def _entry(
    number: int,
    at: str,
    reviewer: str,
    kind: str,
    target: int | None,
    code: str,
    params: str,
    document: int | None,
    span: int | None,
    changes: str,
) -> JournalEntry:
    title = Message(code, json.loads(params))
    return JournalEntry(number, at, reviewer, kind, target, title, document, span, _unpacked(changes))


def _unpacked(changes: str) -> tuple[RowChange, ...]:
    return tuple(RowChange(*row) for row in json.loads(changes))


def to_undo(connection: sqlite3.Connection, reviewer: str) -> int | None:
    """This reviewer's newest decision that stands."""
    found = connection.execute(
        f"SELECT id FROM journal WHERE reviewer = ? AND kind = 'do' AND {_STANDS} ORDER BY id DESC LIMIT 1",
        (reviewer,),
    ).fetchone()
    return None if found is None else int(found[0])


def to_redo(connection: sqlite3.Connection, reviewer: str) -> int | None:
    """The decision that this reviewer undid last, unless they decided anything since."""
    found = connection.execute(
        "SELECT target FROM journal WHERE reviewer = ?1 AND kind = 'undo' "
        "AND id > COALESCE((SELECT max(id) FROM journal WHERE reviewer = ?1 AND kind = 'do'), 0) "
        "AND NOT EXISTS (SELECT 1 FROM journal AS later WHERE later.target = journal.target AND later.id > journal.id) "
        "ORDER BY id DESC LIMIT 1",
        (reviewer,),
    ).fetchone()
    return None if found is None else int(found[0])


def of_span(
    connection: sqlite3.Connection, document: int, span: int, links: Iterable[int], limit: int
) -> list[JournalEntry]:
    """Decisions that name a span or one of its links, newest first; bulk ones, which name no article, too."""
    marks = [
        f'["span",{span},',
        f'"span":{span},',
        f'"span":{span}}}',
        *(f'["link",{link},' for link in links),
    ]
    holds = " OR ".join(["instr(changes, ?)"] * len(marks))
    return entries(connection, f"(document = ? OR document IS NULL) AND ({holds})", (document, *marks), limit)


def size(connection: sqlite3.Connection, number: int | None) -> int:
    """Bytes that a decision's rows take; 0 where there is none."""
    found = connection.execute(
        "SELECT length(CAST(changes AS BLOB)) FROM journal WHERE id = ?", (number,)
    ).fetchone()
    return 0 if found is None else int(found[0])


def in_the_way(connection: sqlite3.Connection, change: ChangeSet, since: int) -> Message | None:
    """The title of the newest change after `since` that touched one of these rows."""
    rows = {(row.table, row.id) for row in change.rows}
    newer = entries(connection, "id > ?", (since,))
    for found in newer:
        if rows & {(row.table, row.id) for row in found.changes}:
            return found.title
    return None


def again(connection: sqlite3.Connection, undone: JournalEntry) -> ChangeSet:
    """A decision as it is redone: its undo taken back, with the proposals that the undo took out.

    What the decision relied on has to hold again.
    """
    undos = entries(connection, "target = ? AND kind = 'undo'", (undone.id,), 1)
    relied = {(row.table, row.id): row for row in undone.changes if row.before and row.after}
    rows = []
    for row in change_of(undos[0]).inverse().rows:
        decided = relied.get((row.table, row.id))
        rows.append(decided if decided is not None and decided.after == row.after else row)
    return replace(change_of(undone), rows=tuple(rows))


def change_of(found: JournalEntry) -> ChangeSet:
    """The decision that a row holds."""
    return ChangeSet(found.title, found.changes, found.document, found.span)
