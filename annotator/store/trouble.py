"""What SQLite refuses, as a sentence that a person can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import UserError

_BY_CODE = {
    sqlite3.SQLITE_FULL: "project.disk_full",
    sqlite3.SQLITE_READONLY: "project.read_only",
    sqlite3.SQLITE_NOTADB: "project.not_a_database",
    sqlite3.SQLITE_CORRUPT: "project.corrupt",
    sqlite3.SQLITE_CANTOPEN: "project.cannot_open",
    sqlite3.SQLITE_PERM: "project.cannot_open",
    sqlite3.SQLITE_AUTH: "project.cannot_open",
    sqlite3.SQLITE_IOERR: "project.disk_error",
    sqlite3.SQLITE_BUSY: "project.locked",
    sqlite3.SQLITE_LOCKED: "project.locked",
    sqlite3.SQLITE_INTERRUPT: "find.interrupted",
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the file into a UserError; a mistake of ours stays what it is."""
    try:
        yield
    except sqlite3.Error as error:
        code = _BY_CODE.get(_code(error))
        if code is None:
            raise
        raise UserError(code, path=str(path)) from error


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program holds the lock."""
    return _code(error) == sqlite3.SQLITE_BUSY


def cannot_open(error: sqlite3.Error) -> bool:
    """Whether SQLite could not open a file."""
    return _code(error) == sqlite3.SQLITE_CANTOPEN


def is_corrupt(error: sqlite3.Error) -> bool:
    """Whether the file is damaged."""
    return _code(error) == sqlite3.SQLITE_CORRUPT


def is_broken(error: sqlite3.Error) -> bool:
    """Whether the file is damaged, or none of SQLite's any more."""
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_read_only(error: sqlite3.Error) -> bool:
    """Whether the connection may only read."""
    return _code(error) == sqlite3.SQLITE_READONLY


def is_taken(error: sqlite3.IntegrityError) -> bool:
    """Whether a place, name or row is taken or gone; another constraint is a mistake of ours."""
    return error.sqlite_errorcode in (
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
        sqlite3.SQLITE_CONSTRAINT_ROWID,
        sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
    )


def _code(error: sqlite3.Error) -> int:
    """The primary result code; 0 where the module itself, not SQLite, refuses."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
