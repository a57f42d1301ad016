"""OpenDocument text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.formats import xml
from annotator.formats.archives import MAX_DOCUMENT, Budget, opened, part
from annotator.formats.documents.paragraphs import Grammar, text
from annotator.formats.format import Fit, Format
from annotator.formats.single import article
from annotator.formats.telling import tell_left_out, tell_tracked

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MEDIA: Final = b"mimetypeapplication/vnd.oasis.opendocument.text"
_ASIDE: Final = frozenset({"note", "annotation"})
_SPACES: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}c"
_MOST_SPACES: Final = 1000
_SIGNS: Final = {"tab": "\t", "line-break": "\n"}


def fit(head: bytes) -> Fit:
    """The first entry of the archive names the media type."""
    return Fit.SURE if head.startswith(_MEDIA, 30) else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The one article; its title is what the document gives as one, else the first line."""
    with opened(path, Budget(size=MAX_DOCUMENT)) as archive:
        content = xml.parse(part(archive, "content.xml", path), path, "content.xml")
        title = None
        if "meta.xml" in archive.namelist():
            title = xml.first_text(xml.parse(archive.read("meta.xml"), path, "meta.xml"), "title")
    tell_tracked(notes, path, sum(xml.local(element) == "changed-region" for element in content.iter()))
    tell_left_out(notes, path, sum(xml.local(element) in _ASIDE for element in content.iter()))
    yield article(path, text(content, _GRAMMAR), notes, title=title)


def _at(name: str, element: Element) -> str:
    if name == "s":
        count = element.get(_SPACES, "1")
        return " " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES)
    return _SIGNS.get(name, "") + _folded(element.text)


def _folded(raw: str | None) -> str:
    """White space as OpenDocument means it: a run of it is one blank."""
    return re.sub("[ \t\r\n]+", " ", raw or "")


_GRAMMAR: Final = Grammar(
    paragraphs=frozenset({"p", "h"}),
    skipped=_ASIDE | {"tracked-changes", "forms", "table-of-content", "meta"},
    at=_at,
    behind=lambda element: _folded(element.tail),
)

FORMAT = Format(name="odt", title="OpenDocument text", suffixes=(".odt",), fit=fit, read=read, apart=True)
