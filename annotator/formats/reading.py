"""Files and folders into records."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import guarded, registry
from annotator.formats.apart import Apart
from annotator.formats.format import Columns, Format, Reading

_NO_FILES = (".", "~$")
"""How the names of hidden files begin, and of those by which Office marks that one is open."""


def read(
    path: Path | str, format: str | None = None, *, columns: Columns | None = None, apart: Apart | None = None
) -> Reading:
    """The records of one file (or of a folder that is one), in the named format or in the one that shows.

    `columns` are for tables, `apart` is the process for formats that are read in one; without
    it each such file gets its own. UserError, here or while the records are read, for the
    first thing that is wrong; what was read before is then not to be used.
    """
    path = Path(path)
    try:
        _check_file(path, registry.reader(format) if format else None)
        chosen = registry.reader(format) if format else registry.guess(path)
    except OSError as error:
        raise UserError("read.failed", path=path, why=error.strerror) from error
    notes: list[Message] = []
    if chosen.apart:
        return Reading(_apart(chosen, path, notes, columns or {}, apart), notes)
    return Reading(guarded.records(chosen, path, notes, columns or {}), notes)


def files(paths: Iterable[Path | str], passed_over: Counter[str] | None = None) -> list[Path]:
    """The files to read: folders expanded in order of name, each file once.

    A folder whose files belong together (brat) is one of them. One in which nothing can be read stays
    as it is, for `read` to say so. Files in folders of which nobody knows the ending are counted by it.
    """
    others: Counter[str] = Counter() if passed_over is None else passed_over
    found: dict[Path, Path] = {}
    for path in map(Path, paths):
        for file in (_inside(path, others) or [path]) if _is_folder(path) else [path]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _apart(
    format: Format, path: Path, notes: list[Message], columns: Columns, apart: Apart | None
) -> Iterator[Record]:
    with nullcontext(apart) if apart is not None else Apart() as process:
        yield from process.records(format.name, path, notes, columns)


def _check_file(path: Path, named: Format | None) -> None:
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise UserError("read.missing", path=path) from error
    if stat.S_ISDIR(status.st_mode):
        if named.folder if named is not None else registry.of_folder(path) is not None:
            return
        known = ", ".join(sorted(registry.suffixes()))
        raise UserError("read.empty_folder", path=path, known=known)
    if not stat.S_ISREG(status.st_mode):
        raise UserError("read.no_file", path=path)
    if not status.st_size:
        raise UserError("read.empty", path=path)


def _is_folder(path: Path) -> bool:
    """Whether it is a folder; what keeps that from being known is told when it is read."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _inside(folder: Path, passed_over: Counter[str]) -> list[Path]:
    """Every file below a folder that can be read by its ending, hidden ones aside, and folders that are one."""
    known, companions, found = registry.suffixes(), registry.companions(), []
    for parent, folders, names in os.walk(folder, onerror=lambda error: found.append(Path(error.filename))):
        if registry.of_folder(Path(parent)) is not None:
            found.append(Path(parent))
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in (Path(parent, name) for name in sorted(names) if not name.startswith(_NO_FILES)):
            if file.suffix.lower() in known and not _is_beside(file.name, names, companions):
                found.append(file)
            else:
                passed_over[file.suffix.lower() or file.name] += 1
    return found


def _is_beside(name: str, names: list[str], companions: frozenset[str]) -> bool:
    """Whether a file is one that an export put beside another one of the same folder."""
    return any(name.endswith(end) and name.removesuffix(end) in names for end in companions)
