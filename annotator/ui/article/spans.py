"""The spans of the open article by place, for questions about a few lines of it.

Kept as plain tuples: 100,000 objects of our own would stop every garbage collection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.offsets import OffsetMap

LONG = 2000
"""Spans longer than this are kept apart, so that the window of a question stays small."""


class ViewSpan(NamedTuple):
    """A span as the view draws it; offsets in code points, `label` an id of the theme."""

    id: int
    start: int
    end: int
    label: int
    state: str
    linked: bool = False
    tip: str = ""


class Placed(NamedTuple):
    """A span in document positions."""

    start: int
    end: int
    id: int
    label: int
    state: str
    linked: bool


class SpanIndex:
    """Spans by document position."""

    def __init__(self, spans: Iterable[ViewSpan], offsets: OffsetMap) -> None:
        self._offsets = offsets
        self.by_id: dict[int, ViewSpan] = {span.id: span for span in spans}
        known = list(self.by_id.values())
        starts = offsets.many_to_qt([span.start for span in known]).tolist()
        ends = offsets.many_to_qt([span.end for span in known]).tolist()
        placed = [
            Placed(start, end, span.id, span.label, span.state, span.linked)
            for start, end, span in zip(starts, ends, known, strict=True)
        ]
        self._short = sorted(one for one in placed if one.end - one.start <= LONG)
        self._long = [one for one in placed if one.end - one.start > LONG]

    def placed(self, span: ViewSpan) -> Placed:
        """Where a span is in the document."""
        start, end = self._offsets.to_qt(span.start), self._offsets.to_qt(span.end)
        return Placed(start, end, span.id, span.label, span.state, span.linked)

    def put(self, span: ViewSpan) -> Placed:
        """Add a span, or replace the one of its id."""
        self.remove(span.id)
        one = self.placed(span)
        self.by_id[span.id] = span
        if one.end - one.start > LONG:
            self._long.append(one)
        else:
            insort(self._short, one)
        return one

    def remove(self, span_id: int) -> Placed | None:
        """Take a span out; where it was."""
        span = self.by_id.pop(span_id, None)
        if span is None:
            return None
        one = self.placed(span)
        if one.end - one.start > LONG:
            self._long.remove(one)
        else:
            del self._short[bisect_left(self._short, one)]
        return one

    def between(self, start: int, end: int) -> list[Placed]:
        """The spans that touch a range of positions."""
        first = bisect_left(self._short, (start - LONG,))
        last = bisect_right(self._short, (end,))
        found = [one for one in self._short[first:last] if one.end > start and one.start < end]
        return found + [one for one in self._long if one.start < end and one.end > start]

    def all_placed(self) -> list[Placed]:
        return self._short + self._long
