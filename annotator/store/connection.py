"""Opening a project file, and the transaction that every decision is written in."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import UserError
from annotator.store import schema
from annotator.store.trouble import told

BUSY_SECONDS = 5.0


def connect_new(path: Path) -> sqlite3.Connection:
    """A new project file. UserError where something is there or the folder cannot be written."""
    if path.exists():
        raise UserError("project.exists", path=str(path))
    if not path.parent.is_dir():
        raise UserError("project.no_folder", path=str(path), folder=str(path.parent))
    # Made aside and moved into place: a crash leaves no half project under the name.
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with told(path):
            connection = sqlite3.connect(draft, isolation_level=None)
            try:
                connection.execute(f"PRAGMA page_size = {schema.PAGE_SIZE}")
                connection.execute("PRAGMA foreign_keys = ON")
                schema.make(connection)
            finally:
                connection.close()
        draft.rename(path)
    except OSError as error:
        raise UserError("project.cannot_write", path=str(path), why=error.strerror or str(error)) from error
    finally:
        draft.unlink(missing_ok=True)
    return connect(path)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open an existing project. UserError for anything that is none or cannot be used."""
    if not path.exists():
        raise UserError("project.missing", path=str(path))
    if not path.is_file():
        raise UserError("project.not_a_file", path=str(path))
    with told(path):
        mode = "ro" if read_only else "rw"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
        try:
            _identify(connection, path)
            _prepare(connection, path, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _identify(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != schema.APPLICATION_ID:
        empty = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        raise UserError("project.empty" if empty else "project.another_program", path=str(path))
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        raise UserError("project.newer", path=str(path), version=version, known=schema.VERSION)


def _prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA temp_store = MEMORY")
    if read_only:
        return
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise UserError("project.no_wal", path=str(path))
    connection.execute("PRAGMA synchronous = FULL")
    # A checkpoint in the middle of work would make one key press wait: it is done at rest.
    connection.execute("PRAGMA wal_autocheckpoint = 8000")
    connection.execute(f"PRAGMA journal_size_limit = {64 << 20}")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")


class FileWatch:
    """Whether the file that a connection holds is still the one under its name."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._identity = self._look()

    def check(self) -> None:
        """UserError where the file was moved, deleted or replaced: writes would go nowhere."""
        if self._look() != self._identity:
            raise UserError("project.moved", path=str(self._path))

    def _look(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


@contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction that holds its lock from the start: all of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
