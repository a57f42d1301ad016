"""E-books (.epub): the chapters in their reading order as one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote
from zipfile import ZipFile

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import xml
from annotator.formats.archives import MAX_DOCUMENT, Budget, opened, part
from annotator.formats.format import Fit, Format
from annotator.formats.single import article

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MEDIA: Final = b"mimetypeapplication/epub+zip"
_CONTAINER: Final = "META-INF/container.xml"
_BLOCKS: Final = frozenset(
    "address article aside blockquote body dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li "
    "main nav ol p pre section table td th tr ul br".split()
)
_SILENT: Final = frozenset({"head", "script", "style", "template"})


def fit(head: bytes) -> Fit:
    """The first entry of the archive names the media type."""
    return Fit.SURE if head.startswith(_MEDIA, 30) else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The one article, with the title, date and publisher of the book."""
    with opened(path, Budget(size=MAX_DOCUMENT)) as archive:
        book = _book(archive, path)
        root = xml.parse(part(archive, book, path), path, book)
        chapters = [_lines(part(archive, name, path)) for name in _spine(root, dirname(book))]
    text = "\n\n".join(filter(None, chapters))
    date = xml.first_text(root, "date")
    yield article(
        path,
        text,
        notes,
        title=xml.first_text(root, "title"),
        date=date[:10] if date else None,
        source=xml.first_text(root, "publisher"),
    )


def _book(archive: ZipFile, path: Path) -> str:
    """The name of the package document."""
    container = xml.parse(part(archive, _CONTAINER, path), path, _CONTAINER)
    for element in container.iter():
        if xml.local(element) == "rootfile" and element.get("full-path"):
            return element.get("full-path", "")
    raise UserError("read.bad_archive", path=path, why=f"{_CONTAINER} names no book")


def _spine(root: Element, folder: str) -> list[str]:
    """The names of the chapters in their order."""
    items = {element.get("id"): element for element in root.iter() if xml.local(element) == "item"}
    order = [element.get("idref") for element in root.iter() if xml.local(element) == "itemref"]
    hrefs = [items[name].get("href", "") for name in order if name in items]
    return [normpath(join(folder, unquote(href.partition("#")[0]))) for href in hrefs]


def _lines(chapter: bytes) -> str:
    """The text of a chapter, a line for each block, with white space as a browser folds it."""
    from lxml.etree import iterwalk
    from lxml.html import HTMLParser, document_fromstring

    if not chapter.strip():
        return ""
    parser = HTMLParser(no_network=True, encoding=None if chapter.startswith(b"\xff\xfe") else "utf-8")
    pieces: list[str] = []
    walk = iterwalk(document_fromstring(chapter, parser=parser), events=("start", "end"))
    for event, element in walk:
        pieces += _piece(walk, event, element)
    lines = (re.sub("[ \t\r\n]+", " ", line).strip(" ") for line in "".join(pieces).split("\0"))
    return "\n".join(filter(None, lines))


def _piece(walk: Any, event: str, element: Any) -> Iterator[str]:
    """What an element says at its start, or at its end and behind it; NUL ends a line."""
    is_said = isinstance(element.tag, str) and element.tag not in _SILENT
    edge = "\0" if element.tag in _BLOCKS else ""
    if event == "start":
        if not is_said:
            walk.skip_subtree()
        yield edge + ((element.text or "") if is_said else "")
    else:
        yield edge + (element.tail or "")


FORMAT = Format(name="epub", title="E-book", suffixes=(".epub",), fit=fit, read=read, apart=True)
