"""How the word of each piece is written, which the uncased vocabulary does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from annotator.suggest.encoder.wordpiece import Piece

LOWER, INITIAL, OPENING, CAPITALS, DIGITS, MIXED = 1, 2, 3, 4, 5, 6
"""`OPENING` is an initial capital where a sentence or quotation begins; 0 is no word."""
LINE, BLANK_LINE = 7, 14
"""Added where a line end, a blank line stands before the piece."""
KINDS: Final = 21

_WORD = re.compile(r"\w+")
_OPENS = re.compile(r"[.!?:\n“\"][\s”\"]*\Z")


def shapes(text: str, pieces: Sequence[Piece]) -> list[int]:
    """One number below KINDS for each piece."""
    found = []
    words = _WORD.finditer(text)
    word = next(words, None)
    kind = -1  # of the word at hand; -1: not looked at yet
    behind = 0
    for _, start, end in pieces:
        while word is not None and word.end() <= start:
            word, kind = next(words, None), -1
        if word is not None and word.start() <= start:
            if kind < 0:
                kind = _kind(text, word)
            shape = kind
        else:
            shape = 0
        lines = text.count("\n", behind, start) if behind < start else 0
        found.append(shape + (BLANK_LINE if lines > 1 else LINE if lines else 0))
        behind = end
    return found


def _kind(text: str, word: re.Match[str]) -> int:
    letters = word[0]
    if letters.isdigit():
        return DIGITS
    if letters.islower():
        return LOWER
    if letters.isupper() and len(letters) > 1:
        return CAPITALS
    if letters[0].isupper() and (len(letters) == 1 or letters[1:].islower()):
        start = word.start()
        opens = start == 0 or _OPENS.search(text, max(0, start - 3), start)
        return OPENING if opens else INITIAL
    return MIXED
