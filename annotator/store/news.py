"""What other connections committed: their decisions by the journal, everything else by the runs."""

from __future__ import annotations

import sqlite3
from typing import Final, NamedTuple

from annotator.domain.changes import Changed, came_or_went
from annotator.store import journal, runs
from annotator.store.journal import JournalEntry

_TOLD: Final = ("suggest", "memory")
"""Runs that say to which articles they wrote, where they are of this program."""
_LISTED: Final = ("import", "merge")
"""Runs by which articles come into the lists, when they end."""


class _Run(NamedTuple):
    id: int
    kind: str
    owner: str
    state: str


class News:
    """What was seen so far on one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._version = self._ask("PRAGMA data_version")
        self._journal = self._ask("SELECT coalesce(max(id), 0) FROM journal")
        self._states: dict[int, str] = {}  # of runs from the first one on that was open when they were read
        self._first = self._ask("SELECT coalesce(min(id), 0) FROM run WHERE state = 'open'")
        self._first = self._first or self._ask("SELECT coalesce(max(id), 0) + 1 FROM run")
        self._read_runs()
        self._own: set[int] = set()

    def leave_out(self, number: int) -> None:
        """A row of the journal is by this connection: it is no news."""
        self._own.add(number)

    def look(self) -> list[Changed]:
        """See `Store.news`. What a run of this program tells by itself is no news."""
        version = self._ask("PRAGMA data_version")
        if version == self._version:
            return []
        self._version = version
        put_back = self._ask("SELECT coalesce(max(id), 0) FROM journal") < self._journal
        entries = journal.entries(self._db, "id > ?", (self._journal,))
        self._journal = max((found.id for found in entries), default=self._journal)
        decided = [_changed(one) for one in reversed(entries) if one.id not in self._own]
        self._own.clear()
        wrote = self._read_runs()
        if wrote and not decided and not put_back and all(map(_is_told, wrote)):
            return []
        unknown = put_back or not (decided or wrote)
        listed = any(run.kind in _LISTED and run.state != "open" for run in wrote)
        return [*decided, Changed("foreign", (), frozenset(), listed=unknown or listed)]

    def _read_runs(self) -> list[_Run]:
        """The runs that are open, or began or ended since the last time."""
        found = self._db.execute("SELECT id, kind, owner, state FROM run WHERE id >= ?", (self._first,))
        all_ = [_Run._make(row) for row in found]
        news = [run for run in all_ if run.state == "open" or self._states.get(run.id) != run.state]
        self._states = {run.id: run.state for run in all_}
        after = max(self._states, default=self._first - 1) + 1
        self._first = min((run.id for run in all_ if run.state == "open"), default=after)
        return news

    def _ask(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])


def _is_told(run: _Run) -> bool:
    return run.kind in _TOLD and run.owner == runs.this_program()


def _changed(found: JournalEntry) -> Changed:
    return Changed(
        found.kind,
        found.changes,
        frozenset(filter(None, [found.document])),
        found.title,
        found.document,
        found.span,
        found.id,
        came_or_went(found.changes),
    )
