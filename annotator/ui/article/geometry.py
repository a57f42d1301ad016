"""Where the boxes, bands and tags of one paragraph lie: pure numbers, kept until it changes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
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
    first: bool
    last: bool
    band: bool


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


EMPTY = Geometry([], [], [])


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
    for span, depth in _depths(spans, theme):
        band = theme.label(span.label).band
        start, end = max(0, span.start - base), min(length, span.end - base)
        index = max(0, bisect_right(starts, start) - 1)
        while index < len(lines) and starts[index] < end:
            if band and depth >= LANES:
                hidden[index] += 1
            else:
                found = pieces(lines[index], start, end, bidi=bidi)
                first, last = span.start >= base, span.end <= base + length
                fragments += _fragments(lines[index], found, span, depth, first, last, start, end, band=band)
            index += 1
    fragments.sort(key=lambda one: (not one.band, -one.depth))
    more = [
        More(lines[i].naturalTextRect().right(), lines[i].y() + lines[i].height(), number)
        for i, number in hidden.items()
    ]
    return Geometry(fragments, [] if metrics.compact else _tags(fragments, metrics, theme), more)


def _depths(spans: list[Placed], theme: ArticleTheme) -> Iterable[tuple[Placed, int]]:
    """Inner spans first: a box's depth is one more than the deepest it holds; a band's is its lane."""
    depths: list[tuple[Placed, bool, int]] = []
    for span in sorted(spans, key=lambda one: (one.end - one.start, one.start)):
        band = theme.label(span.label).band
        inside = [
            depth
            for other, same, depth in depths
            if same == band and other.start < span.end and other.end > span.start
        ]
        depths.append((span, band, max(inside) + 1 if inside else 0))
    return [(span, depth) for span, _, depth in depths]


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
    pieces: list[tuple[float, float]],
    span: Placed,
    depth: int,
    first: bool,
    last: bool,
    start: int,
    end: int,
    *,
    band: bool,
) -> list[Fragment]:
    line_end = line.textStart() + line.textLength()
    begins = first and start >= line.textStart()
    ends = last and end <= line_end
    count = len(pieces)
    return [
        Fragment(
            x, line.y(), width, line.height(), depth, span, begins and i == 0, ends and i == count - 1, band
        )
        for i, (x, width) in enumerate(pieces)
    ]


def tag_text(theme: ArticleTheme, span: Placed) -> str:
    """What stands on a tag."""
    return theme.label(span.label).name + ("?" if span.state == SUGGESTED else "")


def _tags(fragments: list[Fragment], metrics: Metrics, theme: ArticleTheme) -> list[Tag]:
    """Left to right, the outer one first, each pushed right inside its span, else a dot."""
    rows: dict[float, list[Fragment]] = defaultdict(list)
    for one in fragments:
        if one.first:
            rows[one.y].append(one)
    tags = []
    for y, row in rows.items():
        right = float("-inf")
        for one in sorted(row, key=lambda each: (each.x, not each.band, -each.depth)):
            linked = one.span.linked and one.span.state != REJECTED
            width = metrics.tag_width(tag_text(theme, one.span), linked=linked)
            x = max(one.x - 1, right + 2)
            dot = x - one.x > 30 * metrics.zoom and x + width > one.x + one.width + 2
            if dot:
                width = metrics.tag_height * 0.6
            tags.append(Tag(x, y - metrics.tag_height - 1.5 * metrics.zoom, width, one.span, dot))
            right = x + width
    return tags
