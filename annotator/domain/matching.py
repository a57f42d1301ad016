"""Which suggested span stands for which gold span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple


class Place(NamedTuple):
    """What of a span counts when spans are compared; offsets are code points."""

    start: int
    end: int
    label: str


Fits = Callable[[Place, Place], bool]


def shared(one: Place, other: Place) -> int:
    """How many characters two spans have in common; 0 or less where they do not touch."""
    return min(one.end, other.end) - max(one.start, other.start)


def joined(one: Place, other: Place) -> int:
    """From the first character of either to the last."""
    return max(one.end, other.end) - min(one.start, other.start)


def pair_up(gold: Sequence[Place], predicted: Sequence[Place], fits: Fits) -> dict[int, int]:
    """Indexes of gold spans to those of predictions, one to one.

    Exact places first, then the longest shared text, then the order of the lists.
    """
    candidates = sorted(
        (-(gold[one][:2] == predicted[other][:2]), -shared(gold[one], predicted[other]), one, other)
        for one, other in _touching(gold, predicted)
        if fits(gold[one], predicted[other])
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, one, other in candidates:
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _touching(gold: Sequence[Place], predicted: Sequence[Place]) -> list[tuple[int, int]]:
    """All pairs with a character in common, without comparing each with each."""
    order = sorted(range(len(predicted)), key=lambda index: predicted[index].start)
    starts = [predicted[index].start for index in order]
    # the furthest end so far: predictions up to a place where it is too small all end before
    reach = list(accumulate((predicted[index].end for index in order), max))
    found = []
    for one, place in enumerate(gold):
        first = bisect_left(reach, place.start + 1)
        last = bisect_left(starts, place.end)
        found += [(one, order[i]) for i in range(first, last) if predicted[order[i]].end > place.start]
    return found
