"""ZIP files from strangers: looked through before anything is unpacked, and unpacked within bounds.

Python's zipfile stops at the size that an entry declares, so that the declared sizes bound what
comes out.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final

from annotator.errors import UserError

MAGIC: Final = b"PK\x03\x04"
EMPTY: Final = b"PK\x05\x06"
"""How an archive without a file begins."""
MAX_ENTRIES: Final = 100_000
MAX_DOCUMENT: Final = 300_000_000
"""Bytes that a document (.docx, .xlsx, .odt, .epub) unpacks to at most."""
MAX_TOTAL: Final = 2_000_000_000
"""Bytes that an archive of articles unpacks to at most, the archives in it included."""
_RATIO: Final = 200
_SMALL: Final = 1_000_000
_CHUNK: Final = 1 << 20
_IS_UTF8: Final = 0x800
_NO_NAME = re.compile(r'[<>:"|?*\x00-\x1f]')


def is_office(head: bytes, folder: bytes) -> bool:
    """Whether a file begins like a document of Microsoft Office with this folder inside."""
    first = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    parts = (b"[Content_Types].xml", b"_rels/", b"docProps/", folder)
    return head.startswith(MAGIC) and first.startswith(parts) and folder in head


@dataclass
class Budget:
    """What may still be unpacked."""

    size: int = MAX_TOTAL
    entries: int = MAX_ENTRIES


@contextmanager
def opened(path: Path, budget: Budget) -> Iterator[zipfile.ZipFile]:
    """The archive, where what it declares is within the bounds. UserError also for what breaks inside."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, path, budget)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, UnicodeError) as error:
        raise UserError("read.bad_archive", path=path, why=str(error) or type(error).__name__) from error


def part(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    """A file of a document by its name. UserError where it is not there."""
    try:
        return archive.read(name)
    except KeyError as error:
        raise UserError("read.bad_archive", path=path, why=f"no {name}") from error


def unpack(path: Path, folder: Path, budget: Budget, alive: Callable[[], None]) -> None:
    """The files of an archive below a folder, hidden ones aside; nothing is written outside it.

    Of two with one name, on whatever system, the second gets a number. `alive` is called again and again and may raise.
    """
    met: dict[str, int] = {}
    with opened(path, budget) as archive:
        for entry in archive.infolist():
            name = _inside(entry, path)
            if (
                entry.is_dir()
                or not name.parts
                or any(step.startswith((".", "__MACOSX")) for step in name.parts)
            ):
                continue
            target = folder / _free(name, met)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
            except FileExistsError as error:
                why = f"{entry.filename} stands in a file"
                raise UserError("read.bad_archive", path=path, why=why) from error
            with archive.open(entry) as source, target.open("xb") as file:
                _copy(source, file, alive)


def _copy(source: IO[bytes], file: IO[bytes], alive: Callable[[], None]) -> None:
    while chunk := source.read(_CHUNK):
        alive()
        file.write(chunk)


def _check(archive: zipfile.ZipFile, path: Path, budget: Budget) -> None:
    entries = archive.infolist()
    budget.entries -= len(entries)
    budget.size -= sum(entry.file_size for entry in entries)
    if budget.entries < 0 or budget.size < 0:
        raise UserError("read.archive_too_large", path=path)
    for entry in entries:
        if entry.file_size > max(_SMALL, entry.compress_size * _RATIO):
            raise UserError("read.archive_explodes", path=path, entry=entry.filename)
        if entry.flag_bits & 1:
            raise UserError("read.encrypted", path=path)


def _free(name: PurePosixPath, met: dict[str, int]) -> PurePosixPath:
    """A name that none of those that were met has."""
    first, found = str(name).casefold(), name
    while str(found).casefold() in met:
        met[first] += 1
        found = name.with_name(f"{name.stem}-{met[first]}{name.suffix}")
    met[str(found).casefold()] = 1
    return found


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; that of a Mac is UTF-8, which it does not say."""
    if entry.flag_bits & _IS_UTF8 or entry.filename.isascii():
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _inside(entry: zipfile.ZipInfo, path: Path) -> PurePosixPath:
    """The name of an entry, made so that every system can have it. UserError where it leads out."""
    name = PurePosixPath(_name(entry).replace("\\", "/"))
    drive = name.parts[:1] and re.fullmatch("[A-Za-z]:", name.parts[0])
    if name.is_absolute() or ".." in name.parts or drive or stat.S_ISLNK(entry.external_attr >> 16):
        raise UserError("read.archive_escapes", path=path, entry=entry.filename)
    return PurePosixPath(*(_NO_NAME.sub("_", step) for step in name.parts))
