"""Rich text (.rtf)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats.format import Fit, Format
from annotator.formats.single import article

_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")


def fit(head: bytes) -> Fit:
    """Every RTF file begins alike."""
    return Fit.SURE if head.startswith(b"{\\rtf") else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The one article; its first line is the title."""
    from striprtf.striprtf import rtf_to_text

    data = path.read_bytes()
    if not data.rstrip(b"\0\r\n\t ").endswith(b"}"):
        raise UserError("read.cut_off", path=path)
    page = _code_page(data)
    rtf = data.decode(page, "replace")
    raw: str = rtf_to_text(rtf, encoding=page, errors="replace")  # type: ignore[no-untyped-call]
    # characters beyond the first plane are written as the two halves that UTF-16 has for them
    text = raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    yield article(path, text.strip("\n"), notes)


def _code_page(data: bytes) -> str:
    """The encoding of bytes beyond ASCII, cp1252 where the file names none that is known."""
    found = _PAGE.search(data)
    name = f"cp{found[1].decode()}" if found else "cp1252"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


FORMAT = Format(name="rtf", title="Rich text", suffixes=(".rtf",), fit=fit, read=read, apart=True)
