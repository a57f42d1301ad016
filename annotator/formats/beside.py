"""Articles that are files of a folder, and the text that stands beside one."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.text import clean
from annotator.errors import UserError
from annotator.formats import encoding
from annotator.formats.checking import MAX_TEXT
from annotator.formats.encoding import Encoding
from annotator.formats.telling import tell_encoding, tell_replaced


def members(path: Path, ending: str) -> list[Path]:
    """The files of a folder in order of name, or the one file that it is."""
    return sorted(path.glob(f"*{ending}")) if path.is_dir() else [path]


def put_text(path: Path, text: str) -> None:
    """Write the text of an article as it is. One that begins with U+FEFF is signed: else it were taken for a signature."""
    path.write_bytes(text.encode("utf-8-sig" if text.startswith("\ufeff") else "utf-8"))


def text_of(path: Path, notes: list[Message], known: Encoding | None = None) -> str:
    """A file as text; what had to be guessed or replaced is told."""
    if path.stat().st_size > MAX_TEXT * 4:
        raise UserError("read.text_too_large", path=path)
    found = known or encoding.detect(path)
    tell_encoding(notes, path, found)
    try:
        text, replaced = clean(encoding.decode(path.read_bytes(), found))
    except UnicodeDecodeError as error:
        raise UserError("read.binary", path=path) from error
    tell_replaced(notes, path, replaced)
    return text


def text_beside(path: Path, notes: list[Message], known: Encoding | None = None) -> str:
    """What the annotations of a file are about. UserError where it is not there."""
    beside = path.with_suffix(".txt")
    if not beside.is_file():
        raise UserError("read.no_text_beside", path=path, beside=beside.name)
    return text_of(beside, notes, known)
