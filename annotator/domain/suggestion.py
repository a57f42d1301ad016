"""What a suggester says about a text, before it is a row of the project."""

from __future__ import annotations

from typing import NamedTuple


class Suggestion(NamedTuple):
    """A span that a suggester proposes: code points `[start, end)` and the label's name.

    `score` is its confidence from 0 to 1 where it has one; `why` is a short reason for the
    reviewer (the word that marks an allegation), or None.
    """

    start: int
    end: int
    label: str
    score: float | None = None
    why: str | None = None
