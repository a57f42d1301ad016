"""What a format is, for ours and for anyone's plug-in.

A format reads files into interchange records, writes records to a file or folder, or both.
A plug-in is an entry point of the group `annotator.formats` that names a Format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.formats.about import About
from annotator.formats.losses import Carries, Losses

FIELDS = ("text", "title", "date", "source", "id")
"""What a column of a table may hold."""
Columns = Mapping[str, str]
"""Of a table: a field to the header or number of its column, as a person named it."""


class Fit(IntEnum):
    """How surely a file is of a format, by its first bytes alone."""

    NO = 0
    MAYBE = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Format:
    """A format by name. `suffixes` are lower case, with the dot; `title` is what a person reads.

    `fit` looks at the first bytes of a file, `holds` at a folder whose files belong together.

    `read` yields records one by one, adds to the notes what the person should know (the
    encoding, what was passed over), and raises UserError with path and line for the first
    thing that is wrong. It is given a file, or what `holds` said yes to. `table` reads as
    `read` does, by the columns that a person named. `apart` says that a file is read in a
    process of its own (`apart.py`).

    `write` makes the file (or the folder, where `folder` says so) that it is given, record by
    record: it holds no more of them than it must, and need not care for half-written files.
    The records are what `carries` leaves of them (None: all); they are compared with what
    `read` finds afterwards, always or, where `trusted` says so, only when asked.

    `parts` says that it divides the articles by `about.part` itself; every other format is written
    once for each part where a split is asked for.

    `beside` makes more files, by what their name adds to that of the written one (`config.xml`): those that
    other programs need next to it. The labels that it is told of are all that were met. A folder is read
    without them.
    """

    name: str
    suffixes: tuple[str, ...]
    fit: Callable[[bytes], Fit] | None = None
    read: Callable[[Path, list[Message]], Iterator[Record]] | None = None
    write: Callable[[Iterable[Record], Path, About], None] | None = None
    folder: bool = False
    title: str = ""
    holds: Callable[[Path], bool] | None = None
    carries: Carries | None = None
    trusted: bool = False
    parts: bool = False
    beside: Mapping[str, Callable[[About], str]] = field(default_factory=dict)
    table: Callable[[Path, list[Message], Columns], Iterator[Record]] | None = None
    apart: bool = False


@dataclass(slots=True)
class Reading:
    """The records of one file. The notes are complete when the records are exhausted."""

    records: Iterator[Record]
    notes: list[Message]


@dataclass(slots=True)
class Written:
    """What an export holds, and by reason what it could not carry."""

    documents: int = 0
    spans: int = 0
    lost: Losses = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    relation_types: Counter[str] = field(default_factory=Counter)

    def add(self, other: Written) -> None:
        """Count what another part holds."""
        self.documents += other.documents
        self.spans += other.spans
        self.lost += other.lost
        self.labels += other.labels
        self.relation_types += other.relation_types
