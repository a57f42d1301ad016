"""One decision over several articles."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.changes import ChangeSet, Message, RowChange
from annotator.domain.models import REFERENCES, Row


def together(title: Message, changes: Iterable[ChangeSet]) -> ChangeSet:
    """Several decisions as one, undone as one; ids of new rows are kept apart."""
    rows: list[RowChange] = []
    lowest = 0
    for change in changes:
        shift = lowest
        for row in change.rows:
            number = row.id + shift if row.id < 0 else row.id
            lowest = min(lowest, number)
            rows.append(
                RowChange(
                    row.table,
                    number,
                    _shifted(row.table, row.before, shift),
                    _shifted(row.table, row.after, shift),
                )
            )
    return ChangeSet(title, tuple(rows))


def _shifted(table: str, fields: Row | None, shift: int) -> Row | None:
    """The fields with references to new rows moved like the rows."""
    if fields is None or not shift:
        return fields
    moved = dict(fields)
    for name in REFERENCES.get(table, {}):
        value = fields.get(name)
        if isinstance(value, int) and value < 0:
            moved[name] = value + shift
    return moved
