"""JSON from files: objects on lines, after each other or in one array, one in memory at a time.

What SQLite cannot hold (U+0000, lone surrogates) becomes U+FFFD one for one, also where it is
escaped.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

import orjson

from annotator.domain.changes import Message
from annotator.domain.text import clean, clean_all
from annotator.errors import UserError
from annotator.formats import encoding
from annotator.formats.checking import Place
from annotator.formats.encoding import Encoding
from annotator.formats.telling import tell_encoding, tell_replaced

Json = dict[str, Any]

MAX_LINE = 200_000_000
"""Bytes of one line: an article of the allowed size, all of it escaped, with its spans."""

# A character that cannot be stored, among the escapes of a JSON string; pairs of surrogates
# and escaped backslashes match as a whole and are passed over.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2}))|.)",
    re.DOTALL,
)

_CHUNK: Final = 1 << 20
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_MAY_BE_UNSTORABLE: Final = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_MOST_DIGITS: Final = 25
"""More than 64 bits need; Python takes long over thousands."""
_TAIL: Final = 12
"""An error this near to the end of what was read may be one of a piece that is cut off."""


class Item(NamedTuple):
    """An object, where it stands, and how many of its characters could not be stored."""

    place: Place
    value: Json
    replaced: int


def items(path: Path, notes: list[Message]) -> Iterator[Item]:
    """The objects of a file, whether they stand on lines, after each other or in one array.

    UserError for what is no object, is cut off or nests too deep; it names line or record.
    """
    found = encoding.detect(path)
    tell_encoding(notes, path, found)
    replaced = 0
    with path.open("rb") as file:
        file.seek(found.skip)
        stream = io.TextIOWrapper(file, found.name, found.errors, newline="")
        for item in _Values(path, stream).all():
            replaced += item.replaced
            yield item
    tell_replaced(notes, path, replaced)


@lru_cache(maxsize=1)
def first_object(head: bytes) -> Json | None:
    """The first object of a file by its beginning; {} where it is no JSON, None where it is cut off."""
    text = encoding.head_text(head).lstrip().removeprefix("[").lstrip()
    if not text.startswith("{"):
        return {}
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    found: Json = value
    return found


def objects_of(value: Any) -> list[Json] | None:
    """A list of objects as it stands, else None."""
    if type(value) is list and all(type(inner) is dict for inner in value):
        return value
    return None


class _Values:
    """Values of a JSON text, read piece by piece."""

    def __init__(self, path: Path, stream: io.TextIOWrapper) -> None:
        self._path = path
        self._stream = stream
        self._buffer, self._at, self._line, self._ended = "", 0, 1, False
        self._decoder = json.JSONDecoder(parse_constant=_refuse, parse_float=_float, parse_int=_int)

    def all(self) -> Iterator[Item]:
        if self._next() == "[":
            self._at += 1
            yield from self._array()
            return
        while self._next():
            place = Place(self._path, self._line)
            yield self._value(place)

    def _array(self) -> Iterator[Item]:
        number = 0
        while self._next() != "]":
            number += 1
            place = Place(self._path, self._line, number)
            yield self._value(place)
            sign = self._next()
            if sign == ",":
                self._at += 1
            elif sign != "]":
                raise place.wrong(
                    "read.bad_json", why="the list is cut off" if not sign else "no comma", column=1
                )
        self._at += 1
        if self._next():
            raise Place(self._path, self._line).wrong("read.bad_json", why="more after the end", column=1)

    def _next(self) -> str:
        """The next sign that is not white space, "" at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._at)
            assert match is not None  # it matches the empty string
            self._line += self._buffer.count("\n", self._at, match.end())
            self._at = match.end()
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def _decoded(self, place: Place) -> tuple[Any, int]:
        """The next value and where it ends."""
        while True:
            try:
                return self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                cut = error.pos >= len(self._buffer) - _TAIL or error.msg.startswith("Unterminated")
                if not (cut and self._more()):
                    line = place.line + self._buffer.count("\n", self._at, error.pos)
                    there = place._replace(line=line)
                    raise there.wrong("read.bad_json", why=error.msg, column=error.colno) from error
            except ValueError as error:
                raise place.wrong("read.bad_json", why=str(error), column=1) from error
            except RecursionError as error:
                raise place.wrong("read.too_deep", field="...") from error

    def _value(self, place: Place) -> Item:
        value, end = self._decoded(place)
        source, self._at = self._buffer[self._at : end], end
        self._line += source.count("\n")
        if type(value) is not dict:
            raise place.wrong("read.no_object")
        replaced = 0
        if _MAY_BE_UNSTORABLE.search(source):
            value, replaced = clean_all(value)
        return Item(place, value, replaced)

    def _more(self) -> bool:
        """Read on; False at the end of the file."""
        kept = self._buffer[self._at :]
        if len(kept) > MAX_LINE:
            raise UserError("read.long_line", path=self._path, line=self._line)
        piece = clean(self._stream.read(max(_CHUNK, len(kept))))[0]
        self._buffer, self._at = kept + piece, 0
        return bool(piece)


def _float(digits: str) -> float:
    """A number as SQLite's JSON can hold it. ValueError where it is beyond all floats."""
    number = float(digits)
    return number if isfinite(number) else _refuse(digits)


def _int(digits: str) -> int | float:
    """As orjson reads it: a float where 64 bits do not hold it."""
    number = int(digits) if len(digits) < _MOST_DIGITS else _float(digits)
    return number if -(1 << 63) <= number < 1 << 64 else float(number)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def lines(path: Path, found: Encoding) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, as UTF-8, with their numbers."""
    with path.open("rb") as file:
        file.seek(found.skip)
        if found.name == "utf-8" and found.errors == "strict":
            found_lines: Iterator[bytes] = iter(lambda: file.readline(MAX_LINE + 1), b"")
        else:
            # "\n" alone ends a line, in any encoding
            wide = io.TextIOWrapper(file, found.name, found.errors, newline="\n")
            found_lines = (clean(line)[0].encode() for line in iter(lambda: wide.readline(MAX_LINE + 1), ""))
        for number, line in enumerate(found_lines, 1):
            if len(line) > MAX_LINE:
                raise UserError("read.long_line", path=path, line=number)
            if not line.isspace():
                yield number, line


def parse(line: bytes, place: Place) -> tuple[dict[str, Any], int]:
    """The object on a line, and how many of its characters could not be stored."""
    count = 0
    if b"\\u0000" in line:
        line, count = _storable(line)
    try:
        item = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        line, count = _storable(line)
        if not count:
            raise _bad(place, error) from error
        try:
            item = orjson.loads(line)
        except orjson.JSONDecodeError as again:
            raise _bad(place, again) from again
    if type(item) is not dict:
        raise place.wrong("read.no_object")
    return item, count


def _storable(line: bytes) -> tuple[bytes, int]:
    """A line with U+FFFD for U+0000 and lone surrogates, which orjson does not take either."""
    count = 0

    def replace(match: re.Match[bytes]) -> bytes:
        nonlocal count
        if match[1] is None:
            return match[0]
        count += 1
        return rb"\ufffd"

    return _ESCAPE.sub(replace, line), count


def _bad(place: Place, error: orjson.JSONDecodeError) -> UserError:
    return place.wrong("read.bad_json", why=error.msg, column=error.colno)
