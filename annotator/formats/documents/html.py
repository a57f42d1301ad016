"""Web pages: the main text without what surrounds it, with title, date and source."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.domain.changes import Message
from annotator.domain.clock import now
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import encoding
from annotator.formats.encoding import Encoding
from annotator.formats.format import Fit, Format
from annotator.formats.single import article
from annotator.formats.telling import tell_encoding

if TYPE_CHECKING:
    from trafilatura.settings import Document

_OPENING = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_WEB_NAMES: Final = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""What the web means by these names."""
_HEAD = 4096
_DATES: Final = {"original_date": True, "extensive_search": False}
"""The day of publication where the page says it; a search of the text finds others, and tries 200 languages for 5 s."""


def fit(head: bytes) -> Fit:
    """A page that says so on its first line."""
    return Fit.LIKELY if _OPENING.match(encoding.head_text(head)) else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The one article. A page without a main text is refused."""
    data = path.read_bytes()
    found = _encoding(path, data)
    page = _extract(encoding.decode(data, found))
    if page is None or not page.text:
        raise UserError("read.no_main_text", path=path)
    tell_encoding(notes, path, found)
    record = article(
        path, page.text, notes, title=page.title, date=page.date, source=page.sitename or page.hostname
    )
    meta = {name: value for name, value in (("author", page.author), ("url", page.url)) if value}
    if meta:
        record["meta"] = meta
    yield record


def _encoding(path: Path, data: bytes) -> Encoding:
    """That of a signature, UTF-8 where it is valid, else what the page declares, else a guess."""
    declared = _CHARSET.search(data, 0, _HEAD)
    if (
        declared is None
        or _decodes(data, "utf-8")
        or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    ):
        return encoding.detect(path)
    try:
        name = codecs.lookup(declared[1].decode("ascii", "replace")).name
        name = _WEB_NAMES.get(name, name)
        return Encoding(name, 0, "strict" if _decodes(data, name) else "replace")
    except LookupError:  # there is none of this name, or it is none of text
        return encoding.detect(path)


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeError:
        return False
    return True


def _no_licence(tree: object) -> str | None:  # noqa: ARG001  its name there
    """Nobody asks for it, and to look for it in footers that nest takes the square of their number."""
    return None


def _extract(page: str) -> Document | None:
    """The extractor asks no server for anything: it gets the page as text."""
    import logging

    from trafilatura import bare_extraction, metadata

    metadata.extract_license = _no_licence
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells of every page that it got over
    found = bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        date_extraction_params=_DATES | {"max_date": now()[:10]},
    )
    assert not isinstance(found, dict)  # which it gives only where that is asked for
    return found


FORMAT = Format(
    name="html", title="Web page", suffixes=(".html", ".htm", ".xhtml"), fit=fit, read=read, apart=True
)
