"""From what the network says of each piece to spans: the likeliest sequence of each label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from annotator.suggest.encoder.windows import Floats
from annotator.suggest.encoder.wordpiece import Piece

LABELS: Final = ("PERSON", "ORG", "DATE", "ALLEGATION")
TAGS: Final = 3
"""Outside, beginning, inside: of each label, so that labels may nest and overlap."""
OUTSIDE, BEGIN, INSIDE = range(TAGS)
_STRETCH: Final = re.compile(b"\1\2*")
_FORBIDDEN: Final = re.compile(b"(?:^|\0)\2", re.ASCII)
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
        for match in _STRETCH.finditer(likeliest(logs[:, number])):
            first, last = match.span()
            found.append(Stretch(pieces[first].start, pieces[last - 1].end, label))
    return sorted(found)


def openings(logs: Floats, number: int, pieces: list[Piece], most: int) -> Iterator[Stretch]:
    """For each likely beginning of a label the likeliest ends, at most so many."""
    own = logs[:, number]
    stops = np.append(own[:, (OUTSIDE, BEGIN)].max(1), 0.0)
    for first in np.flatnonzero(own[:, BEGIN] > _MAYBE).tolist():
        goes_on = own[first + 1 : first + _LONGEST, INSIDE].cumsum()
        sums = stops[first + 1 : first + 2 + len(goes_on)].copy()
        sums[1:] += goes_on
        for more in np.argsort(-sums)[:most].tolist():
            if sums[more] > sums.max() - _FURTHER:
                yield Stretch(pieces[first].start, pieces[first + more].end, LABELS[number])


def likeliest(logs: Floats) -> bytes:
    """The tags of one label, (pieces, tags), of the highest sum in which inside never follows outside."""
    alone = logs.argmax(1).astype(np.uint8).tobytes()
    return _viterbi(logs.tolist()) if _FORBIDDEN.search(alone) else alone


def _viterbi(logs: list[list[float]]) -> bytes:
    (outside, begin, _), *rest = logs
    inside = _NEVER
    back: list[tuple[int, int]] = []  # the best tag before outside or begin, and before inside
    for own_outside, own_begin, own_inside in rest:
        goes_on, into_inside = (INSIDE, inside) if inside >= begin else (BEGIN, begin)
        any_, into_any = (goes_on, into_inside) if into_inside >= outside else (OUTSIDE, outside)
        back.append((any_, goes_on))
        outside, begin, inside = into_any + own_outside, into_any + own_begin, into_inside + own_inside
    path = bytearray([max((outside, OUTSIDE), (begin, BEGIN), (inside, INSIDE))[1]])
    for from_any, from_inside in reversed(back):
        path.append(from_inside if path[-1] == INSIDE else from_any)
    return bytes(reversed(path))
