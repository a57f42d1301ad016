"""What the mouse means in the article: clicks on spans, selections that snap, boundaries dragged.

Positions come in as code points; nothing here asks Qt for text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from annotator.domain import words

_SENTENCE_END = re.compile(r"[.!?…][\"”’»)]*\s+(?=[\"“‘«(]*[^\W\da-z_])|\n")


@dataclass
class Drag:
    """A selection in the making, from where the button went down."""

    anchor: int

    def reach(self, text: str, place: int, *, exact: bool) -> tuple[int, int] | None:
        """What would be selected if the button went up here."""
        start, end = min(self.anchor, place), max(self.anchor, place)
        if start == end:
            return None
        return (start, end) if exact else words.snap(text, start, end)


@dataclass
class BoundaryDrag:
    """A boundary of a span on its way; `fixed` is the other one.

    `offset` leads from where the pointer took hold to the boundary itself.
    """

    span: int
    fixed: int
    start: int
    end: int
    offset: QPointF

    def __post_init__(self) -> None:
        self._before = (self.start, self.end)

    @property
    def moved(self) -> bool:
        """Whether the span is another one now."""
        return (self.start, self.end) != self._before

    def reach(self, text: str, place: int, *, exact: bool) -> tuple[int, int]:
        """The span if the button went up here. Past the other end it turns round; it never gets empty."""
        if place == (self._before[0] if self.fixed == self._before[1] else self._before[1]):
            self.start, self.end = self._before  # back where it was, which need not be a word's edge
        elif exact:
            self.start, self.end = _by_character(text, self.fixed, place)
        else:
            self.start, self.end = _by_word(text, self.fixed, place) or (self.start, self.end)
        return self.start, self.end


def _by_character(text: str, fixed: int, place: int) -> tuple[int, int]:
    """From the fixed end to the pointer, at least one character."""
    if place == fixed:
        return (fixed, words.next_character(text, fixed)) if fixed < len(text) else (fixed - 1, fixed)
    return min(fixed, place), max(fixed, place)


def _by_word(text: str, fixed: int, place: int) -> tuple[int, int] | None:
    """From the fixed end to the near edge of the word under the pointer."""
    found = words.word_at(text, place)
    if found is not None:
        middle = (found[0] + found[1]) / 2
        if place > fixed:
            place = found[1] if place >= middle or found[0] <= fixed else found[0]
        else:
            place = found[0] if place <= middle or found[1] >= fixed else found[1]
    low, high = min(fixed, place), max(fixed, place)
    return words.trim(text, low, high)


def sentence_at(text: str, place: int) -> tuple[int, int] | None:
    """The sentence that covers a place."""
    low, high = max(0, place - 2000), min(len(text), place + 2000)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, high)]
    start = max((end for end in ends if end <= place), default=low)
    end = min((end for end in ends if end > place), default=high)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
