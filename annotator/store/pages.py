"""Reading rows from the pages of a SQLite file without SQLite, so that a damaged one gives what is whole.

Format: sqlite.org/fileformat2.html. Only what our files have is known: no reserved bytes, UTF-8, tables
with a rowid. Everything is bounds-checked; what does not fit raises `BrokenError`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

Field = int | float | str | bytes | None

LEAF, INTERIOR = 0x0D, 0x05
_HEADER: Final = 100
"""Bytes of the file's own header at the start of page 1."""
_SIZES: Final = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""Bytes of a value by its serial type."""


class BrokenError(Exception):
    """These bytes are no page, cell or record."""


class Cell(NamedTuple):
    """A row: its number, its fields as stored, and the pages that hold it."""

    rowid: int
    fields: tuple[Field, ...]
    pages: tuple[int, ...]


class Pages:
    """The pages of a file, numbered from 1."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content = content
        self._size = size
        self.count = len(content) // size

    def page(self, number: int) -> bytes:
        if not 1 <= number <= self.count:
            raise BrokenError
        return self._content[(number - 1) * self._size : number * self._size]

    def kind(self, number: int) -> int:
        """LEAF, INTERIOR or something else."""
        return self.page(number)[_start(number)]

    def children(self, number: int) -> list[int]:
        """The pages below an interior one."""
        page, start = self.page(number), _start(number)
        below = [_number(page, pointer, 4) for pointer in self._pointers(page, start, 12)]
        return [*below, _number(page, start + 8, 4)]

    def cells(self, number: int) -> Iterator[Cell]:
        """The rows of a leaf that are whole."""
        page = self.page(number)
        for pointer in self._pointers(page, _start(number), 8):
            try:
                yield self._cell(page, pointer, number)
            except (BrokenError, IndexError, struct.error, UnicodeDecodeError, OverflowError):
                continue

    def unused(self) -> set[int]:
        """Pages that the file says hold nothing."""
        found: set[int] = set()
        head = self.page(1)
        trunk = _number(head, 32, 4)
        while trunk and trunk not in found and trunk <= self.count:
            found.add(trunk)
            page = self.page(trunk)
            leaves = min(_number(page, 4, 4), self._size // 4 - 2)
            found.update(_number(page, 8 + 4 * leaf, 4) for leaf in range(leaves))
            trunk = _number(page, 0, 4)
        return found

    def _pointers(self, page: bytes, start: int, header: int) -> list[int]:
        count = _number(page, start + 3, 2)
        end = start + header + 2 * count
        if end > self._size:
            raise BrokenError
        pointers = [_number(page, start + header + 2 * cell, 2) for cell in range(count)]
        if any(not end <= pointer < self._size for pointer in pointers):
            raise BrokenError
        return pointers

    def _cell(self, page: bytes, at: int, number: int) -> Cell:
        length, at = _varint(page, at)
        rowid, at = _varint(page, at)
        local = self._local(length)
        payload, pages = page[at : at + local], [number]
        if local < length:
            following = _number(page, at + local, 4)
            while len(payload) < length:
                if following in pages:
                    raise BrokenError
                pages.append(following)
                overflow = self.page(following)
                payload += overflow[4 : 4 + length - len(payload)]
                following = _number(overflow, 0, 4)
            if following:
                raise BrokenError  # the chain goes on where the row ends
        if len(payload) != length:
            raise BrokenError
        return Cell(_signed(rowid), _record(payload), tuple(pages))

    def _local(self, length: int) -> int:
        """How much of a row lies in its leaf."""
        most = self._size - 35
        if length <= most:
            return length
        least = (self._size - 12) * 32 // 255 - 23
        rest = least + (length - least) % (self._size - 4)
        return rest if rest <= most else least


def _record(payload: bytes) -> tuple[Field, ...]:
    header, at = _varint(payload, 0)
    types = []
    while at < header:
        kind, at = _varint(payload, at)
        types.append(kind)
    if at != header:
        raise BrokenError
    fields = []
    for kind in types:
        size = _SIZES[kind] if kind < len(_SIZES) else (kind - 12) // 2
        if at + size > len(payload) or kind in (10, 11):
            raise BrokenError
        fields.append(_field(kind, payload[at : at + size]))
        at += size
    if at != len(payload):
        raise BrokenError
    return tuple(fields)


def _field(kind: int, value: bytes) -> Field:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", value)[0])
    if kind < 7:
        return int.from_bytes(value, "big", signed=True)
    return value.decode("utf-8") if kind % 2 else value


def _start(number: int) -> int:
    return _HEADER if number == 1 else 0


def _number(page: bytes, at: int, size: int) -> int:
    if at + size > len(page):
        raise BrokenError
    return int.from_bytes(page[at : at + size], "big")


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(9):
        byte = page[at + step]
        if step == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    raise BrokenError


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value
