"""Decisions about an article as a whole: its status, its title, date and source, its removal."""

from __future__ import annotations

from annotator.domain.changes import ChangeSet, Message, RowChange
from annotator.domain.models import Document, Row, Value


def set_status(document: Document, status: str) -> ChangeSet:
    """Mark an article new, in progress or done."""
    return _change(document, f"document.{status}", status=status)


def set_fields(document: Document, **fields: Value) -> ChangeSet:
    """Set title, date, source, note, flag or tags."""
    return _change(document, "document.edited", **fields)


def set_flag(document: Document, *, flag: bool) -> ChangeSet:
    """Mark an article to come back to, or take the mark away."""
    return _change(document, "document.flagged" if flag else "document.unflagged", flag=int(flag))


def remove(document: Document) -> ChangeSet:
    """Take an article out of the project's lists and exports; it stays in the file."""
    return _change(document, "document.removed", removed=1)


def restore(document: Document) -> ChangeSet:
    """Take back a removal."""
    return _change(document, "document.restored", removed=0)


def _change(document: Document, code: str, **fields: Value) -> ChangeSet:
    old = document._asdict()
    after: Row = {name: value for name, value in fields.items() if old[name] != value}
    before: Row = {name: old[name] for name in after}
    rows = (RowChange("document", document.id, before, after),) if after else ()
    title = Message(code, {"title": document.title or document.name})
    return ChangeSet(title, rows, document=document.id)
