"""Which formats there are: entry points of one group, ours and plug-ins alike."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import NamedTuple, TypeVar

from annotator.errors import UserError
from annotator.formats.archives import EMPTY, MAGIC
from annotator.formats.format import Fit, Format

GROUP = "annotator.formats"
ARCHIVE = ".zip"
RECORD = "jsonl"
"""The format of the interchange record."""
_HEAD = 1 << 18
_LIKELY = (Fit.NO, True, Fit.NO, False)
"""Ranks above this are formats that the content or the name tells."""
_OURS = "annotator."
_About = TypeVar("_About")
_Answer = TypeVar("_Answer")

log = logging.getLogger(__name__)


class Known(NamedTuple):
    """The formats that work, the names of those of plug-ins, and why others are left out, by name."""

    formats: dict[str, Format]
    theirs: frozenset[str]
    broken: dict[str, UserError]


@cache
def known() -> Known:
    """What the entry points name, loaded once. A plug-in that does not load stops no other one."""
    points = {point.name: point for point in sorted(entry_points(group=GROUP), key=_is_ours)}  # ours last
    found = Known({}, frozenset(name for name, point in points.items() if not _is_ours(point)), {})
    for name, point in sorted(points.items()):
        try:
            found.formats[name] = _load(point)
        except (Exception, SystemExit) as error:
            if _is_ours(point):
                raise
            found.broken[name] = _left_out(name, error)
    return found


def formats() -> dict[str, Format]:
    """Every format by name that works; `known` tells of the others."""
    return {name: format for name, format in known().formats.items() if name not in known().broken}


def readers() -> dict[str, Format]:
    """The formats that come in."""
    return {name: format for name, format in formats().items() if format.read is not None}


def writers() -> dict[str, Format]:
    """The formats that go out."""
    return {name: format for name, format in formats().items() if format.write is not None}


def reader(name: str) -> Format:
    """The format of this name that can be read. UserError where there is none."""
    return _named(name, readers())


def writer(name: str) -> Format:
    """The format of this name that can be written. UserError where there is none."""
    return _named(name, writers())


def named_by(path: Path) -> str:
    """The name of the one format whose files end like this, or the record's own, where that is one of them.

    So it is where nobody knows the ending. UserError where it promises something else.
    """
    ending = path.suffix.lower()
    found = [name for name, format in writers().items() if ending in format.suffixes]
    if len(found) == 1:
        return found[0]
    if RECORD in found or ending not in suffixes():
        return RECORD
    raise UserError("export.by_ending", ending=ending, known=", ".join(found or writers()))


def guess(path: Path) -> Format:
    """The format of a file or folder: what its content is likely to be, else by its name.

    UserError where neither says anything.
    """
    whole = of_folder(path) if path.is_dir() else None
    if whole is not None:
        return whole
    with path.open("rb") as file:
        head = file.read(_HEAD)
    best = max(readers().values(), key=lambda format: _rank(format, path, head), default=None)
    if best is None or _rank(best, path, head)[:3] == (Fit.NO, False, Fit.NO):
        raise UserError("read.unknown_format", path=path, known=", ".join(readers()))
    return best


def of_folder(folder: Path) -> Format | None:
    """The format whose files belong together in this folder, None where they do not."""
    return next((one for one in readers().values() if _asked(one, one.holds, folder, no=False)), None)


def suffixes() -> frozenset[str]:
    """The endings of files that can be read, lower case, and that of archives of them."""
    return frozenset(suffix for format in readers().values() for suffix in format.suffixes) | {ARCHIVE}


def companions() -> frozenset[str]:
    """What the names of files that formats put beside an export add to its name."""
    return frozenset(f".{ending}" for format in writers().values() for ending in format.beside)


def is_archive(path: Path) -> bool:
    """Whether a file is an archive of files to read by content or name, and not a document that is one inside."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.startswith((MAGIC, EMPTY)) and path.suffix.lower() != ARCHIVE:
        return False
    return max(_rank(format, path, head) for format in readers().values()) < _LIKELY


def _rank(format: Format, path: Path, head: bytes) -> tuple[Fit, bool, Fit, bool]:
    fit = _asked(format, format.fit, head, no=Fit.NO)
    # A likely content beats the name; a mere possibility does not. Our own form comes before others.
    likely = fit if fit >= Fit.LIKELY else Fit.NO
    return likely, path.suffix.lower() in format.suffixes, fit, format.trusted


def _asked(
    format: Format, question: Callable[[_About], _Answer] | None, about: _About, *, no: _Answer
) -> _Answer:
    """What a format says of a file. A plug-in that fails at it is left out from then on."""
    if question is None:
        return no
    try:
        return question(about)
    except Exception as error:
        if isinstance(error, OSError) or format.name not in known().theirs:
            raise
        known().broken[format.name] = _left_out(format.name, error)
        return no


def _named(name: str, some: dict[str, Format]) -> Format:
    if name in known().broken:
        raise known().broken[name]
    if name not in some:
        raise UserError("format.unknown", name=name, known=", ".join(some))
    return some[name]


def _is_ours(point: EntryPoint) -> bool:
    return point.value.startswith(_OURS)


def _load(point: EntryPoint) -> Format:
    found = point.load()
    if not isinstance(found, Format):
        raise TypeError(f"{point.value} is no Format")
    return found


def _left_out(name: str, error: BaseException) -> UserError:
    log.info("the format %s is left out", name, exc_info=error)
    return UserError("format.broken", name=name, why=f"{type(error).__name__}: {error}"[:200])
