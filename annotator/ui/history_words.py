"""What a decision changed, in the words of the window: for the log of history."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from annotator.domain.conflicts import MINE, THEIRS
from annotator.domain.models import DONE, IN_PROGRESS, NEW, STATES
from annotator.session.history import Detail
from annotator.ui import wording

_ROWS: Mapping[str, Callable[[], str]] = {
    "span": lambda: _tr("Span {name}"),
    "link": lambda: _tr("Link of {name}"),
    "role": lambda: _tr("Role in {name}"),
    "relation": lambda: _tr("Relation {name}"),
    "entity": lambda: _tr("Entity {name}"),
    "label": lambda: _tr("Label {name}"),
    "document": lambda: _tr("Article {name}"),
    "settled": lambda: _tr("Difference"),
}
_FIELDS: Mapping[str, Callable[[], str]] = {
    "state": lambda: _tr("State"),
    "status": lambda: _tr("Status"),
    "label": lambda: _tr("Label"),
    "entity": lambda: _tr("Entity"),
    "note": lambda: _tr("Note"),
    "flag": lambda: _tr("Flag"),
    "mod": lambda: _tr("Part of the date"),
    "start": lambda: _tr("Start"),
    "end": lambda: _tr("End"),
    "type": lambda: _tr("Type"),
    "from_span": lambda: _tr("From"),
    "to_span": lambda: _tr("To"),
    "name": lambda: _tr("Name"),
    "aliases": lambda: _tr("Other names"),
    "value": lambda: _tr("Value"),
    "key": lambda: _tr("Key"),
    "title": lambda: _tr("Title"),
    "date": lambda: _tr("Date"),
    "source": lambda: _tr("Source"),
    "tags": lambda: _tr("Tags"),
    "description": lambda: _tr("Guideline"),
    "choice": lambda: _tr("What stands"),
}
_VALUES: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "state": {state: lambda state=state: wording.state(state) for state in STATES},  # type: ignore[misc]
    "status": {
        NEW: lambda: _tr("new"),
        IN_PROGRESS: lambda: _tr("in progress"),
        DONE: lambda: _tr("done"),
    },
    "choice": {MINE: lambda: _tr("this project's"), THEIRS: lambda: _tr("theirs")},
}
_LONG = 60


def changed(one: Detail) -> str:
    """One field of one row, from what to what. What has no word here is called as in the file."""
    row = _ROWS[one.table]().format(name=one.name) if one.table in _ROWS else one.what
    field = _FIELDS[one.field]() if one.field in _FIELDS else one.field
    before, after = (_value(one.field, side) for side in (one.before, one.after))
    return f"{row} · {field}: {before} → {after}"


def _value(field: str, value: str | None) -> str:
    known = _VALUES.get(field, {}).get(value or "")
    return known() if known is not None else wording.plain(value, _LONG) if value else "–"


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
