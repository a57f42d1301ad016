"""PDF: the text of its pages, in the lines that a page has."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats.archives import MAGIC
from annotator.formats.format import Fit, Format
from annotator.formats.single import article

_HEAD = 1024
"""The signature may stand this far from the beginning."""
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_LETTERS = {**_LIGATURES, ord("\t"): " "}
"""A page has places, no tabs: one stands for a blank. A ligature is how a typeface draws letters."""
_PARTED = re.compile(r"[^\W\d_][-\u00ad\u2010]\n(?=[^\W\d_])")


def fit(head: bytes) -> Fit:
    """The signature tells, where the file is no archive that holds one."""
    return Fit.SURE if b"%PDF-" in head[:_HEAD] and not head.startswith(MAGIC) else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The one article; its first line is the title. Pages that are pictures are told."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every small flaw that it got over
    try:
        with path.open("rb") as file:
            pages = [page.extract_text().translate(_LETTERS) for page in PdfReader(file).pages]
    except (DependencyError, FileNotDecryptedError) as error:
        raise UserError("read.encrypted", path=path) from error
    bare = sum(not page.strip() for page in pages)
    if bare == len(pages):
        raise UserError("read.scan", path=path)
    if bare:
        notes.append(Message("read.bare_pages", {"path": path, "count": bare}))
    text = "\n".join(pages).strip("\n")
    parted = len(_PARTED.findall(text))
    if parted:
        notes.append(Message("read.parted_words", {"path": path, "count": parted}))
    yield article(path, text, notes)


FORMAT = Format(name="pdf", title="PDF", suffixes=(".pdf",), fit=fit, read=read, apart=True)
