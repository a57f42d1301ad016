"""Which formats there are: entry points of one group, ours and plug-ins alike."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

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


@cache
def formats() -> dict[str, Format]:
    """Every format by name. UserError where a plug-in does not load."""
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return {point.name: _load(point) for point in points}


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
    """The name of the one format whose files end like this; where none or several do, the record's own."""
    found = [name for name, format in writers().items() if path.suffix.lower() in format.suffixes]
    return found[0] if len(found) == 1 else RECORD


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
    found = (format for format in readers().values() if format.holds is not None and format.holds(folder))
    return next(found, None)


def suffixes() -> frozenset[str]:
    """The endings of files that can be read, lower case, and that of archives of them."""
    return frozenset(suffix for format in readers().values() for suffix in format.suffixes) | {ARCHIVE}


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
    fit = format.fit(head) if format.fit is not None else Fit.NO
    # A likely content beats the name; a mere possibility does not. Our own form comes before others.
    likely = fit if fit >= Fit.LIKELY else Fit.NO
    return likely, path.suffix.lower() in format.suffixes, fit, format.trusted


def _named(name: str, known: dict[str, Format]) -> Format:
    if name not in known:
        raise UserError("format.unknown", name=name, known=", ".join(known))
    return known[name]


def _load(point: EntryPoint) -> Format:
    try:
        format: Format = point.load()
    except (ImportError, AttributeError) as error:
        raise UserError("format.broken", name=point.name, why=str(error)) from error
    return format
