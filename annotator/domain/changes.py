"""A decision as data: which rows change, from what to what.

A ChangeSet is what the store applies, what the journal keeps, what an undo inverts and what
the views are told. New rows carry the ids -1, -2, ...; the store gives them real ones when
it applies the set, and every reference to them (`models.REFERENCES`) follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from annotator.domain.models import Row


@dataclass(frozen=True, slots=True)
class Message:
    """What an act is called: a code of `annotator.messages` and its parameters."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of `table`: inserted (`before` None), deleted (`after` None) or updated.

    An update's `after` holds the fields that change; its `before` holds those and every
    other field that the edit read and relies on. The store refuses the set where `before`
    is not what the file holds. Inserts and deletes carry all fields but `id`.
    """

    table: str
    id: int
    before: Row | None
    after: Row | None

    def inverse(self) -> RowChange:
        """The change that takes this one back."""
        if self.before is None or self.after is None:
            return replace(self, before=self.after, after=self.before)
        changed = {name: self.before[name] for name in self.after}
        return replace(self, before=dict(self.after), after=changed)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A decision. `document` and `span` say where it happened, for undo to go there."""

    title: Message
    rows: tuple[RowChange, ...]
    document: int | None = None
    span: int | None = None

    def __bool__(self) -> bool:
        return bool(self.rows)

    def inverse(self) -> ChangeSet:
        """The same decision taken back, rows in the opposite order."""
        return replace(self, rows=tuple(row.inverse() for row in reversed(self.rows)))


@dataclass(frozen=True, slots=True)
class Author:
    """Who decides, and when (UTC, `2026-11-24T01:02:03Z`)."""

    name: str
    at: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What every view hears after something was committed.

    `rows` are the changes with real ids (empty where only `documents` is known: a run, or
    another program). `kind` is "do", "undo", "redo", "run" or "foreign". `listed`: other articles
    may be in the lists.
    """

    kind: str
    rows: tuple[RowChange, ...]
    documents: frozenset[int]
    title: Message | None = None
    document: int | None = None
    span: int | None = None
    journal: int | None = None
    listed: bool = False


def came_or_went(rows: Iterable[RowChange]) -> bool:
    """Whether articles come into the lists, or go out of them, by these rows."""
    return any(row.table == "document" and "removed" in (row.after or {}) for row in rows)
