"""The project as a file among others: written whole or not at all, copied whole, still the same one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotator.errors import UserError
from annotator.store.trouble import told

LOG_ENDINGS = ("-wal", "-shm")
"""What lies beside a project while it is open."""


def is_there(path: Path) -> bool:
    """Whether something has this name. UserError where that cannot be told: no rights, a name too long."""
    try:
        return path.exists()
    except OSError as error:
        raise UserError("project.cannot_open", path=str(path)) from error


@contextmanager
def moved_into_place(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; what is there at the end gets the real name.

    A crash leaves no half file under that name. UserError where the folder cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        draft.touch()
        with told(path):
            yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as error:
        raise UserError("project.cannot_write", path=str(path), why=error.strerror or str(error)) from error
    finally:
        draft.unlink(missing_ok=True)


def copy_into(connection: sqlite3.Connection, target: Path) -> None:
    """A consistent copy of what the connection sees, as one file, moved into place when it is whole."""
    with moved_into_place(target) as draft, closing(sqlite3.connect(draft)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


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
