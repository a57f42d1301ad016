"""What lies where on the screen: places, words, spans, tags and grips under a point of the viewport."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QScrollBar, QWidget

from annotator.domain.offsets import OffsetMap
from annotator.ui.article.geometry import Fragment, is_bidi, pieces
from annotator.ui.article.layout import ArticleLayout
from annotator.ui.article.spans import ViewSpan

_GRIP_AREA = (20, 24)


class Grip(NamedTuple):
    """A boundary of the span in focus: where it stands in the text, and the boundary that stays."""

    span: ViewSpan
    fixed: int
    at: QPointF


class Page:
    """The part of one article's layout that the viewport shows. Offsets out are code points."""

    def __init__(self, layout: ArticleLayout, offsets: OffsetMap, port: QWidget, bar: QScrollBar) -> None:
        self._layout = layout
        self._offsets = offsets
        self._port = port
        self._bar = bar

    def place_at(self, point: QPointF) -> int:
        """The place in the text that is nearest to a point."""
        return self._offsets.to_cp(self._layout.hitTest(point + QPointF(0, self._bar.value()), None))

    def visible_range(self) -> tuple[int, int]:
        """The code points on the screen, whole lines."""
        top = self._bar.value()
        block, line = self._layout.line_at(top + 1)
        first = block.position() + line.textStart()
        block, line = self._layout.line_at(top + self._port.height() - 1)
        last = block.position() + line.textStart() + line.textLength()
        return self._offsets.to_cp(first), self._offsets.to_cp(last)

    def rect_of(self, start: int, end: int) -> QRect:
        """The rectangle around the last line of a range."""
        first, last = self._offsets.to_qt(start), self._offsets.to_qt(end)
        block = self._layout.document().findBlock(max(first, last - 1))
        layout, base = self._layout.lines(block), block.position()
        line = layout.lineForTextPosition(max(first, last - 1) - base)
        low = max(first - base, line.textStart())
        found = pieces(line, low, last - base, bidi=is_bidi(layout.text()))
        left = min((x for x, _ in found), default=line.x())
        right = max((x + width for x, width in found), default=left)
        return QRectF(left, self._top_of(block) + line.y(), right - left, line.height()).toAlignedRect()

    def spans_at(self, point: QPointF) -> list[int]:
        """The spans under a point, the innermost first; a tag counts as its span."""
        tag = self.tag_at(point)
        if tag is not None:
            return [tag]
        block = self._block_at(point)
        x, y = point.x(), point.y() - self._top_of(block)
        below = self._layout.metrics.below
        hit = {
            one.span
            for one in self._layout.geometry_of(block).fragments
            if one.x - 1 <= x <= one.x + one.width + 1
            and one.y <= y <= one.y + one.height + (below if one.band else 0)
        }
        return [span.id for span in sorted(hit, key=lambda span: (span.end - span.start, span.start))]

    def tag_at(self, point: QPointF) -> int | None:
        """The span whose tag is under a point."""
        block = self._block_at(point)
        x, y = point.x(), point.y() - self._top_of(block)
        height = self._layout.metrics.tag_height
        for tag in self._layout.geometry_of(block).tags:
            if tag.x <= x <= tag.x + tag.width and tag.y <= y <= tag.y + height + 1:
                return tag.span.id
        return None

    def grip_at(self, point: QPointF) -> Grip | None:
        """The boundary of the span in focus that a point takes hold of."""
        for dot, grip in self._grips():
            away = point - dot
            if abs(away.x()) <= _GRIP_AREA[0] / 2 and abs(away.y()) <= _GRIP_AREA[1] / 2:
                return grip
        return None

    def grip_points(self) -> tuple[QPoint, QPoint] | None:
        """The centres of the two grips of the span in focus."""
        dots = [dot.toPoint() for dot, _ in self._grips()]
        return (dots[0], dots[-1]) if len(dots) >= 2 else None

    def _grips(self) -> Iterator[tuple[QPointF, Grip]]:
        span = self._layout.focused_span()
        if span is None:
            return
        for one, top in self._fragments_of(span):
            middle = top + one.y + one.height / 2
            for x, fixed in ((one.start, span.end), (one.end, span.start)):
                if x is not None:
                    yield self._layout.painter.grip(one, x, top), Grip(span, fixed, QPointF(x, middle))

    def _fragments_of(self, span: ViewSpan) -> Iterator[tuple[Fragment, float]]:
        """Its fragments, each with its paragraph's top in the viewport."""
        placed = self._layout.spans.placed(span)
        for position in (placed.start, placed.end - 1):
            block = self._layout.document().findBlock(position)
            for one in self._layout.geometry_of(block).fragments:
                if one.span.id == span.id:
                    yield one, self._top_of(block)
            if block.contains(placed.end - 1):
                return

    def _block_at(self, point: QPointF) -> QTextBlock:
        """The paragraph under a point, its lines broken."""
        number = self._layout.heights.at(point.y() + self._bar.value())
        block = self._layout.document().findBlockByNumber(number)
        self._layout.lines(block)
        return block

    def _top_of(self, block: QTextBlock) -> float:
        return self._layout.heights.top(block.blockNumber()) - self._bar.value()
