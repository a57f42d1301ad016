"""Average linkage: the most alike groups become one until none are alike enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Final

_APART: Final = 0.01
"""The chance for two that were not compared."""


class Merging:
    """Groups of items by the average chance that a member of one and a member of the other are one.

    `known` is what an item is linked to already: those of one are together from the start, those of
    two stay apart.
    """

    def __init__(
        self, known: Sequence[int | None], chances: Mapping[tuple[int, int], float], least: float
    ) -> None:
        self._least = least
        self._members: dict[int, list[int]] = {index: [index] for index in range(len(known))}
        self._known = dict(enumerate(known))
        self._sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
        for (one, other), chance in chances.items():
            self._sums[one][other] = self._sums[other][one] = (chance, 1)
        self._surest = dict.fromkeys(range(len(known)), least)
        self._join_known()

    def _join_known(self) -> None:
        first: dict[int, int] = {}
        for index, entity in list(self._known.items()):
            if entity is not None and first.setdefault(entity, index) != index:
                self._merge(first[entity], index)

    def run(self) -> None:
        """Merge as far as it goes."""
        heap = [
            (-average, one, other)
            for one, sums in self._sums.items()
            for other in sums
            if one < other and (average := self._average(one, other)) >= self._least
        ]
        heapify(heap)
        while heap:
            worst, one, other = heappop(heap)
            if one not in self._members or other not in self._members:
                continue
            average = self._average(one, other)
            if average != -worst or None not in (self._known[one], self._known[other]):
                continue  # it has grown since, and stands in the heap again
            for index in (*self._members[one], *self._members[other]):
                self._surest[index] = max(self._surest[index], average)
            self._merge(one, other)
            for near in self._sums[one]:
                average = self._average(one, near)
                if average >= self._least:
                    heappush(heap, (-average, min(one, near), max(one, near)))

    def together(self) -> list[list[int]]:
        """The groups, each in the items' order."""
        return [sorted(members) for members in self._members.values()]

    def surest(self, index: int) -> float:
        """The highest average by which an item was merged."""
        return self._surest[index]

    def _average(self, one: int, other: int) -> float:
        total, count = self._sums[one][other]
        pairs = len(self._members[one]) * len(self._members[other])
        return (total + (pairs - count) * _APART) / pairs

    def _merge(self, one: int, other: int) -> None:
        self._members[one] += self._members.pop(other)
        self._known[one] = self._known[one] if self._known[one] is not None else self._known[other]
        mine = self._sums[one]
        for near, (total, count) in self._sums.pop(other, {}).items():
            del self._sums[near][other]
            if near != one:
                known = mine.get(near, (0.0, 0))
                mine[near] = self._sums[near][one] = (known[0] + total, known[1] + count)
