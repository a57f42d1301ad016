"""A file that is one article: its record, named after the file."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.domain.text import MAX_REPLACED, clean
from annotator.errors import UserError
from annotator.formats import checking
from annotator.formats.telling import tell_replaced

_LONGEST_TITLE = 200


def article(path: Path, raw: str, notes: list[Message], **head: str | None) -> Record:
    """The record of a text as it was decoded; without a title in `head` a short first line is it.

    UserError where the text is blank, over the limit or none.
    """
    text, replaced = clean(raw)
    if replaced > len(text) * MAX_REPLACED:
        raise UserError("read.binary", path=path)
    if not text or text.isspace():
        raise UserError("read.no_text", path=path)
    if len(text) * 4 > checking.MAX_TEXT and len(text.encode()) > checking.MAX_TEXT:
        raise UserError("read.text_too_large", path=path)
    tell_replaced(notes, path, replaced)
    record = titled(path.stem, text)
    if title := _line(head.get("title")):
        record["title"] = title
    if date := head.get("date"):
        record["date"] = date
    if source := _line(head.get("source")):
        record["source"] = source
    return record


def titled(name: str, text: str) -> Record:
    """The record of a text under a name; a short first line is its title."""
    record: Record = {"id": _line(name) or "text", "text": text}
    title = text.lstrip().partition("\n")[0].strip()
    if len(title) <= _LONGEST_TITLE:
        record["title"] = title
    return record


def _line(text: str | None) -> str:
    return " ".join(clean(text or "")[0].split())
