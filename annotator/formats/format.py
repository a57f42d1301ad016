"""What a format is, for ours and for anyone's plug-in.

A format reads files into interchange records, writes records to a file or folder, or both.
A plug-in is an entry point of the group `annotator.formats` that names a Format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.record import Record


class Fit(IntEnum):
    """How surely a file is of a format, by its first bytes alone."""

    NO = 0
    MAYBE = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Format:
    """A format by name. `suffixes` are lower case, with the dot.

    `read` yields records one by one, adds to the notes what the person should know (the
    encoding, what was passed over), and raises UserError with path and line for the first
    thing that is wrong. `write` makes the file (or the folder, where `folder` says so) that
    it is given, and counts by reason what the format cannot carry; it need not care for
    half-written files.
    """

    name: str
    suffixes: tuple[str, ...]
    fit: Callable[[bytes], Fit] | None = None
    read: Callable[[Path, list[Message]], Iterator[Record]] | None = None
    write: Callable[[Iterable[Record], Path, Counter[str]], None] | None = None
    folder: bool = False


@dataclass(slots=True)
class Reading:
    """The records of one file. The notes are complete when the records are exhausted."""

    records: Iterator[Record]
    notes: list[Message]


@dataclass(slots=True)
class Written:
    """What an export holds, and by reason (a message code) what it could not carry."""

    documents: int = 0
    spans: int = 0
    lost: Counter[str] = field(default_factory=Counter)
