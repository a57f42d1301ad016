"""Plain text: one file is one article, its text exactly as the file decodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import encoding
from annotator.formats.checking import MAX_TEXT
from annotator.formats.format import Fit, Format
from annotator.formats.single import article
from annotator.formats.telling import tell_encoding

_WIDEST = 4
"""Bytes that one character takes at most, in every encoding that is read."""
# What opens as text and is none; anything else that is binary shows by its zero bytes.
_OTHER_KINDS = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"PK\x03\x04", "ZIP, Word, OpenDocument"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\xd0\xcf\x11\xe0", "Office 97 or Outlook (.doc, .xls, .msg)"),
)
# What is text by its signs. One that is named so is read with all its tags or heads.
_TEXT_KINDS = (
    (re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\b"), "XML"),
    (
        re.compile(
            rb"(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*(?:MIME-Version|Received|Message-ID):",
            re.IGNORECASE,
        ),
        "MIME (.eml, .mht)",
    ),
)
_HEAD = 1 << 16


def fit(_head: bytes) -> Fit:
    """Anything may be text; what is none is told when it is read."""
    return Fit.MAYBE


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The one article, named after the file; a short first line is its title."""
    if path.stat().st_size > MAX_TEXT * _WIDEST:
        raise UserError("read.text_too_large", path=path)
    data = path.read_bytes()
    kind = _other_kind(data, path)
    if kind:
        raise UserError("read.other_kind", path=path, kind=kind)
    found = encoding.detect(path)
    text = encoding.decode(data, found)
    tell_encoding(notes, path, found)
    yield article(path, text, notes)


def _other_kind(head: bytes, path: Path) -> str | None:
    if path.suffix.lower() != FORMAT.suffixes[0]:
        for pattern, kind in _TEXT_KINDS:
            if pattern.match(head, 0, _HEAD):
                return kind
    return next((kind for start, kind in _OTHER_KINDS if head.startswith(start)), None)


FORMAT = Format(name="txt", title="Plain text", suffixes=(".txt",), fit=fit, read=read)
