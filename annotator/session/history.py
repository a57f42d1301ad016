"""What a decision did, field by field, in words: for the log of history."""

from __future__ import annotations

from typing import Final, NamedTuple

from annotator.domain.changes import RowChange
from annotator.domain.models import REFERENCES, Value
from annotator.domain.text import shortened
from annotator.store import Store
from annotator.store.journal import JournalEntry

_QUIET: Final = frozenset({"by", "at", "run", "text", "revision", "extra", "origin", "layer", "document"})
"""Fields that say nothing beside the others, or what stands in the head of the entry."""


class Detail(NamedTuple):
    """One field of one row: what it is about, and from what to what; None where there was no such row.

    `table` and `field` are those of the file; `name` is the row's own, or that of the span it hangs on.
    """

    table: str
    name: str
    field: str
    before: str | None
    after: str | None

    @property
    def what(self) -> str:
        """The row, in English."""
        kinds = {"document": "article", "settled": "difference", "link": "link of", "role": "role of"}
        return f"{kinds.get(self.table, self.table)} {self.name}".rstrip()


class Names:
    """What rows are called, looked up as they are needed; of what is gone the number is all there is."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._labels = {label.id: label.name for label in store.labels()}
        self._roles = {one.id: one.name for one in store.role_types()}
        self._relations = {one.id: one.name for one in store.relation_types()}

    def of(self, table: str, number: Value) -> str:
        """A row by its name."""
        if not isinstance(number, int):
            return ""
        kinds = {"label": self._labels, "role_type": self._roles, "relation_type": self._relations}
        if table in kinds:
            return kinds[table].get(number, str(number))
        if table == "entity":
            entity = self._store.entity(number)
            return entity.name if entity is not None else f"entity {number}"
        if table == "span":
            spans = self._store.spans([number])
            return f"“{shortened(spans[0].text)}”" if spans else f"span {number}"
        if table == "document":
            return self._article(number)
        return f"{table} {number}"

    def _article(self, number: int) -> str:
        row = self._store.document_row(number)
        return f"“{shortened(row.title or row.name)}”" if row is not None else f"article {number}"


def details(names: Names, entry: JournalEntry) -> list[Detail]:
    """All fields that a decision changed. Nothing where the history was compacted."""
    return [one for row in entry.changes for one in _of_row(names, row)]


def _of_row(names: Names, row: RowChange) -> list[Detail]:
    if row.table == "settled":
        before, after = (str(side["choice"]) if side else None for side in (row.before, row.after))
        return [Detail("settled", "", "choice", before, after)]
    name_of_row = _subject(names, row)
    fields = [name for name in (row.after or row.before or {}) if name not in _QUIET]
    found = []
    for name in fields:
        before, after = (_shown(names, row.table, name, side) for side in (row.before, row.after))
        if before != after and (before or after):
            found.append(Detail(row.table, name_of_row, name, before, after))
    return found


def _subject(names: Names, row: RowChange) -> str:
    full = {**(row.before or {}), **(row.after or row.before or {})}
    if row.table == "span" and "text" in full:
        return f"“{shortened(str(full['text']))}”"
    if row.table in ("link", "role") and "span" in full:
        return names.of("span", full["span"])
    if row.table in ("entity", "label") and "name" in full:
        return str(full["name"])
    return names.of(row.table, row.id) if row.table in ("span", "entity", "document") else str(row.id)


def _shown(names: Names, table: str, field: str, side: dict[str, Value] | None) -> str | None:
    if side is None:
        return None
    value = side.get(field)
    refers = REFERENCES.get(table, {}).get(field)
    if refers is not None and value is not None:
        return names.of(refers, value)
    return "" if value is None else str(value)
