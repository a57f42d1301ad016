"""Relations drawn over the text: an arc from span to span with its type beside it, and the one that is being dragged.

It lies over the page as a widget of its own that is there only while there is something to draw, so
that an article without relations costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from annotator.ui.article.view import ArticleView

_RISE, _MOST, _TIP = 14.0, 56.0, 5.0
_INK = 0.7
"""How much of the text's ink an arc has: it crosses words."""
_FAR = 4000.0
"""Pixels beyond the page from which on an arc is not drawn."""


class Arc(NamedTuple):
    """A relation between two places, in code points; `proposed` ones are dashed."""

    start: tuple[int, int]
    end: tuple[int, int]
    words: str
    proposed: bool = False


class Arcs(QWidget):
    """Takes no mouse; follows the page as it scrolls."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view.viewport())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view = view
        self._arcs: Sequence[Arc] = ()
        self._drag: tuple[tuple[int, int], QPointF] | None = None
        self.hide()
        view.scrolled.connect(self._stay)

    def put(self, arcs: Sequence[Arc]) -> None:
        """Draw these and no others."""
        if list(arcs) != list(self._arcs):
            self._arcs = arcs
            self._show()

    def drag(self, start: tuple[int, int] | None, to: QPointF | None = None) -> None:
        """Draw a line from a place to the pointer; none for None."""
        self._drag = (start, to) if start is not None and to is not None else None
        self._show()

    def _show(self) -> None:
        there = bool(self._arcs) or self._drag is not None
        if there:
            self.setGeometry(self._view.viewport().rect())
            self.raise_()
        self.setVisible(there)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, page = self._view.palette().text().color(), self._view.palette().base().color()
        ink.setAlphaF(_INK)
        font = QFont("Inter")
        font.setPixelSize(11)
        for arc in self._arcs:
            start, end = self._rect(arc.start), self._rect(arc.end)
            if max(abs(start.y()), abs(end.y())) < _FAR:
                _draw(painter, start, end, arc, (ink, page), font)
        if self._drag is not None:
            here = self._rect(self._drag[0])
            painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(here.center().x(), here.top()), self._drag[1])

    def _stay(self) -> None:
        """Qt scrolls whatever lies on the page with it."""
        if self.isVisible():
            self.setGeometry(self._view.viewport().rect())
            self.update()

    def _rect(self, place: tuple[int, int]) -> QRectF:
        return self._view.rect_of(*place).toRectF()


def _draw(
    painter: QPainter, start: QRectF, end: QRectF, arc: Arc, colors: tuple[QColor, QColor], font: QFont
) -> None:
    """From the top of one place to the top of the other, over both."""
    ink, page = colors
    first, last = QPointF(start.center().x(), start.top()), QPointF(end.center().x(), end.top())
    rise = min(_MOST, _RISE + abs(first.x() - last.x()) / 8)
    top = min(first.y(), last.y()) - rise
    path = QPainterPath(first)
    path.cubicTo(QPointF(first.x(), top), QPointF(last.x(), top), last)
    pen = QPen(ink, 1.5)
    if arc.proposed:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    tip = QPainterPath(last)
    tip.lineTo(last + QPointF(-_TIP, -_TIP * 1.6))
    tip.lineTo(last + QPointF(_TIP, -_TIP * 1.6))
    tip.closeSubpath()
    painter.fillPath(tip, ink)
    middle = path.pointAtPercent(0.5)
    wide = QFontMetricsF(font).horizontalAdvance(arc.words) + 8
    box = QRectF(middle.x() - wide / 2, middle.y() - 8, wide, 16)
    painter.setPen(QPen(ink, 1))
    painter.setBrush(page)
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, arc.words)
