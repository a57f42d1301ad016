"""Line breaking and drawing of the article, a few paragraphs at a time.

QTextEdit keeps selection, keys, caret, wheel and accessibility; this layout gives it lines at
a constant pitch with room for tags and bands. Paragraphs are broken when they are seen;
until then their height is an estimate, and the view is held still when it becomes exact.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from annotator.ui.article.geometry import Geometry, geometry
from annotator.ui.article.metrics import Metrics
from annotator.ui.article.painter import Painter
from annotator.ui.article.spans import Placed, SpanIndex, ViewSpan

log = logging.getLogger(__name__)

KEPT = 400
"""Paragraphs whose lines stay in memory: several screens."""
OVERHANG = 8
"""How far a grip or a tag's edge reaches out of its paragraph."""

_Format = tuple[int, int, QTextCharFormat]


class ArticleLayout(QAbstractTextDocumentLayout):
    """Lays out a document whose block lengths (UTF-16) are known before it is filled."""

    def __init__(
        self, document: QTextDocument, lengths: NDArray[np.int64], spans: SpanIndex, painter: Painter
    ) -> None:
        super().__init__(document)
        self._lengths = lengths
        self._starts = np.concatenate([[0], np.cumsum(lengths + 1)[:-1]])
        self.spans = spans
        self.painter = painter
        self.metrics: Metrics = painter.metrics
        self.width = 0.0
        self.focus: int | None = None
        self.hidden_states: frozenset[str] = frozenset()
        self.failed: Callable[[BaseException], None] = lambda error: log.error(
            "painting failed", exc_info=error
        )
        self._told = False
        self._heights = np.zeros(len(lengths))
        self._tops = np.zeros(len(lengths) + 1)
        self._exact = np.zeros(len(lengths), dtype=bool)
        self._kept: dict[int, None] = {}
        self._geometry: dict[int, Geometry] = {}
        # Telling QTextEdit of a new size from within its own call to us recurses without end.
        self._tell = QTimer(self, interval=0, singleShot=True)
        self._tell.timeout.connect(self.tell_size)

    # What Qt asks

    def documentChanged(self, start: int, removed: int, added: int) -> None:  # noqa: ARG002
        width = self.document().pageSize().width()
        if width > 0 and width != self.width:
            self.width = width
            self.forget()

    def documentSize(self) -> QSizeF:
        return QSizeF(self.width, float(self._tops[-1]) + self.metrics.top)

    def pageCount(self) -> int:
        return 1

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:  # noqa: ARG002
        return QRectF(0, 0, self.width, float(self._tops[-1]))

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        number = block.blockNumber()
        if not block.isValid() or number >= len(self._heights) or not self.width:
            return QRectF()
        self.lines(block)
        return QRectF(0, float(self._tops[number]), self.width, float(self._heights[number]))

    def hitTest(self, point: QPointF, accuracy: object) -> int:  # type: ignore[override]  # noqa: ARG002
        block, line = self.line_at(point.y())
        return block.position() + int(line.xToCursor(point.x()))

    def line_at(self, y: float) -> tuple[QTextBlock, QTextLine]:
        """The line at a height, its tags and bands included; the nearest one outside the text."""
        number = self.block_at(y)
        block = self.document().findBlockByNumber(number)
        layout = self.lines(block)
        inside = y - float(self._tops[number])
        for index in range(layout.lineCount() - 1):
            line = layout.lineAt(index)
            if inside < line.y() + line.height() + self.metrics.below:
                return block, line
        return block, layout.lineAt(layout.lineCount() - 1)

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        try:
            self._draw(painter, context)
        except Exception as error:  # noqa: BLE001  an exception in a paint event would end the program
            if not self._told:
                self._told = True
                self.failed(error)

    # Lines and heights

    def lines(self, block: QTextBlock) -> QTextLayout:
        """The layout of a block, its lines broken."""
        layout = block.layout()
        if layout.lineCount() == 0:
            self._break(block, layout)
        return layout

    def _break(self, block: QTextBlock, layout: QTextLayout) -> None:
        number, metrics = block.blockNumber(), self.metrics
        column, left = metrics.column_of(self.width)
        y = float(metrics.top) if number == 0 else 0.0
        blank = block.length() <= 1
        if block.textDirection() == Qt.LayoutDirection.RightToLeft:
            option = QTextOption(Qt.AlignmentFlag.AlignRight)
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            layout.setTextOption(option)
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(column)
            if blank:
                line.setPosition(QPointF(left, y))
                y += metrics.blank
            else:
                line.setPosition(QPointF(left, y + metrics.above))
                y += metrics.pitch
        layout.endLayout()
        self._keep(number)
        self._set_height(number, y)

    def _keep(self, number: int) -> None:
        """Remember that this block has lines; the block that was broken longest ago loses its own."""
        self._kept[number] = None
        if len(self._kept) > KEPT:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._geometry.pop(oldest, None)
            self.document().findBlockByNumber(oldest).layout().clearLayout()

    def _set_height(self, number: int, height: float) -> None:
        difference = height - float(self._heights[number])
        self._exact[number] = True
        if abs(difference) > 0.01:
            self._heights[number] = height
            self._tops[number + 1 :] += difference
            self._tell.start()

    def tell_size(self) -> None:
        """Tell Qt how high the document is by now."""
        self.documentSizeChanged.emit(self.documentSize())

    def settle(self, top: float, bottom: float) -> float:
        """Break all that lies between two heights; how far what was there exactly has moved."""
        anchor = self._anchor(top, bottom)
        before = float(self._tops[anchor]) if anchor is not None else 0.0
        number = self.block_at(top)
        block = self.document().findBlockByNumber(number)
        while block.isValid() and float(self._tops[number]) < bottom:
            self.lines(block)
            block = block.next()
            number += 1
        return float(self._tops[anchor]) - before if anchor is not None else 0.0

    def _anchor(self, top: float, bottom: float) -> int | None:
        """The first block in sight whose height is exact."""
        first, last = self.block_at(top), self.block_at(bottom)
        known = np.flatnonzero(self._exact[first : last + 1])
        return first + int(known[0]) if len(known) else None

    def make_exact(self, top: float, budget: Callable[[], bool]) -> tuple[float, bool]:
        """Break blocks while there is time; how far the text at `top` moved, and whether all is exact."""
        here = self.block_at(top)
        before = float(self._tops[here])
        missing = np.flatnonzero(~self._exact)
        for number in missing:
            if not budget():
                return float(self._tops[here]) - before, False
            self.lines(self.document().findBlockByNumber(int(number)))
        return float(self._tops[here]) - before, True

    def is_exact(self) -> bool:
        """Whether no height is an estimate any more."""
        return bool(self._exact.all())

    def forget(self) -> None:
        """Start over: another width, zoom or mode."""
        document = self.document()
        for number in self._kept:
            document.findBlockByNumber(number).layout().clearLayout()
        self._kept.clear()
        self._geometry.clear()
        self._exact[:] = False
        self._estimate()
        self._tell.start()

    def restyle(self, painter: Painter, *, same_size: bool) -> None:
        """Use another theme or size."""
        self.painter = painter
        self._geometry.clear()
        if not same_size:
            self.metrics = painter.metrics
            self.forget()
        self.update.emit()

    def _estimate(self) -> None:
        column, _ = self.metrics.column_of(self.width)
        per_line = max(1.0, column / (self.metrics.body_metrics.averageCharWidth() * 0.96))
        lines = np.ceil(np.maximum(self._lengths, 1) / per_line)
        self._heights = np.where(self._lengths <= 0, self.metrics.blank, lines * self.metrics.pitch).astype(
            float
        )
        self._heights[0] += self.metrics.top
        self._tops = np.concatenate([[0.0], np.cumsum(self._heights)])

    def block_at(self, y: float) -> int:
        """The number of the block at a height; the nearest one outside the text."""
        found = int(np.searchsorted(self._tops, y, "right")) - 1
        return min(max(0, found), len(self._heights) - 1)

    def top_of(self, block: int) -> float:
        """Where a block begins, as far as is known."""
        return float(self._tops[block])

    def parts(self, positions: ArrayLike) -> NDArray[np.float64]:
        """The blocks of ascending positions, each once, as parts of the whole height."""
        blocks = np.unique(np.searchsorted(self._starts, positions, side="right") - 1)
        return self._tops[blocks] / max(1.0, self.documentSize().height())

    # Spans

    def geometry_of(self, block: QTextBlock) -> Geometry:
        """The boxes and tags of a block."""
        number = block.blockNumber()
        found = self._geometry.get(number)
        if found is None:
            start, length = block.position(), block.length()
            spans = self.shown(start, start + length)
            self.lines(block)
            found = geometry(block, spans, self.metrics, self.painter.theme)
            self._geometry[number] = found
        return found

    def shown(self, start: int, end: int) -> list[Placed]:
        """The spans that touch a range of positions, without hidden ones; the focus is never hidden."""
        return [
            one
            for one in self.spans.between(start, end)
            if one.state not in self.hidden_states or one.id == self.focus
        ]

    def changed(self, start: int, end: int) -> QRectF:
        """Spans between two positions changed: the part of the page to draw again."""
        document = self.document()
        first, last = (
            document.findBlock(start).blockNumber(),
            document.findBlock(max(start, end - 1)).blockNumber(),
        )
        last = len(self._heights) - 1 if last < 0 else last
        for number in range(first, last + 1):
            self._geometry.pop(number, None)
        top, bottom = float(self._tops[first]), float(self._tops[last + 1])
        over = OVERHANG * self.metrics.zoom
        return QRectF(0, top - over, self.width, bottom - top + 2 * over)

    def forget_geometry(self) -> None:
        """All spans may have changed."""
        self._geometry.clear()

    # Drawing

    def _draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        clip = context.clip
        number = self.block_at(clip.top())
        block = self.document().findBlockByNumber(number)
        # The selections are temporaries of Qt: their formats must be copied out.
        formats: list[_Format] = [
            (one.cursor.selectionStart(), one.cursor.selectionEnd(), QTextCharFormat(one.format))
            for one in list(context.selections)
        ]
        formats += self._reversed()
        self.painter.left = self.metrics.column_of(self.width)[1]
        painter.setPen(self.painter.theme.ink)
        while block.isValid() and float(self._tops[number]) <= clip.bottom():
            self._draw_block(painter, block, formats, clip, context.cursorPosition)
            block = block.next()
            number += 1

    def _draw_block(
        self, painter: QPainter, block: QTextBlock, formats: list[_Format], clip: QRectF, caret: int
    ) -> None:
        layout = self.lines(block)
        top = float(self._tops[block.blockNumber()])
        found = self.geometry_of(block)
        self.painter.under_text(painter, found, top, self.focus)
        painter.setPen(self.painter.theme.ink)
        layout.draw(painter, QPointF(0, top), _ranges(block, formats), clip)
        self.painter.over_text(painter, found, top, self.focus)
        if caret >= 0 and block.contains(caret):
            painter.setPen(self.painter.theme.ink)
            layout.drawCursor(painter, QPointF(0, top), caret - block.position(), 1)

    def _reversed(self) -> list[_Format]:
        """The focused span's words in the colour that reads on its tag's; bands keep their ink."""
        one = self.focused()
        if one is None or self.painter.theme.label(one.label).band:
            return []
        text = QTextCharFormat()
        text.setForeground(self.painter.theme.label(one.label).colors.on_strong)
        return [(one.start, one.end, text)]

    def focused_span(self) -> ViewSpan | None:
        """The span in focus."""
        return self.spans.by_id.get(self.focus) if self.focus is not None else None

    def focused(self) -> Placed | None:
        """Where the span in focus is."""
        span = self.focused_span()
        return None if span is None else self.spans.placed(span)


def _ranges(block: QTextBlock, formats: list[_Format]) -> list[QTextLayout.FormatRange]:
    start, end = block.position(), block.position() + block.length()
    ranges = []
    for first, last, text in formats:
        if first < end and last > start:
            one = QTextLayout.FormatRange()
            one.start = max(0, first - start)
            one.length = min(last, end) - start - one.start
            one.format = text
            ranges.append(one)
    return ranges
