"""Plain text: one file is one article, its text exactly as the file decodes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.domain.text import MAX_REPLACED, clean
from annotator.errors import UserError
from annotator.formats import encoding
from annotator.formats.checking import MAX_TEXT, Place, check_text
from annotator.formats.format import Fit, Format
from annotator.formats.telling import tell_encoding, tell_replaced

_WIDEST = 4
"""Bytes that one character takes at most, in every encoding that is read."""
_LONGEST_TITLE = 200
# What opens as text and is none; anything else that is binary shows by its zero bytes.
_OTHER_KINDS = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"PK\x03\x04", "ZIP, Word or OpenDocument"),
    (b"SQLite format 3\0", "SQLite"),
)


def fit(head: bytes) -> Fit:
    """Anything may be text."""
    return Fit.NO if _other_kind(head) else Fit.MAYBE


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The one article, named after the file; a short first line is its title."""
    if path.stat().st_size > MAX_TEXT * _WIDEST:
        raise UserError("read.too_large", path=path, line=1)
    data = path.read_bytes()
    kind = _other_kind(data)
    if kind:
        raise UserError("read.other_kind", path=path, kind=kind)
    found = encoding.detect(path)
    raw = encoding.decode(data, found)
    text, replaced = clean(raw)
    if replaced > len(text) * MAX_REPLACED:
        raise UserError("read.binary", path=path)
    check_text(text, Place(path, 1))
    tell_encoding(notes, path, found)
    tell_replaced(notes, path, replaced)
    yield article(path.stem, text)


def article(name: str, text: str) -> Record:
    """A text as a record; a short first line is its title."""
    record: Record = {"id": name, "text": text}
    title = text.lstrip().partition("\n")[0].strip()
    if len(title) <= _LONGEST_TITLE:
        record["title"] = title
    return record


def _other_kind(head: bytes) -> str | None:
    return next((kind for start, kind in _OTHER_KINDS if head.startswith(start)), None)


FORMAT = Format(name="txt", title="Plain text", suffixes=(".txt",), fit=fit, read=read)
