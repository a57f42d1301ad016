"""Text into the pieces of an uncased BERT vocabulary, with their places in the text.

Gives the same pieces and code point offsets as the `tokenizers` library with the model's
tokenizer.json (recorded in tests), without bringing that library and its hub client along.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

UNKNOWN: Final = "[UNK]"
LONGEST: Final = 100
"""A word with more characters is one unknown piece, as the model was trained."""
_CACHED: Final = 40
_DROPPED: Final = ("Cc", "Cf", "Co")

# What separates words: blanks and line ends. Other control characters are dropped, not blanks.
_CHUNK = re.compile(r"[^ \t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class Piece(NamedTuple):
    """A piece: its number in the vocabulary and its place, half-open, in code points."""

    id: int
    start: int
    end: int


class WordPiece:
    """Splits texts by a vocabulary, one piece a line, numbered from 0."""

    def __init__(self, vocabulary: Path) -> None:
        lines = vocabulary.read_text(encoding="utf-8").split("\n")
        self._ids = {piece: number for number, piece in enumerate(lines) if piece}
        self._unknown = self._ids[UNKNOWN]
        self._short = lru_cache(maxsize=50_000)(self._split)

    def pieces(self, text: str) -> list[Piece]:
        """The pieces of a text in its order."""
        found = []
        for chunk in _CHUNK.finditer(text):
            at = chunk.start()
            word = chunk[0]
            split = self._short if len(word) <= _CACHED else self._split
            found += [Piece(number, start + at, end + at) for number, start, end in split(word)]
        return found

    def _split(self, chunk: str) -> list[Piece]:
        """The pieces of a run of characters without white space."""
        found: list[Piece] = []
        word: list[str] = []
        places: list[int] = []
        for place, char in enumerate(chunk):
            if char.isascii() and char.isalnum():
                word.append(char.lower())
                places.append(place)
                continue
            if _is_dropped(char):
                continue
            for bare in _bare(char):
                if _stands_alone(bare):
                    found += self._word(word, places)
                    found += self._word([bare], [place])
                    word, places = [], []
                else:
                    word.append(bare)
                    places.append(place)
        return found + self._word(word, places)

    def _word(self, chars: list[str], places: list[int]) -> list[Piece]:
        """The longest known beginning again and again; unknown where there is none."""
        if not chars:
            return []
        if len(chars) > LONGEST:
            return [Piece(self._unknown, places[0], places[-1] + 1)]
        word = "".join(chars)
        found = []
        start = 0
        while start < len(word):
            end = len(word)
            mark = "##" if start else ""
            while end > start and mark + word[start:end] not in self._ids:
                end -= 1
            if end == start:
                return [Piece(self._unknown, places[0], places[-1] + 1)]
            found.append(Piece(self._ids[mark + word[start:end]], places[start], places[end - 1] + 1))
            start = end
        return found


def _bare(char: str) -> str:
    """Lower case, without accents; may be more than one character, or none."""
    return "".join(
        one.lower() for one in unicodedata.normalize("NFD", char) if unicodedata.category(one) != "Mn"
    )


def _is_dropped(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in _DROPPED


def _stands_alone(char: str) -> bool:
    """Punctuation and ideographs are words of one character."""
    code = ord(char)
    if code < 128:
        return not char.isalnum()
    return unicodedata.category(char)[0] == "P" or any(low <= code <= high for low, high in _IDEOGRAPHS)
