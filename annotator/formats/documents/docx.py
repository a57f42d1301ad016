"""Word documents (.docx)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.formats import xml
from annotator.formats.archives import MAX_DOCUMENT, Budget, is_office, opened, part
from annotator.formats.documents.paragraphs import Grammar, text
from annotator.formats.format import Fit, Format
from annotator.formats.single import article
from annotator.formats.telling import tell_left_out, tell_tracked

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAIN: Final = "word/document.xml"
_ASIDE: Final = {"footnoteReference", "endnoteReference", "commentReference"}
_TRACKED: Final = {"ins", "del", "moveFrom", "moveTo"}
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def fit(head: bytes) -> Fit:
    """An archive whose first entries are those of Word."""
    return Fit.LIKELY if is_office(head, b"word/") else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The one article; its first line is the title. What tracked changes deleted is not in it."""
    with opened(path, Budget(size=MAX_DOCUMENT)) as archive:
        root = xml.parse(part(archive, _MAIN, path), path, _MAIN)
    tell_tracked(notes, path, sum(xml.local(element) in _TRACKED for element in root.iter()))
    tell_left_out(notes, path, sum(xml.local(element) in _ASIDE for element in root.iter()))
    yield article(path, text(root, _GRAMMAR), notes)


def _at(name: str, element: Element) -> str:
    return (element.text or "") if name == "t" else _SIGNS.get(name, "")


_GRAMMAR: Final = Grammar(
    paragraphs=frozenset({"p"}),
    # what was deleted, settings, and the second form of what stands there in a newer one
    skipped=frozenset({"del", "moveFrom", "pPr", "rPr", "tblPr", "sectPr", "Fallback"}),
    at=_at,
    behind=lambda _: "",
)

FORMAT = Format(name="docx", title="Word", suffixes=(".docx",), fit=fit, read=read, apart=True)
