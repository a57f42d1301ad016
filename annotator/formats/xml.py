"""XML from strangers, by defusedxml: no entities, no document type, nothing fetched."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import UserError
from annotator.formats.checking import MAX_DEPTH

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile

_HEAD = 8192


def parse(data: bytes, path: Path, name: str) -> Element:
    """The root of a document. UserError for what is no XML, nests too deep or has a document type."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    depth = 0
    root: Element | None = None
    try:
        for event, element in iterparse(io.BytesIO(data), ("start", "end"), forbid_dtd=True):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if depth > MAX_DEPTH:
                raise UserError("read.xml_too_deep", path=path, part=name)
    except DefusedXmlException as error:
        raise UserError("read.xml_entities", path=path, part=name) from error
    except (ParseError, ValueError, LookupError) as error:
        raise UserError("read.bad_xml", path=path, part=name, why=str(error)) from error
    assert root is not None  # an empty document is a ParseError
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def first_text(root: Element, name: str) -> str | None:
    """The text of the first element of this name that has some."""
    return next((found.text for found in root.iter() if local(found) == name and found.text), None)


def refuse_doctype(archive: ZipFile, path: Path) -> None:
    """UserError where a part of a document begins with a document type, for libraries that do not ask."""
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            with archive.open(entry) as file:
                head = file.read(_HEAD).replace(b"\0", b"")  # UTF-16 reads like ASCII without its zeros
            if b"<!DOCTYPE" in head:
                raise UserError("read.xml_entities", path=path, part=entry.filename)
