"""Line breaking and drawing of the article, a few paragraphs at a time.

QTextEdit keeps selection, keys, caret, wheel and accessibility; this layout gives it lines at
a constant pitch with room for tags and bands. Paragraphs are broken when they are seen;
until then their height is an estimate, and the view is held still when it becomes exact.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Callable, Collection
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QRegion,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
)

from annotator.domain.offsets import OffsetMap
from annotator.ui.article.geometry import Geometry, differing, geometry
from annotator.ui.article.heights import Heights, Parts
from annotator.ui.article.metrics import Metrics
from annotator.ui.article.painter import Painter
from annotator.ui.article.paragraphs import Paragraphs, break_lines, layout_of
from annotator.ui.article.qt_text import qt_text
from annotator.ui.article.spans import Placed, SpanIndex, ViewSpan

log = logging.getLogger(__name__)

OVERHANG = 8
"""How far a grip or a tag's edge reaches out of its paragraph."""

_MANY = 12
"""So many fragments are worth looking which of them are in sight."""
_PARTS = 8
"""So many parts of the page are painted one by one."""
_HIT = 0.55
"""How much of the selection's colour a search hit has."""

_Format = tuple[int, int, QTextCharFormat]


class ArticleLayout(QAbstractTextDocumentLayout):
    """Lays out a document whose blocks are known before it is filled."""

    def __init__(
        self, document: QTextDocument, offsets: OffsetMap, spans: SpanIndex, painter: Painter
    ) -> None:
        super().__init__(document)
        self._offsets = offsets
        self.heights = Heights(offsets.block_lengths, offsets.goes_on, offsets.blank)
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
        self._paragraphs = Paragraphs()
        self._broken_for_qt: set[int] = set()
        self._geometry: dict[int, Geometry] = {}
        self.hits: list[tuple[int, int]] = []  # search hits, ascending document positions
        self.exposed: QRegion | None = None  # what is being painted of the viewport
        # Telling QTextEdit of a new size from within its own call to us recurses without end.
        self._tell = QTimer(self, interval=0, singleShot=True)
        self._tell.timeout.connect(self.tell_size)

    def fill(self) -> None:
        """Put the text into the document, which has to know its layout by then."""
        document = self.document()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self.metrics.body)
        document.setDocumentLayout(self)
        document.setPlainText(qt_text(self._offsets.display))
        if document.characterCount() - 1 != self._offsets.qt_length:
            raise AssertionError("Qt holds another text than the one it was given")

    # What Qt asks

    def documentChanged(self, start: int, removed: int, added: int) -> None:  # noqa: ARG002
        width = self.document().pageSize().width()
        if width > 0 and width != self.width:
            self.width = width
            self.forget()

    def documentSize(self) -> QSizeF:
        return QSizeF(self.width, self.heights.total + self.metrics.top)

    def pageCount(self) -> int:
        return 1

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:  # noqa: ARG002
        return QRectF(0, 0, self.width, self.heights.total)

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        number = block.blockNumber()
        if not block.isValid() or number >= len(self.heights) or not self.width:
            return QRectF()
        if number not in self._broken_for_qt:
            # Qt asks where the caret is, or will go: it looks at the block's own layout then.
            self._broken_for_qt.add(number)
            self._break(block, block.layout())
        return QRectF(0, self.heights.top(number), self.width, self.heights.of(number))

    def hitTest(self, point: QPointF, accuracy: object) -> int:  # type: ignore[override]  # noqa: ARG002
        block, line = self.line_at(point.y())
        return block.position() + int(line.xToCursor(point.x()))

    def line_at(self, y: float) -> tuple[QTextBlock, QTextLine]:
        """The line at a height, its tags and bands included; the nearest one outside the text."""
        number = self.heights.at(y)
        block = self.document().findBlockByNumber(number)
        layout = self.lines(block)
        inside = y - self.heights.top(number)
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
        """The layout of a block, its lines broken. It is kept for a while only."""
        number = block.blockNumber()
        layout = self._paragraphs.get(number)
        if layout is None:
            layout = layout_of(block, self.metrics)
            dropped = self._paragraphs.keep(number, layout)
            if dropped is not None:
                self._geometry.pop(dropped, None)
            self._break(block, layout)
        return layout

    def _break(self, block: QTextBlock, layout: QTextLayout) -> None:
        number = block.blockNumber()
        goes_on, blank = self.heights.goes_on(number), self.heights.blank(number)
        height = break_lines(block, layout, self.metrics, self.width, goes_on=goes_on, blank=blank)
        if self.heights.put(number, height):
            self._tell.start()

    def tell_size(self) -> None:
        """Tell Qt how high the document is by now."""
        self.documentSizeChanged.emit(self.documentSize())

    def settle(self, top: float, bottom: float) -> float:
        """Break all that lies between two heights; how far what was there exactly has moved."""
        heights = self.heights
        anchor = heights.first_known(heights.at(top), heights.at(bottom))
        before = heights.top(anchor) if anchor is not None else 0.0
        number = heights.at(top)
        block = self.document().findBlockByNumber(number)
        while block.isValid() and heights.top(number) < bottom:
            self.lines(block)
            block = block.next()
            number += 1
        return heights.top(anchor) - before if anchor is not None else 0.0

    def make_exact(self, top: float, go_on: Callable[[], bool]) -> tuple[float, bool]:
        """Measure blocks while there is time; how far the text at `top` moved, and whether all is exact."""
        here = self.heights.at(top)
        before = self.heights.top(here)
        finished = True
        for number in self.heights.unknown():
            if not go_on():
                finished = False
                break
            block = self.document().findBlockByNumber(int(number))
            self._break(block, layout_of(block, self.metrics))
        return self.heights.top(here) - before, finished

    def forget(self) -> None:
        """Start over: another width, zoom or mode."""
        for number in self._broken_for_qt:
            self.document().findBlockByNumber(number).layout().clearLayout()
        self._broken_for_qt.clear()
        self._paragraphs.clear()
        self._geometry.clear()
        self.heights.estimate(self.metrics, self.width)
        self._tell.start()

    def restyle(self, painter: Painter, *, same_size: bool) -> None:
        """Use another theme or size."""
        self.painter = painter
        self._geometry.clear()
        if not same_size:
            self.metrics = painter.metrics
            self.forget()
        self.update.emit()

    # Spans

    def geometry_of(self, block: QTextBlock) -> Geometry:
        """The boxes and tags of a block."""
        number = block.blockNumber()
        found = self._geometry.get(number)
        if found is None:
            start, length = block.position(), block.length()
            spans = self.shown(start, start + length)
            found = geometry(block, self.lines(block), spans, self.metrics, self.painter.theme)
            self._geometry[number] = found
        return found

    def shown(self, start: int, end: int) -> list[Placed]:
        """The spans that touch a range, without hidden ones; the focus and other versions never are."""
        return [
            one
            for one in self.spans.between(start, end)
            if one.state not in self.hidden_states or one.id == self.focus or one.by
        ]

    def changed(self, places: Collection[Placed], *, moved: bool) -> list[QRectF]:
        """Spans changed at these places, or (not `moved`) only their look: the parts of the page to draw again."""
        spans = {one.id for one in places}
        rects, unknown = [], QRectF()
        for number in sorted({number for one in places for number in self._blocks_of(one)}):
            old = self._geometry.pop(number, None) if moved else self._geometry.get(number)
            if old is None:  # nobody has seen it, or it is too far away
                unknown |= self._rect(self.heights.top(number), self.heights.of(number))
                continue
            new = self.geometry_of(self.document().findBlockByNumber(number)) if moved else old
            for y, height in differing(old, new, spans):
                top = self.heights.top(number) + y - self.metrics.above
                rects.append(self._rect(top, self.metrics.above + height + self.metrics.below))
        return [*rects, unknown]

    def _blocks_of(self, one: Placed) -> range:
        document, many = self.document(), len(self.heights)
        first, last = document.findBlock(one.start), document.findBlock(max(one.start, one.end - 1))
        return range(first.blockNumber(), last.blockNumber() + 1 if last.isValid() else many)

    def _rect(self, top: float, height: float) -> QRectF:
        """A part of the page, with what reaches out of it."""
        over = OVERHANG * self.metrics.zoom
        return QRectF(0, top - over, self.width, height + 2 * over)

    def forget_geometry(self) -> None:
        """All spans may have changed."""
        self._geometry.clear()

    def marks(self) -> tuple[Parts, Parts]:
        """Where undecided spans and search hits are, as parts of the whole height."""
        total = self.documentSize().height()
        hits = [start for start, _ in self.hits]
        return self.heights.parts(self.spans.undecided(), total), self.heights.parts(hits, total)

    # Drawing

    def _draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        # The selections are temporaries of Qt: their formats must be copied out.
        selected: list[_Format] = [
            (one.cursor.selectionStart(), one.cursor.selectionEnd(), QTextCharFormat(one.format))
            for one in list(context.selections)
        ]
        formats = selected + self._reversed()
        self.painter.left = self.metrics.column_of(self.width)[1]
        for part in self._parts(context.clip):
            painter.save()
            try:
                painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
                self._draw_part(painter, part, formats, context.cursorPosition)
            finally:
                painter.restore()

    def _parts(self, clip: QRectF) -> list[QRectF]:
        """What is to be painted of the page. Qt tells what lies around all of it, which may be half a page."""
        exposed = self.exposed
        if exposed is None or not 1 < exposed.rectCount() <= _PARTS:
            return [clip]
        away = clip.topLeft() - exposed.boundingRect().topLeft().toPointF()
        return [QRectF(rect).translated(away) for rect in exposed]  # type: ignore[attr-defined]

    def _draw_part(self, painter: QPainter, clip: QRectF, formats: list[_Format], caret: int) -> None:
        number = self.heights.at(clip.top())
        block = self.document().findBlockByNumber(number)
        painter.setPen(self.painter.theme.ink)
        while block.isValid() and self.heights.top(number) <= clip.bottom():
            self._draw_block(painter, block, formats, clip, caret)
            block = block.next()
            number += 1

    def _draw_block(
        self, painter: QPainter, block: QTextBlock, formats: list[_Format], clip: QRectF, caret: int
    ) -> None:
        layout = self.lines(block)
        top = self.heights.top(block.blockNumber())
        found = self.geometry_of(block)
        if len(found.fragments) > _MANY:
            pitch = self.metrics.pitch
            found = found.between(clip.top() - top - pitch, clip.bottom() - top + pitch)
        self.painter.under_text(painter, found, top, self.focus)
        painter.setPen(self.painter.theme.ink)
        layout.draw(painter, QPointF(0, top), _ranges(block, self._found(block) + formats), clip)
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

    def _found(self, block: QTextBlock) -> list[_Format]:
        """The search hits in a block, in a weak shade of the selection."""
        first = bisect_left(self.hits, (block.position(),))
        last = bisect_left(self.hits, (block.position() + block.length(),))
        if first == last:
            return []
        ground = QColor(self.painter.theme.selection)
        ground.setAlphaF(ground.alphaF() * _HIT)
        text = QTextCharFormat()
        text.setBackground(ground)
        return [(start, end, text) for start, end in self.hits[first:last]]

    def focused_span(self) -> ViewSpan | None:
        """The span in focus."""
        return self.spans.by_id.get(self.focus) if self.focus is not None else None

    def focused(self) -> Placed | None:
        """Where the span in focus is."""
        span = self.focused_span()
        return None if span is None else self.spans.placed(span)


def _ranges(block: QTextBlock, formats: list[_Format]) -> list[QTextLayout.FormatRange]:
    """Formats in a block, cut where they meet: Qt would draw the words once for each. Later ones prevail."""
    base, length = block.position(), block.length()
    inside = [
        (max(0, start - base), min(length, end - base), text)
        for start, end, text in formats
        if start < base + length and end > base
    ]
    edges = sorted({edge for start, end, _ in inside for edge in (start, end)})
    pieces: list[_Format] = []
    for start, end in pairwise(edges):
        merged = QTextCharFormat()
        for first, last, text in inside:
            if first <= start and last >= end:
                merged.merge(text)
        if pieces and pieces[-1][1] == start and pieces[-1][2] == merged:
            start = pieces.pop()[0]  # noqa: PLW2901  no seam in one ground
        if not merged.isEmpty():
            pieces.append((start, end, merged))
    # Words without a ground go first: Qt passes them over where they touch what is drawn already.
    pieces.sort(key=lambda piece: piece[2].background().style() != Qt.BrushStyle.NoBrush)
    return [_range(*piece) for piece in pieces]


def _range(start: int, end: int, text: QTextCharFormat) -> QTextLayout.FormatRange:
    one = QTextLayout.FormatRange()
    one.start, one.length, one.format = start, end - start, text
    return one
