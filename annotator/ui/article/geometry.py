"""Where the boxes, bands and tags of one paragraph lie: pure numbers, kept until it changes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Set
from itertools import chain, count
from typing import NamedTuple

from PySide6.QtGui import QTextBlock, QTextLayout, QTextLine

from annotator.domain.models import REJECTED, SUGGESTED
from annotator.ui.article.look import ArticleTheme
from annotator.ui.article.metrics import LANES, Metrics
from annotator.ui.article.spans import Placed

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Fragment(NamedTuple):
    """The part of a span on one line, in coordinates of its paragraph."""

    x: float
    y: float
    width: float
    height: float
    depth: int  # boxes: how many lie inside; bands: the lane
    span: Placed
    start: (
        float | None
    )  # where the span begins, if it does so here: the right edge of words from right to left
    end: float | None
    band: bool

    @property
    def hidden(self) -> bool:
        """A band that has no lane: it is counted, and drawn only in focus."""
        return self.band and self.depth >= LANES

    def inwards(self, x: float) -> int:
        """The direction from one of its edges to its middle."""
        return 1 if x < self.x + self.width / 2 else -1


class Tag(NamedTuple):
    """A label above the first word of a span; `dot` where there is no room for its name."""

    x: float
    y: float
    width: float
    span: Placed
    dot: bool


class More(NamedTuple):
    """Bands that have no room under a line."""

    x: float
    y: float
    hidden: int


class Geometry(NamedTuple):
    """Bands first, outer boxes before inner ones: the order of painting."""

    fragments: list[Fragment]
    tags: list[Tag]
    more: list[More]

    def between(self, upper: float, lower: float) -> Geometry:
        """What lies between two heights of the paragraph, in the same order."""
        return Geometry(
            [one for one in self.fragments if upper <= one.y <= lower],
            [tag for tag in self.tags if upper <= tag.y <= lower],
            [more for more in self.more if upper <= more.y <= lower],
        )


EMPTY = Geometry([], [], [])


def differing(old: Geometry, new: Geometry, spans: Set[int]) -> set[tuple[float, float]]:
    """The lines (top and height of their words) that do not look the same, and those of these spans.

    A tag or a count that differs stands on a line on which a fragment does.
    """
    differ = set(old.fragments) ^ set(new.fragments)
    both = chain(old.fragments, new.fragments)
    return {(one.y, one.height) for one in both if one.span.id in spans or one in differ}


def geometry(
    block: QTextBlock, layout: QTextLayout, spans: list[Placed], metrics: Metrics, theme: ArticleTheme
) -> Geometry:
    """Place the spans of a paragraph whose lines are broken."""
    base, length = block.position(), block.length() - 1
    if not spans:
        return EMPTY
    lines = [layout.lineAt(index) for index in range(layout.lineCount())]
    starts = [line.textStart() for line in lines]
    bidi = is_bidi(layout.text())
    fragments: list[Fragment] = []
    hidden: dict[int, int] = defaultdict(int)
    for span, depth, band in _depths(spans, theme):
        start, end = span.start - base, min(length, span.end - base)
        index = max(0, bisect_right(starts, start) - 1)
        while index < len(lines) and starts[index] < end:
            hidden[index] += band and depth >= LANES
            fragments += _fragments(
                lines[index], start, span.end - base, length, span, depth, band, bidi=bidi
            )
            index += 1
    fragments.sort(key=lambda one: (not one.band, -one.depth))
    more = [
        More(lines[i].naturalTextRect().right(), lines[i].y() + lines[i].height(), number)
        for i, number in hidden.items()
        if number
    ]
    edge = lines[0].x() + lines[0].width() + metrics.margin
    return Geometry(fragments, [] if metrics.compact else _tags(fragments, metrics, theme, edge), more)


def _depths(spans: list[Placed], theme: ArticleTheme) -> Iterable[tuple[Placed, int, bool]]:
    """Inner spans first: a box's depth is one more than the deepest it holds, a band's is the first free lane."""
    placed: list[tuple[Placed, int, bool]] = []
    for span in sorted(spans, key=lambda one: (one.end - one.start, one.start)):
        band = theme.label(span.label).band
        taken = {
            depth
            for other, depth, same in placed
            if same == band and other.start < span.end and other.end > span.start
        }
        free = next(lane for lane in count() if lane not in taken)
        placed.append((span, free if band else max(taken, default=-1) + 1, band))
    return placed


def is_bidi(text: str) -> bool:
    """Whether some of it runs from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def pieces(line: QTextLine, start: int, end: int, *, bidi: bool) -> list[tuple[float, float]]:
    """The pieces (x, width) of [start, end) on a line; several where the direction changes in it."""
    low, high = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
    if bidi:
        rects = [run.boundingRect() for run in line.glyphRuns(low, high - low)]
        return _joined(sorted((rect.x(), rect.width()) for rect in rects if rect.width() > 0))
    left, right = x_of(line, low), x_of(line, high)
    if end > line.textStart() + line.textLength() or high == line.textStart() + line.textLength():
        right = min(right, line.x() + line.naturalTextWidth())  # the space at a line's end is not marked
    return [(min(left, right), abs(right - left))]


def _joined(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for x, width in pieces:
        if joined and x <= joined[-1][0] + joined[-1][1] + 1:
            left = joined[-1][0]
            joined[-1] = (left, max(joined[-1][0] + joined[-1][1], x + width) - left)
        else:
            joined.append((x, width))
    return joined


def x_of(line: QTextLine, position: int) -> float:
    """Where a position (of its paragraph) is on a line."""
    found: tuple[float, int] = line.cursorToX(position)  # type: ignore[assignment]
    return found[0]


def _fragments(
    line: QTextLine,
    start: int,
    end: int,
    length: int,
    span: Placed,
    depth: int,
    band: bool,
    *,
    bidi: bool,
) -> list[Fragment]:
    """A span on one line of a paragraph of this length; start and end may lie outside of it."""
    low, high = max(start, line.textStart()), min(end, line.textStart() + line.textLength(), length)
    found = pieces(line, low, end, bidi=bidi)
    first = _edge(line, low, found, leading=True, bidi=bidi) if start == low else None
    last = _edge(line, high - 1, found, leading=False, bidi=bidi) if end == high else None
    return [
        Fragment(
            x, line.y(), width, line.height(), depth, span, _on(first, x, width), _on(last, x, width), band
        )
        for x, width in found
    ]


def _edge(
    line: QTextLine, position: int, found: list[tuple[float, float]], *, leading: bool, bidi: bool
) -> float | None:
    """Where a span begins or ends: an outer edge of what it covers, unless directions mix in the line."""
    if not bidi:
        x, width = found[0]
        return x if leading else x + width
    runs = line.glyphRuns(position, 1)  # at the seam of two directions cursorToX means the other side
    if not runs:
        return None
    rect = runs[0].boundingRect()
    return rect.left() if leading != runs[0].isRightToLeft() else rect.right()


def _on(edge: float | None, x: float, width: float) -> float | None:
    return edge if edge is not None and x - 0.5 <= edge <= x + width + 0.5 else None


def tag_text(theme: ArticleTheme, span: Placed) -> str:
    """What stands on a tag; on that of another reviewer's version, the reviewer."""
    name = theme.label(span.label).name + ("?" if span.state == SUGGESTED else "")
    return f"{span.by}: {name}" if span.by else name


def _tags(fragments: list[Fragment], metrics: Metrics, theme: ArticleTheme, edge: float) -> list[Tag]:
    """Left to right, the outer one first, each pushed right inside its span, else a dot; whose version
    another one is always said."""
    rows: dict[float, list[tuple[float, float, Fragment]]] = defaultdict(list)
    for one in fragments:
        if one.start is not None:
            linked = one.span.linked and one.span.state != REJECTED
            width = metrics.tag_width(tag_text(theme, one.span), linked=linked)
            x = one.start - 1 if one.inwards(one.start) > 0 else one.start + 1 - width
            rows[one.y].append((max(x, 1), width, one))
    tags: list[Tag] = []
    for y, row in rows.items():
        right, first = float("-inf"), len(tags)
        for wanted, width, one in sorted(row, key=lambda each: (each[0], not each[2].band, -each[2].depth)):
            x = max(wanted, right + 2)
            dot = not one.span.by and x - wanted > 30 * metrics.zoom and x + width > one.x + one.width + 2
            shown = metrics.tag_height * 0.6 if dot else width
            tags.append(Tag(x, y - metrics.tag_height - 1.5 * metrics.zoom, shown, one.span, dot))
            right = x + shown
        tags[first:] = _inside(tags[first:], edge)
    return tags


def _inside(row: list[Tag], edge: float) -> list[Tag]:
    """Tags of a line, the last ones drawn to the left where they would leave the page."""
    for place in range(len(row) - 1, -1, -1):
        over = row[place].x + row[place].width - edge
        if over <= 0:
            break
        row[place] = row[place]._replace(x=row[place].x - over)
        edge = row[place].x - 2
    return row
