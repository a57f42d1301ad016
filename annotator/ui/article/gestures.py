"""What the mouse means in the article: clicks on spans, selections that snap, boundaries dragged.

Positions come in as code points; nothing here asks Qt for text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.domain import words

_SENTENCE_END = re.compile(r"[.!?…][\"”’»)]*\s+(?=[\"“‘«(]*[^\W\da-z_])|\n")


@dataclass
class Drag:
    """A selection in the making, from where the button went down."""

    anchor: int
    exact: bool = False

    def reach(self, text: str, place: int) -> tuple[int, int] | None:
        """What would be selected if the button went up here."""
        start, end = min(self.anchor, place), max(self.anchor, place)
        if self.exact:
            return (start, end) if start < end else None
        return words.snap(text, start, end) if start < end else None


@dataclass
class BoundaryDrag:
    """A boundary of a span on its way; `fixed` is the other one."""

    span: int
    fixed: int
    start: int
    end: int

    def reach(self, text: str, place: int, *, exact: bool) -> tuple[int, int]:
        """The span if the button went up here. Past the other end it turns round; it never gets empty."""
        low, high = min(self.fixed, place), max(self.fixed, place)
        if exact:
            if low == high:
                high = words.next_character(text, low)
            self.start, self.end = low, max(high, low + 1) if high <= len(text) else len(text)
        else:
            moved = _by_word(text, self.fixed, place)
            self.start, self.end = moved or (self.start, self.end)
        return self.start, self.end


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
