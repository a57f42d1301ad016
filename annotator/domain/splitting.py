"""Articles into train, dev and test, those that tell of the same kept together."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

TRAIN: Final = "train"
DEV: Final = "dev"
TEST: Final = "test"
PARTS: Final = (TRAIN, DEV, TEST)
USUAL: Final = (80, 10, 10)
"""Shares of the three parts."""


class Tie(NamedTuple):
    """Articles that belong together. What is `firm` (one text, one allegation) is never parted."""

    documents: tuple[str, ...]
    firm: bool


class Split(NamedTuple):
    """The part of each article, and how many ties (an entity in many articles) go across parts."""

    part: Mapping[str, str]
    parted: int

    def counts(self) -> dict[str, int]:
        """How many articles each part has."""
        return {part: sum(one == part for one in self.part.values()) for part in PARTS}


def split(documents: Sequence[str], ties: Iterable[Tie], shares: Sequence[int] = USUAL) -> Split:
    """The same split for the same articles and ties, whatever their order.

    Firm ties first, then those of the fewest articles: a rare name tells more of a story than one
    that is everywhere. A tie that would make a group larger than the largest part is let go.
    """
    known = set(documents)
    tied = [Tie(tuple(sorted(known.intersection(tie.documents))), tie.firm) for tie in ties]
    tied = sorted((tie for tie in tied if len(tie.documents) > 1), key=_order)
    groups = _Groups(documents)
    limit = max(1, len(documents) * max(shares) // sum(shares))
    for tie in tied:
        groups.join(tie.documents, len(documents) if tie.firm else limit)
    part = _placed(groups.all(), len(documents), shares)
    return Split(part, sum(len({part[one] for one in tie.documents}) > 1 for tie in tied))


def _order(tie: Tie) -> tuple[bool, int, tuple[str, ...]]:
    return not tie.firm, len(tie.documents), tie.documents


def _placed(groups: list[list[str]], total: int, shares: Sequence[int]) -> dict[str, str]:
    """The largest group first, each to the part that lacks most of its share."""
    wanted = {part: total * share / sum(shares) for part, share in zip(PARTS, shares, strict=True)}
    have = dict.fromkeys(PARTS, 0)
    found = {}
    for group in sorted(groups, key=lambda one: (-len(one), _chance(one[0]))):
        part = max(PARTS, key=lambda part: (wanted[part] - have[part]) / max(wanted[part], 1e-9))
        have[part] += len(group)
        found.update(dict.fromkeys(group, part))
    return found


def _chance(name: str) -> bytes:
    """An order that has nothing to do with dates or names, and is the same each time."""
    return hashlib.sha256(name.encode()).digest()


class _Groups:
    """Sets that are joined (union-find), with their sizes."""

    def __init__(self, members: Iterable[str]) -> None:
        self._above = {one: one for one in members}
        self._size = dict.fromkeys(self._above, 1)

    def join(self, members: Sequence[str], limit: int) -> None:
        """Make one group of all, unless that were larger than the limit."""
        roots = {self._root(one) for one in members}
        size = sum(self._size[root] for root in roots)
        if size > limit:
            return
        first, *others = sorted(roots)
        for root in others:
            self._above[root] = first
        self._size[first] = size

    def all(self) -> list[list[str]]:
        """Every group, its members in order of name."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for one in sorted(self._above):
            found[self._root(one)].append(one)
        return list(found.values())

    def _root(self, one: str) -> str:
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one


def parted_by(split: Split) -> Callable[[str], str]:
    """The part of an article by its name; train where it is not known."""
    return lambda name: split.part.get(name, TRAIN)
