"""Records into a file that is whole or not there: written beside it, then moved into place."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import registry
from annotator.formats.format import Written

_DATABASE = b"SQLite format 3\0"
_BESIDE_DATABASE = ("-wal", "-shm", "-journal")


def write(path: Path | str, records: Iterable[Record], format: str = "jsonl") -> Written:
    """Write the records to a file (or a new folder, where the format is one) and count them.

    Whatever goes wrong, a disk that is full or an exception from `records`, the target is as
    it was before. UserError where it cannot be written; never onto a project or a folder.
    """
    chosen = registry.writer(format)
    make = chosen.write
    assert make is not None  # the registry gives writers
    counts = Written()
    put(path, lambda beside: make(_counted(records, counts), beside, counts.lost), folder=chosen.folder)
    return counts


def put(path: Path | str, make: Callable[[Path], None], *, folder: bool = False) -> None:
    """Have `make` write a file (or a folder) that nobody sees before it is whole. UserError as `write`."""
    target = Path(path).resolve()
    try:
        _check_target(target, folder=folder)
        _write_beside(target, make, folder=folder)
    except OSError as error:
        raise UserError("write.failed", path=path, why=error.strerror) from error


def _write_beside(target: Path, make: Callable[[Path], None], *, folder: bool) -> None:
    beside = target.with_name(f".{secrets.token_hex(6)}.part")
    try:
        make(beside)
        for file in sorted(beside.rglob("*")) if folder else [beside]:
            _sync(file)
        if target.is_file():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        # moved into place, or a half file that nobody should find
        if beside.is_dir():
            shutil.rmtree(beside)
        else:
            beside.unlink(missing_ok=True)
    _sync(target.parent)


def _counted(records: Iterable[Record], counts: Written) -> Iterator[Record]:
    for record in records:
        counts.documents += 1
        counts.spans += len(record.get("spans", ()))
        yield record


def _sync(path: Path) -> None:
    """Have the disk hold what was written; Windows cannot open folders."""
    if os.name == "nt" and path.is_dir():
        return
    file = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _check_target(target: Path, *, folder: bool) -> None:
    if not target.parent.is_dir():
        raise UserError("write.no_folder", path=target, folder=target.parent)
    if target.is_dir():
        if not folder:
            raise UserError("write.onto_folder", path=target)
        if any(target.iterdir()):
            raise UserError("write.folder_full", path=target)
    elif target.exists():
        if not target.is_file() or folder or not os.access(target, os.W_OK):
            raise UserError("write.onto_file", path=target)
        if _is_database(target):
            raise UserError("write.onto_project", path=target)
    for ending in _BESIDE_DATABASE:
        project = target.with_name(target.name.removesuffix(ending))
        if project != target and _is_database(project):
            raise UserError("write.onto_project", path=target)


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_DATABASE)) == _DATABASE
