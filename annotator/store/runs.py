"""Runs: what came in by the program rather than by a decision.

An import is all or nothing: its articles are in no list until the run is closed, and an
import that was cancelled or whose program died is cleaned away, a few articles at a time.
A suggestion run is whole article by article: what it finished stays when it ends early.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Mapping

from annotator.domain.clock import now
from annotator.domain.models import Run
from annotator.store.connection import immediate

SLICE = 16
"""Articles in one transaction: with 8 to 16 a key press beside it waits under 5 ms."""


def begin(
    connection: sqlite3.Connection,
    kind: str,
    name: str,
    version: str = "",
    settings: Mapping[str, object] | None = None,
) -> int:
    """Open a run and return its id."""
    with immediate(connection):
        cursor = connection.execute(
            "INSERT INTO run (kind, name, version, settings, state, started, owner) VALUES (?, ?, ?, ?, 'open', ?, ?)",
            (kind, name, version, json.dumps(settings or {}), now(), _owner()),
        )
    return cursor.lastrowid or 0


def end(
    connection: sqlite3.Connection, run: int, counts: Mapping[str, object], state: str = "closed"
) -> None:
    """Close a run: from here on its rows are seen."""
    with immediate(connection):
        connection.execute(
            "UPDATE run SET state = ?, ended = ?, counts = ? WHERE id = ?",
            (state, now(), json.dumps(counts), run),
        )


def find(connection: sqlite3.Connection, limit: int = 100) -> list[Run]:
    """The newest runs first."""
    rows = connection.execute(
        "SELECT id, kind, name, version, settings, state, started, ended, counts FROM run ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return [Run._make(row) for row in rows]


def cancel(connection: sqlite3.Connection, run: int) -> None:
    """End a run early; an import's rows are taken out, in slices."""
    kind = connection.execute("SELECT kind FROM run WHERE id = ?", (run,)).fetchone()[0]
    if kind == "import":
        _clean(connection, run)
    end(connection, run, {}, "cancelled")


def clean_crashed(connection: sqlite3.Connection) -> int:
    """End the open runs of programs that are no more; how many there were."""
    found = connection.execute("SELECT id, owner FROM run WHERE state = 'open'").fetchall()
    dead = [run for run, owner in found if not _alive(owner)]
    for run in dead:
        cancel(connection, run)
    return len(dead)


def _clean(connection: sqlite3.Connection, run: int) -> None:
    """Rows of other documents first (an import may add to articles that were there)."""
    for table in ("role", "link", "relation", "span", "proposal"):
        _delete_sliced(connection, table, run, 1000)
    _delete_sliced(connection, "document", run, SLICE)
    with immediate(connection):
        connection.execute(
            "DELETE FROM entity WHERE run = ?1 AND id NOT IN (SELECT entity FROM link) AND id NOT IN (SELECT entity FROM role)",
            (run,),
        )


def _delete_sliced(connection: sqlite3.Connection, table: str, run: int, size: int) -> None:
    while True:
        with immediate(connection):
            done = connection.execute(
                f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE run = ? LIMIT ?)", (run, size)
            ).rowcount
        if done < size:
            return


def _owner() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _alive(owner: str) -> bool:
    """Whether the program that began a run still works on it. Of another machine we cannot know."""
    host, _, number = owner.rpartition(":")
    if host != socket.gethostname() or not number.isdigit():
        return True
    if int(number) == os.getpid():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
