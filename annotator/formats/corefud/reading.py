"""CoNLL-U with entities into records: one a document, its text put together from the words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.domain.text import clean
from annotator.errors import UserError
from annotator.formats import encoding
from annotator.formats.checking import MAX_TEXT, Place, check_record
from annotator.formats.corefud.writing import ALONE, CARRIES, FIELDS, HEAD, LINKED, SPACES, write
from annotator.formats.format import Fit, Format
from annotator.formats.telling import tell_encoding

Json = dict[str, Any]

_MAX_LINE: Final = 1_000_000
_COLUMNS: Final = 10
_COMMENT: Final = re.compile(r"#\s*([\w.]+(?: id)?) = (.*)")
_PIECE: Final = re.compile(r"\(([^()|]+)(\)?)|([^()|]+)\)")
_ESCAPED: Final = re.compile(r"\\.", re.DOTALL)
_SIGNS: Final = {escaped: sign for sign, escaped in SPACES.items()}
_PART: Final = re.compile(r"\[(\d+)/(\d+)\]$")


def fit(head: bytes) -> Fit:
    """Comments as CorefUD begins with, or rows of ten columns."""
    text = encoding.head_text(head)
    if text.startswith("# global.Entity"):
        return Fit.SURE
    row = next((line for line in text.split("\n") if line and not line.startswith("#")), "")
    return Fit.LIKELY if row.count("\t") == _COLUMNS - 1 and row[0].isdigit() else Fit.NO


def read(path: Path, notes: list[Message]) -> Iterator[Record]:
    """The documents of a file. UserError for a row that is none, or a mention that never ends."""
    found = encoding.detect(path)
    tell_encoding(notes, path, found)
    document: _Document | None = None
    fields = FIELDS.split("-")
    last = ""
    with path.open("rb") as raw:
        raw.seek(found.skip)
        file = io.TextIOWrapper(raw, found.name, found.errors, newline="\n")
        for number, line in enumerate(iter(lambda: file.readline(_MAX_LINE + 1), ""), 1):
            place = Place(path, number)
            if len(line) > _MAX_LINE:
                raise UserError("read.long_row", path=path, line=number)
            line = clean(line.rstrip("\n"))[0]  # noqa: PLW2901
            last = line or last
            comment = _COMMENT.match(line) if line.startswith("#") else None
            name, value = (comment[1], comment[2]) if comment else ("", "")
            if name == "global.Entity":
                fields = value.strip().split("-")
            elif name == "newdoc id" or line.strip() == "# newdoc":
                if document is not None:
                    yield document.record()
                document = _Document(place, _unescaped(value) if value else f"{path.stem}-{number}", fields)
            elif name in HEAD and document is not None:
                document.item[name] = _unescaped(value)
            elif not line.strip() and document is not None:
                document.end_sentence()
            elif line.strip() and not line.startswith("#"):
                document = document or _Document(place, f"{path.stem}-{number}", fields)
                document.add(line.split("\t"), place)
    if document is None:
        raise UserError("read.no_articles", path=path)
    if last.startswith("#"):  # it announces a sentence that does not follow
        raise UserError("read.cut_off", path=path)
    yield document.record()


class _Document:
    """A document as its words come."""

    def __init__(self, place: Place, name: str, fields: list[str]) -> None:
        self.item: Json = {"id": name, "text": "", "spans": [], "entities": {}}
        self._place = place
        self._fields = fields
        self._pieces: list[str] = []
        self._size = 0
        self._open: dict[str, list[Json]] = {}
        self._parts: dict[str, Json] = {}
        self._covered = 0
        self._word = (0, 0)
        self._default = False  # whether what follows the last word was not said

    def add(self, columns: list[str], place: Place) -> None:
        """One row: a word, several in one, or an empty node."""
        if len(columns) != _COLUMNS:
            raise place.wrong("read.not_ten_columns", count=len(columns))
        number, misc = columns[0], _misc(columns[9])
        if "." in number:
            return
        first, _, last = number.partition("-")
        if not (first.isdecimal() and (last or first).isdecimal()):
            raise place.wrong("read.not_ten_columns", count=len(columns))
        if last or int(first) > self._covered:
            self._say(columns[1], misc)
            self._covered = int(last or first)
        if not last:
            self._mark(misc.get("Entity", ""), place)

    def end_sentence(self) -> None:
        """Words are counted from 1 again."""
        self._covered = 0

    def record(self) -> Record:
        """The document, checked."""
        if self._default and self._pieces:
            self._pieces.pop()
        self.item["text"] = "".join(self._pieces)
        if any(self._open.values()):
            names = [name for name, waiting in self._open.items() if waiting]
            raise self._place.wrong("read.never_ends", name=names[0][:40])
        return check_record(self.item, self._place)

    def _say(self, form: str, misc: dict[str, str]) -> None:
        for piece in (_spaces(misc.get("SpacesBefore", "")), form):
            self._pieces.append(piece)
            self._size += len(piece)
        self._word = (self._size - len(form), self._size)
        self._default = "SpacesAfter" not in misc and misc.get("SpaceAfter") != "No"
        after = " " if self._default else _spaces(misc.get("SpacesAfter", ""))
        self._pieces.append(after)
        self._size += len(after)
        if self._size > MAX_TEXT:
            raise self._place.wrong("read.too_large")

    def _mark(self, entity: str, place: Place) -> None:
        for match in _PIECE.finditer(entity):
            if match[1]:
                name, span = self._begin(match[1].split("-"))
                span["end"] = self._word[1]
                if not match[2]:
                    self._open.setdefault(name, []).append(span)
            else:
                name = _PART.sub("", match[3])
                waiting = self._open.get(name)
                if not waiting:
                    raise place.wrong("read.never_began", name=name[:40])
                waiting.pop()["end"] = self._word[1]

    def _begin(self, values: list[str]) -> tuple[str, Json]:
        """The entity and mention that a bracket opens; of one in parts each goes on with the first."""
        said = dict(zip(self._fields, values, strict=False))
        part, name = _PART.search(values[0]), _PART.sub("", values[0])
        if part and int(part[1]) > 1 and name in self._parts:
            return name, self._parts[name]
        label = unquote(said.get("etype") or "") or "MENTION"
        span: Json = {"start": self._word[0], "end": self._word[1], "label": label}
        if part:
            self._parts[name] = span
        if not name.startswith(ALONE):
            key = unquote(name.removeprefix(LINKED))
            span["entity"] = key
            if said.get("identity"):
                self.item["entities"][key] = {"label": label, "name": unquote(said["identity"])}
        self.item["spans"].append(span)
        return name, span


def _misc(column: str) -> dict[str, str]:
    pairs = (one.partition("=") for one in column.split("|"))
    return {name: value for name, sign, value in pairs if sign}


def _spaces(escaped: str) -> str:
    return _ESCAPED.sub(lambda match: _SIGNS.get(match[0], match[0]), escaped)


def _unescaped(value: str) -> str:
    signs = {"\\\\": "\\", "\\n": "\n", "\\r": "\r"}
    return _ESCAPED.sub(lambda match: signs.get(match[0], match[0]), value)


FORMAT = Format(
    name="corefud",
    title="CorefUD (CoNLL-U with entities)",
    suffixes=(".conllu",),
    fit=fit,
    read=read,
    write=write,
    carries=CARRIES,
)
