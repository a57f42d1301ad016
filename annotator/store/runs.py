"""Runs: what came in by the program rather than by a decision.

An import is all or nothing: its articles are in no list until the run is closed, and an
import that was cancelled or whose program died is cleaned away, a few articles at a time.
A suggestion run is whole article by article: what it finished stays when it ends early.
What a run writes need not be on the disk before it ends.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import sys
import time
from collections.abc import Mapping, Sequence

from annotator.domain.clock import now
from annotator.domain.models import Run
from annotator.domain.text import clean
from annotator.errors import UserError
from annotator.store.applying import drop_orphan
from annotator.store.connection import immediate

SLICE = 16
"""Articles in one transaction: with 8 to 16 a key press beside it waits under 5 ms."""
SILENCE = 900
"""Seconds after which an import that does not write is taken for dead: its process number may be
that of another program by now. Other runs write seldom, and nothing is lost while they seem open."""


def begin(
    connection: sqlite3.Connection,
    kind: str,
    name: str,
    version: str = "",
    settings: Mapping[str, object] | None = None,
) -> int:
    """Open a run and return its id. In its name, that of a file mostly, U+FFFD stands for what is no text."""
    name = clean(name)[0]
    with immediate(connection, durable=False):
        cursor = connection.execute(
            "INSERT INTO run (kind, name, version, settings, state, started, owner, beat) "
            "VALUES (?, ?, ?, ?, 'open', ?, ?, ?)",
            (kind, name, version, json.dumps(settings or {}), now(), this_program(), int(time.time())),
        )
    return cursor.lastrowid or 0


def go_on(connection: sqlite3.Connection, run: int) -> None:
    """Say, inside a transaction of a run, that it is alive.

    UserError "run.ended" where another program took it for dead and cleaned it away.
    """
    alive = connection.execute(
        "UPDATE run SET beat = ? WHERE id = ? AND state = 'open'", (int(time.time()), run)
    ).rowcount
    if not alive:
        raise UserError("run.ended")


def end(connection: sqlite3.Connection, run: int, counts: Mapping[str, object]) -> None:
    """Close a run: from here on its rows are seen."""
    with immediate(connection):
        go_on(connection, run)
        connection.execute(
            "UPDATE document SET revision = revision + 1, suggested = document.suggested + new.suggested, "
            "accepted = document.accepted + new.accepted, rejected = document.rejected + new.rejected "
            "FROM run_addition AS new WHERE new.run = ? AND new.document = document.id",
            (run,),
        )
        connection.execute("DELETE FROM run_addition WHERE run = ?", (run,))
        _close(connection, run, counts, "closed")


_RUN = "SELECT id, kind, name, version, settings, state, started, ended, counts FROM run"


def find(connection: sqlite3.Connection, limit: int = 100) -> list[Run]:
    """The newest runs first."""
    rows = connection.execute(f"{_RUN} ORDER BY id DESC LIMIT ?", (limit,))
    return [Run._make(row) for row in rows]


def one(connection: sqlite3.Connection, number: int) -> Run | None:
    """A run by its id."""
    found = connection.execute(f"{_RUN} WHERE id = ?", (number,)).fetchone()
    return None if found is None else Run._make(found)


def cancel(connection: sqlite3.Connection, run: int, state: str = "cancelled") -> None:
    """End a run early; an import's rows are taken out, in slices. Nothing where it has ended."""
    found = connection.execute("SELECT kind FROM run WHERE id = ? AND state = 'open'", (run,)).fetchone()
    if found is None:
        return
    if found[0] == "import":
        _clean(connection, run)
    with immediate(connection):
        _close(connection, run, {}, state)


def clean_crashed(connection: sqlite3.Connection) -> int:
    """End the open runs of programs that are no more; how many there were."""
    found = connection.execute("SELECT id, kind, owner, beat FROM run WHERE state = 'open'").fetchall()
    dead = [
        run
        for run, kind, owner, beat in found
        if not _alive(owner) or (kind == "import" and time.time() - beat > SILENCE)
    ]
    for run in dead:
        cancel(connection, run, "crashed")
    return len(dead)


def _close(connection: sqlite3.Connection, run: int, counts: Mapping[str, object], state: str) -> None:
    connection.execute(
        "UPDATE run SET state = ?, ended = ?, counts = ? WHERE id = ? AND state = 'open'",
        (state, now(), json.dumps(counts), run),
    )


def _clean(connection: sqlite3.Connection, run: int) -> None:
    """Take out what an import wrote: its articles, what it added to others, its entities."""
    while True:
        with immediate(connection, durable=False):
            added_to = _some(connection, "SELECT document FROM run_addition WHERE run = ? LIMIT ?", run)
            for document in added_to:
                _take_back(connection, run, document)
        if not added_to:
            break
    while True:
        with immediate(connection, durable=False):
            documents = _some(connection, "SELECT id FROM document WHERE run = ? LIMIT ?", run)
            for document in documents:
                _erase(connection, document)
        if not documents:
            break
    with immediate(connection, durable=False):
        connection.execute(
            "DELETE FROM entity WHERE run = ? AND NOT EXISTS (SELECT 1 FROM link WHERE entity = entity.id) "
            "AND NOT EXISTS (SELECT 1 FROM role WHERE entity = entity.id) "
            "AND NOT EXISTS (SELECT 1 FROM key_alias WHERE entity = entity.id)",
            (run,),
        )


def _some(connection: sqlite3.Connection, query: str, run: int) -> Sequence[int]:
    return [row[0] for row in connection.execute(query, (run, SLICE))]


def _take_back(connection: sqlite3.Connection, run: int, document: int) -> None:
    """What an import added to an article that stood before it."""
    # Another import may have met its spans, or it those of others.
    _unlink(
        connection,
        "span IN (SELECT id FROM span WHERE document = ?1) "
        "AND (run = ?2 OR span IN (SELECT id FROM span WHERE document = ?1 AND run = ?2))",
        (document, run),
    )
    for table in ("proposal", "relation", "span", "run_addition"):
        connection.execute(f"DELETE FROM {table} WHERE document = ? AND run = ?", (document, run))


def _erase(connection: sqlite3.Connection, document: int) -> None:
    """An article that nobody has seen yet, with all that hangs on it."""
    _unlink(connection, "span IN (SELECT id FROM span WHERE document = ?)", (document,))
    for table in ("proposal", "seen", "relation", "span", "run_addition"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
    for column in ("same_text_as", "replaces"):
        connection.execute(f"UPDATE document SET {column} = NULL WHERE {column} = ?", (document,))
    connection.execute("DELETE FROM document_text WHERE id = ?", (document,))
    connection.execute("DELETE FROM document WHERE id = ?", (document,))


def _unlink(connection: sqlite3.Connection, where: str, values: tuple[int, ...]) -> None:
    """Take links and roles away, and entities that have lost their last mention meanwhile."""
    left: set[int] = set()
    for table in ("link", "role"):
        gone = connection.execute(f"DELETE FROM {table} WHERE {where} RETURNING entity", values)
        left.update(entity for (entity,) in gone)
    for entity in left:
        drop_orphan(connection, entity)


def this_program() -> str:
    """This machine and program, as a run names whoever writes it."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _alive(owner: str) -> bool:
    """Whether the program that began a run is there; of another machine we take it for granted."""
    host, _, number = owner.rpartition(":")
    return host != socket.gethostname() or is_running(int(number))


def is_running(number: int) -> bool:
    """Whether a program with this number is there; on Windows that is taken for granted."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
