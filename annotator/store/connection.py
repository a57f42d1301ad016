"""Opening a project file, and the transaction that everything is written in."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import UserError
from annotator.store import schema, snapshots
from annotator.store.files import is_there, moved_into_place
from annotator.store.trouble import cannot_open, is_busy, is_read_only, told

BUSY_SECONDS = 5.0
"""How long a write waits for another program before it gives up."""
_PAUSE = 0.0002
_GAP = 0.0005
"""How long a run leaves the lock to others after each of its transactions."""

RESTING_LOG = 8000
"""Pages of the log (64 MB) before a decision writes them back; else that is done at rest."""


def connect_new(path: Path) -> sqlite3.Connection:
    """A new project file. UserError where something is there or the folder cannot be written."""
    if is_there(path):
        raise UserError("project.exists", path=str(path))
    if not path.parent.is_dir():
        raise UserError("project.no_folder", path=str(path), folder=str(path.parent))
    with moved_into_place(path) as draft:
        connection = sqlite3.connect(draft, isolation_level=None)
        try:
            connection.execute(f"PRAGMA page_size = {schema.PAGE_SIZE}")
            schema.migrate(connection)
        finally:
            connection.close()
    return connect(path)


def connect(path: Path, *, read_only: bool = False, older: bool = False) -> sqlite3.Connection:
    """Open an existing project. UserError for anything that is none or cannot be used.

    With `older` one of an older version is read as it is.
    """
    if not is_there(path):
        raise UserError("project.missing", path=str(path))
    if not path.is_file():
        raise UserError("project.not_a_file", path=str(path))
    if not os.access(path, os.R_OK):
        raise UserError("project.cannot_open", path=str(path))
    # The log and the file by which programs share it lie beside the project.
    if not read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise UserError("project.read_only", path=str(path))
    with told(path):
        try:
            return _opened(path, "mode=ro" if read_only else "mode=rw", read_only=read_only, older=older)
        except sqlite3.OperationalError as error:
            # Rights are there: what cannot be opened is the shared log.
            if cannot_open(error) and not read_only:
                raise UserError("project.no_wal", path=str(path)) from error
            # Where there is no log nobody is writing: the file is as it is.
            log = path.with_name(f"{path.name}-wal")
            if not read_only or log.exists() or not (cannot_open(error) or is_read_only(error)):
                raise
            return _opened(path, "immutable=1", read_only=True, older=older)


def _opened(path: Path, how: str, *, read_only: bool, older: bool) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        _identify(connection, path, read_only=read_only, older=older)
        _prepare(connection, path, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _identify(connection: sqlite3.Connection, path: Path, *, read_only: bool, older: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != schema.APPLICATION_ID:
        empty = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        raise UserError("project.empty" if empty else "project.another_program", path=str(path))
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        raise UserError("project.newer", path=str(path), version=version, known=schema.VERSION)
    if version < schema.VERSION and not older:
        if read_only:
            raise UserError("project.older", path=str(path))
        snapshots.take(connection, path, snapshots.MIGRATION)
        schema.migrate(connection)


def _prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA temp_store = MEMORY")
    if read_only:
        return
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise UserError("project.no_wal", path=str(path))
    connection.execute(f"PRAGMA wal_autocheckpoint = {RESTING_LOG}")
    connection.execute(f"PRAGMA journal_size_limit = {64 << 20}")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")


@contextmanager
def immediate(connection: sqlite3.Connection, *, durable: bool = True) -> Iterator[None]:
    """A write transaction that holds its lock from the start: all of it or nothing.

    References are looked at when it ends, so that rows may come in any order. One that is not
    `durable` is a part of a run: it does not hold the lock until the disk has it (the next durable
    commit of anybody brings it there first), and it leaves the lock to others for a moment.
    """
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    _begin(connection)
    try:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    if not durable:
        time.sleep(_GAP)


def _begin(connection: sqlite3.Connection) -> None:
    """Wait for the lock. SQLite's own waiting sleeps longer each time and misses the short gaps
    between another program's transactions."""
    deadline = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Several reads of one moment, inside whatever transaction is open."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
