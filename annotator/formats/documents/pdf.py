"""PDF: the text of its pages, in the lines that a page has."""

from __future__ import annotations

import logging
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
            # a page has places, no tabs; where one is read it stands for a blank
            pages = [page.extract_text().replace("\t", " ") for page in PdfReader(file).pages]
    except (DependencyError, FileNotDecryptedError) as error:
        raise UserError("read.encrypted", path=path) from error
    bare = sum(not page.strip() for page in pages)
    if bare == len(pages):
        raise UserError("read.scan", path=path)
    if bare:
        notes.append(Message("read.bare_pages", {"path": path, "count": bare}))
    yield article(path, "\n".join(pages).strip("\n"), notes)


FORMAT = Format(name="pdf", title="PDF", suffixes=(".pdf",), fit=fit, read=read, apart=True)
