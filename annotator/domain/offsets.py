"""The text as Qt shows it, and where each code point lies there.

Qt counts UTF-16, folds CRLF, drops a leading U+FEFF and breaks paragraphs at characters of
its own choice, so the widget gets a display text made by 1:1 substitution and nothing is
ever read back from it. A paragraph of more than FOLD units is folded into several blocks
(one line of 1 MB stalls any Qt layout): each fold adds one separator to Qt's positions.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

FOLD: Final = 2000
"""Longest block, in code points."""

_Ints = NDArray[np.int64]

_DIRTY = re.compile("[\r\x00\u2029\ufdd0\ufdd1\ud800-\udfff]|^\ufeff")
_ODD = "\r\x00\u2029\ufdd0\ufdd1"
_ZERO_WIDTH_SPACE = "\u200b"
_WORD_JOINER = "\u2060"
_NUL_PICTURE = "\u2400"
_REPLACEMENT = "\ufffd"


class OffsetMap:
    """Both ways between code points of a text and positions in the document that shows it.

    `display` is what the document is filled with; it has one character for each of the text
    plus one line feed for each fold. Single look-ups are bisections over the few characters
    outside the BMP and the folds; bulk ones are vectorised.
    """

    def __init__(self, text: str) -> None:
        self.length = len(text)
        shown, points = _shown(text)
        breaks = np.flatnonzero(points == ord("\n"))
        self._folds = _folds(shown, breaks)
        self.display = _folded(shown, self._folds)
        self._astral = np.flatnonzero(points > 0xFFFF).astype(np.int64)
        self._fold_points = np.asarray(self._folds, dtype=np.int64)
        self._astral_list: list[int] = self._astral.tolist()
        # Where each of them stands in UTF-16, and each fold's separator in the document.
        self._astral_units: list[int] = (self._astral + np.arange(len(self._astral))).tolist()
        self._separators: list[int] = (self.many_to_qt(self._fold_points) - 1).tolist()
        self.qt_length = self.to_qt(self.length)
        self.block_lengths, self.goes_on, self.blank = self._blocks(breaks, points)

    def to_qt(self, point: int) -> int:
        """The document position before a code point; 0 <= point <= length."""
        return point + bisect_left(self._astral_list, point) + bisect_right(self._folds, point)

    def to_cp(self, position: int) -> int:
        """The code point at a document position; inside a surrogate pair the pair's own."""
        units = position - bisect_left(self._separators, position)
        return min(units - bisect_left(self._astral_units, units), self.length)

    def many_to_qt(self, points: ArrayLike) -> _Ints:
        """`to_qt` of an array."""
        array = np.asarray(points, dtype=np.int64)
        astral = np.searchsorted(self._astral, array, side="left")
        folds = np.searchsorted(self._fold_points, array, side="right")
        return array + astral + folds

    def _blocks(
        self, breaks: _Ints, points: NDArray[np.uint32]
    ) -> tuple[_Ints, NDArray[np.bool_], NDArray[np.bool_]]:
        """Of each block: its length in UTF-16 without the separator, whether its paragraph goes on in the
        next one, whether it is blank: it may hold what stands for the carriage return of its line end."""
        # A line feed ends its block where it stands; a fold's separator stands before its point.
        separators = np.asarray(self._separators, dtype=np.int64)
        ends = np.sort(np.concatenate([self.many_to_qt(breaks), separators]))
        starts = np.concatenate([[0], ends + 1])
        lengths: _Ints = np.concatenate([ends, [self.qt_length]]) - starts
        blank = lengths <= 0
        ended = np.searchsorted(ends, self.many_to_qt(breaks))
        returns = (breaks > 0) & (points[np.maximum(breaks - 1, 0)] == ord(_ZERO_WIDTH_SPACE))
        blank[ended] |= returns & (lengths[ended] == 1)
        return lengths, np.append(np.isin(ends, separators), False), blank


def _shown(text: str) -> tuple[str, NDArray[np.uint32]]:
    """The text, each character that Qt would not keep replaced by one that it does; its code points."""
    # Looking for one character is far faster than for a class of them, and most texts are clean.
    if not text.startswith("\ufeff") and not any(char in text for char in _ODD):
        try:
            return text, _code_points(text)
        except UnicodeEncodeError:
            pass  # a lone surrogate
    shown = _DIRTY.sub(lambda found: _substitute(text, found), text)
    return shown, _code_points(shown)


def _substitute(text: str, found: re.Match[str]) -> str:
    char = found[0]
    if char == "\r":
        crlf = text[found.end() : found.end() + 1] == "\n"
        return _ZERO_WIDTH_SPACE if crlf else "\n"
    if char == "\x00":
        return _NUL_PICTURE
    if char == "\u2029":
        return "\n"
    return _WORD_JOINER if char == "\ufeff" else _REPLACEMENT


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4")


def _folds(text: str, breaks: _Ints) -> list[int]:
    """Code points before which a separator is put, so that no paragraph exceeds FOLD."""
    starts = np.concatenate([[0], breaks + 1])
    ends = np.concatenate([breaks, [len(text)]])
    folds: list[int] = []
    for index in np.flatnonzero(ends - starts > FOLD):
        start, end = int(starts[index]), int(ends[index])
        while end - start > FOLD:
            start = _fold_before(text, start, start + FOLD)
            folds.append(start)
    return folds


def _fold_before(text: str, start: int, limit: int) -> int:
    """The last place to fold in (start, limit]: behind a space, else between two characters."""
    space = text.rfind(" ", start + FOLD // 2, limit)
    if space > 0:
        return space + 1
    place = limit
    while place > start + 1 and (
        unicodedata.combining(text[place]) or "\u200d" in text[place - 1 : place + 1]
    ):
        place -= 1
    return place


def _folded(text: str, folds: list[int]) -> str:
    if not folds:
        return text
    edges = [0, *folds, len(text)]
    return "\n".join(text[a:b] for a, b in pairwise(edges))
