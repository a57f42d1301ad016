"""The spans of the open article by place, for questions about a few lines of it.

Kept in arrays: 100,000 objects of our own would take memory and stop every garbage collection.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotator.domain.models import SUGGESTED
from annotator.domain.offsets import OffsetMap

LONG = 2000
"""Spans longer than this are kept apart, so that the window of a question stays small."""


class ViewSpan(NamedTuple):
    """A span as the view draws it; offsets in code points, `label` an id of the theme.

    `by`: it is another reviewer's version, drawn as such with this name.
    """

    id: int
    start: int
    end: int
    label: int
    state: str
    linked: bool = False
    tip: str = ""
    by: str = ""


class Placed(NamedTuple):
    """A span in document positions."""

    start: int
    end: int
    id: int
    label: int
    state: str
    linked: bool
    by: str = ""


class SpanIndex:
    """Spans by document position; those longer than LONG apart."""

    def __init__(self, spans: Iterable[ViewSpan], offsets: OffsetMap) -> None:
        self._offsets = offsets
        self.by_id: dict[int, ViewSpan] = {span.id: span for span in spans}
        ids = np.fromiter(self.by_id, np.int64, len(self.by_id))
        starts = offsets.many_to_qt([span.start for span in self.by_id.values()])
        ends = offsets.many_to_qt([span.end for span in self.by_id.values()])
        long = ends - starts > LONG
        order = np.argsort(starts[~long], kind="stable")
        self._long: set[int] = set(ids[long].tolist())
        self._starts, self._ends, self._ids = (
            array("q", column[~long][order].tobytes()) for column in (starts, ends, ids)
        )
        undecided = [span.state == SUGGESTED for span in self.by_id.values()]
        self._undecided = array("q", np.sort(starts[undecided]).tobytes())

    def placed(self, span: ViewSpan) -> Placed:
        """Where a span is in the document."""
        start, end = self._offsets.to_qt(span.start), self._offsets.to_qt(span.end)
        return Placed(start, end, span.id, span.label, span.state, span.linked, span.by)

    def put(self, span: ViewSpan) -> Placed:
        """Add a span, or replace the one of its id."""
        self.remove(span.id)
        one = self.placed(span)
        self.by_id[span.id] = span
        if one.state == SUGGESTED:
            insort(self._undecided, one.start)
        if one.end - one.start > LONG:
            self._long.add(one.id)
        else:
            index = bisect_left(self._starts, one.start)
            self._starts.insert(index, one.start)
            self._ends.insert(index, one.end)
            self._ids.insert(index, one.id)
        return one

    def remove(self, span_id: int) -> Placed | None:
        """Take a span out; where it was."""
        span = self.by_id.pop(span_id, None)
        if span is None:
            return None
        one = self.placed(span)
        if one.state == SUGGESTED:
            del self._undecided[bisect_left(self._undecided, one.start)]
        if span_id in self._long:
            self._long.remove(span_id)
        else:
            index = self._ids.index(span_id, bisect_left(self._starts, one.start))
            for column in (self._starts, self._ends, self._ids):
                del column[index]
        return one

    def between(self, start: int, end: int) -> list[Placed]:
        """The spans that touch a range of positions."""
        first = bisect_left(self._starts, start - LONG)
        last = bisect_left(self._starts, end)
        found = [
            self._placed(self._starts[at], self._ends[at], self._ids[at])
            for at in range(first, last)
            if self._ends[at] > start
        ]
        long = (self.placed(self.by_id[span_id]) for span_id in self._long)
        return found + [one for one in long if one.start < end and one.end > start]

    def _placed(self, start: int, end: int, span_id: int) -> Placed:
        span = self.by_id[span_id]
        return Placed(start, end, span_id, span.label, span.state, span.linked, span.by)

    def undecided(self) -> NDArray[np.int64]:
        """Where the undecided spans begin, in ascending order."""
        return np.array(self._undecided, dtype=np.int64)
