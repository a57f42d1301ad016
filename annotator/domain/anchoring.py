"""Places in one text found again in another that differs a little: by all letters, else by quote and context."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import Final

_SIGNS: Final = re.compile(r"[\W_]+")
_SPACES: Final = re.compile(r"\s+")
CONTEXT: Final = 40
"""Characters on either side of a quote that tell one occurrence from another."""
_LONGEST_QUOTE: Final = 20_000


def skeleton(text: str) -> str:
    """Letters and digits alone: the same for texts that differ in spacing, line ends and marks."""
    return _SIGNS.sub("", text)


class Anchoring:
    """From one text to another."""

    def __init__(self, source: str, target: str) -> None:
        self._source, self._target = source, target
        self._same = source == target

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where `source[start:end]` is in the target; None where it is not, or where nobody could tell."""
        if self._same:
            return start, end
        if self._signs is not None:
            return self._by_signs(*self._signs, start, end)
        return self._by_quote(start, end)

    @cached_property
    def _signs(self) -> tuple[list[int], list[int]] | None:
        """Where in both texts the signs are that they have in common: all but spaces, or letters alone."""
        for between in (_SPACES, _SIGNS):
            if between.sub("", self._source) == between.sub("", self._target):
                return _places(self._source, between), _places(self._target, between)
        return None

    def _by_signs(self, old: list[int], new: list[int], start: int, end: int) -> tuple[int, int] | None:
        """From the first sign of the span to its last; marks at its edges come along where they are there."""
        first, behind = bisect_left(old, start), bisect_left(old, end)
        if first == behind:
            return None
        left, right = old[first] - start, end - old[behind - 1] - 1
        found = new[first], new[behind - 1] + 1
        before = self._target[max(0, found[0] - left) : found[0]]
        after = self._target[found[1] : found[1] + right]
        if before == self._source[start : start + left]:
            found = found[0] - left, found[1]
        if after == self._source[end - right : end]:
            found = found[0], found[1] + right
        return found

    def _by_quote(self, start: int, end: int) -> tuple[int, int] | None:
        """The one occurrence whose surroundings are most alike."""
        words = self._source[start:end].split()
        if not words or end - start > _LONGEST_QUOTE:
            return None
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        found = [match.span() for match in pattern.finditer(self._target)]
        if len(found) < 2:
            return found[0] if found else None
        ranked = sorted(((self._likeness(start, end, *place), place) for place in found), reverse=True)
        (best, place), (second, _) = ranked[0], ranked[1]
        return place if best > second else None

    def _likeness(self, start: int, end: int, new_start: int, new_end: int) -> int:
        """How many characters agree outwards from the quote, white space folded."""
        before = _shared(
            _folded(self._source[:start][-CONTEXT:])[::-1], _folded(self._target[:new_start][-CONTEXT:])[::-1]
        )
        after = _shared(
            _folded(self._source[end : end + CONTEXT]), _folded(self._target[new_end : new_end + CONTEXT])
        )
        return before + after


def _places(text: str, between: re.Pattern[str]) -> list[int]:
    return [at for at, sign in enumerate(text) if not between.match(sign)]


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _shared(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
