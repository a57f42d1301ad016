"""From what the network says of each piece to spans: the likeliest sequence of each label."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from annotator.suggest.encoder.windows import Floats
from annotator.suggest.encoder.wordpiece import Piece

LABELS: Final = ("PERSON", "ORG", "DATE", "ALLEGATION")
TAGS: Final = 3
"""Outside, beginning, inside: of each label, so that labels may nest and overlap."""
OUTSIDE, BEGIN, INSIDE = range(TAGS)
_NEVER: Final = -1e9
_MAYBE: Final = -2.3
"""Log probability from which on a piece may be a beginning: one in ten."""
_LONGEST: Final = 70
_FURTHER: Final = 3.0
"""How much less likely than the best another end may be."""


class Stretch(NamedTuple):
    """A label on half-open code points."""

    start: int
    end: int
    label: str


def log_probabilities(said: Floats) -> Floats:
    """(pieces, labels, tags) from what the network says of each piece."""
    scores = said.reshape(len(said), len(LABELS), TAGS)
    top = scores.max(-1, keepdims=True)
    found: Floats = scores - top - np.log(np.exp(scores - top).sum(-1, keepdims=True))
    return found


def stretches(logs: Floats, pieces: list[Piece]) -> list[Stretch]:
    """The spans of all labels, in reading order, from log probabilities (pieces, labels, tags)."""
    if not pieces:
        return []
    found = []
    for number, label in enumerate(LABELS):
        path = likeliest(logs[:, number])
        for first in [at for at, tag in enumerate(path) if tag == BEGIN]:
            last = first + 1
            while last < len(path) and path[last] == INSIDE:
                last += 1
            found.append(Stretch(pieces[first].start, pieces[last - 1].end, label))
    return sorted(found)


def openings(logs: Floats, number: int, pieces: list[Piece], most: int) -> Iterator[Stretch]:
    """For each likely beginning of a label the likeliest ends, at most so many."""
    own = logs[:, number]
    stops = np.append(own[:, (OUTSIDE, BEGIN)].max(1), 0.0)
    for first in np.flatnonzero(own[:, BEGIN] > _MAYBE).tolist():
        goes_on = own[first + 1 : first + _LONGEST, INSIDE].cumsum()
        sums = np.append(0.0, goes_on) + stops[first + 1 : first + 2 + len(goes_on)]
        for more in np.argsort(-sums)[:most].tolist():
            if sums[more] > sums.max() - _FURTHER:
                yield Stretch(pieces[first].start, pieces[first + more].end, LABELS[number])


def likeliest(logs: Floats) -> list[int]:
    """The tags of one label, (pieces, tags), of the highest sum in which inside never follows outside."""
    alone: list[int] = logs.argmax(1).tolist()
    if all(behind != INSIDE or before != OUTSIDE for before, behind in pairwise((OUTSIDE, *alone))):
        return alone
    return _viterbi(logs.tolist())


def _viterbi(logs: list[list[float]]) -> list[int]:
    (outside, begin, _), *rest = logs
    inside = _NEVER
    back: list[tuple[int, int]] = []  # the best tag before outside or begin, and before inside
    for own in rest:
        into_any, from_any = max((outside, OUTSIDE), (begin, BEGIN), (inside, INSIDE))
        into_inside, from_inside = max((begin, BEGIN), (inside, INSIDE))
        back.append((from_any, from_inside))
        outside, begin, inside = into_any + own[OUTSIDE], into_any + own[BEGIN], into_inside + own[INSIDE]
    path = [max((outside, OUTSIDE), (begin, BEGIN), (inside, INSIDE))[1]]
    for from_any, from_inside in reversed(back):
        path.append(from_inside if path[-1] == INSIDE else from_any)
    return path[::-1]
