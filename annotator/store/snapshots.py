"""Copies of a project to go back to, in `NAME.backups` beside it.

Each is one consistent, sound file, named by the moment (UTC) and the reason. The newest two always
stay; up to ten do while all of them are at most five times as large as the project.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from annotator.domain.clock import now
from annotator.errors import UserError
from annotator.store import schema
from annotator.store.files import LOG_ENDINGS, copy_into, moved_into_place
from annotator.store.trouble import is_broken, told

DAILY: Final = "daily"
ASKED: Final = "asked"
MIGRATION: Final = "migration"
MERGE: Final = "merge"
COMPACTION: Final = "compaction"
REPAIR: Final = "repair"
RESTORE: Final = "restore"

MOST: Final = 10
ALWAYS: Final = 2
TIMES: Final = 5
"""The project's own size that all snapshots together may have."""
_ENDING: Final = ".db"
_WAIT: Final = 5.0


class Snapshot(NamedTuple):
    """One copy: when it was taken (UTC), why, and how many bytes it has."""

    path: Path
    at: str
    reason: str
    size: int


def folder(project: Path) -> Path:
    """Where the copies of a project lie."""
    return project.with_name(f"{project.name}.backups")


def found(project: Path) -> list[Snapshot]:
    """The snapshots of a project, the newest first. Other files in the folder are passed over.

    UserError where the folder cannot be looked into.
    """
    place = folder(project)
    try:
        there = [*place.iterdir()] if place.is_dir() else []
    except OSError as error:
        raise UserError("project.cannot_open", path=str(place)) from error
    snapshots = [one for path in there if (one := _snapshot(path)) is not None]
    return sorted(snapshots, key=lambda one: (one.at, one.path.name), reverse=True)


def take(connection: sqlite3.Connection, project: Path, reason: str) -> Snapshot:
    """Copy the project as the connection sees it, and take away what is too much.

    UserError where it cannot be written, or "snapshot.damaged" where the copy is not sound: then
    no older one goes either.
    """
    taken = _take(connection, project, reason)
    _thin_out(project)
    return taken


def _take(connection: sqlite3.Connection, project: Path, reason: str) -> Snapshot:
    place = folder(project)
    try:
        place.mkdir(exist_ok=True)
    except OSError as error:
        raise UserError("project.cannot_write", path=str(place), why=error.strerror or str(error)) from error
    target = _free(place, f"{now().replace(':', '')}-{reason}")
    copy_into(connection, target)
    if not is_sound(target):
        target.unlink()
        raise UserError("snapshot.damaged", path=str(project))
    taken = _snapshot(target)
    assert taken is not None  # its name is ours
    return taken


def due(project: Path) -> bool:
    """Whether there is none of today yet."""
    newest = found(project)[:1]
    return not newest or newest[0].at[:10] != now()[:10]


def named(project: Path, name: str) -> Snapshot:
    """A snapshot by its file name, with or without the ending. UserError where there is none."""
    for one in found(project):
        if name in (one.path.name, one.path.stem):
            return one
    raise UserError("snapshot.missing", name=name, path=str(project))


def restore(project: Path, snapshot: Path) -> Path | None:
    """Put the project back to a snapshot; what is there now becomes a snapshot first.

    Where it is too damaged for that it is moved aside whole, and its new place returned. Programs
    that have it open see the old state come back. UserError where the snapshot is not sound.
    """
    if not is_sound(snapshot):
        raise UserError("snapshot.broken", path=str(snapshot))
    if not project.exists():
        _put(snapshot, project)
        return None
    try:
        with told(project), closing(sqlite3.connect(project, timeout=_WAIT)) as target:
            _take(target, project, RESTORE)
            with closing(sqlite3.connect(snapshot)) as source:
                source.backup(target)
    except UserError as error:
        if error.code not in ("snapshot.damaged", "project.corrupt", "project.not_a_database"):
            raise
    else:
        _thin_out(project)  # only now: the snapshot may be the oldest
        return None
    aside = move_aside(project)
    _put(snapshot, project)
    return aside


def move_aside(project: Path) -> Path:
    """Give a damaged project, with its log, another name beside the old one; that name."""
    aside = _free(project.parent, f"{project.stem}.damaged-{now().replace(':', '')}", project.suffix)
    for ending in ("", *LOG_ENDINGS):
        part = project.with_name(project.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside


def is_sound(path: Path) -> bool:
    """Whether SQLite finds no damage in a project's file."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            return (application, found) == ((schema.APPLICATION_ID,), ("ok",))
    except sqlite3.DatabaseError as error:
        if not is_broken(error):
            raise
        return False


def _put(snapshot: Path, project: Path) -> None:
    with moved_into_place(project) as draft:
        shutil.copyfile(snapshot, draft)


def _snapshot(path: Path) -> Snapshot | None:
    moment, _, reason = path.stem.partition("Z-")
    date, _, time = moment.partition("T")
    if path.suffix != _ENDING or len(date) != 10 or len(time) != 6 or not time.isdigit():
        return None
    at = f"{date}T{time[:2]}:{time[2:4]}:{time[4:]}Z"
    return Snapshot(path, at, reason.rstrip("-0123456789"), path.stat().st_size)


def _free(place: Path, stem: str, ending: str = _ENDING) -> Path:
    """A name that is not taken."""
    path, number = place / f"{stem}{ending}", 1
    while path.exists():
        number += 1
        path = place / f"{stem}-{number}{ending}"
    return path


def _thin_out(project: Path) -> None:
    room = TIMES * project.stat().st_size
    for number, one in enumerate(found(project)):
        room -= one.size
        if number >= ALWAYS and (number >= MOST or room < 0):
            one.path.unlink()
