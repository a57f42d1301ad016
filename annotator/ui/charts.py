"""The charts of the overview, painted: parts of a bar, columns by day. Their names hold the numbers.

What is right is told by pattern as well as by colour: solid, hatched, dotted, crossed, empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui import paint, theme

PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.DiagCrossPattern,
    Qt.BrushStyle.Dense6Pattern,
)


def fill(painter: QPainter, rect: QRectF, number: int, color: QColor) -> None:
    """A part of this number: its pattern inside its edge; behind the last pattern, empty."""
    if number < len(PATTERNS):
        painter.setPen(color if number else Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(color, PATTERNS[number]))
        half = 0.5 if number else 0.0
        painter.drawRect(rect.adjusted(half, half, -half, -half))
    else:
        painter.fillRect(rect, theme.current().color("sunken"))


class Parts(QWidget):
    """One bar of parts, from right to wrong; with `whole` it is that long of the room it has."""

    def __init__(self, hue: int | None, parts: Sequence[int], words: str, whole: int | None = None) -> None:
        super().__init__()
        self._hue, self._parts = hue, parts
        self._whole = whole if whole is not None else sum(parts)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(160), theme.current().px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        if self.width() < now.px(40):  # no room: the numbers stand beside it
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = now.label(self._hue).strong if self._hue is not None else now.color("ink2")
        on = now.label(self._hue).on_strong if self._hue is not None else now.color("onaccent")
        x = 0.0
        for number, part in enumerate(self._parts):
            wide = self.width() * part / self._whole if self._whole else 0.0
            rect = QRectF(x, 0, max(0.0, wide - 2), self.height())
            if part and rect.width() > 0:
                fill(painter, rect, number, color)
                words, font = str(part), now.font("chip")
                plain = number == 0 or number >= len(PATTERNS)
                if plain and paint.width(words, font) + now.px(6) < rect.width():
                    paint.text(painter, rect, words, font, on if number == 0 else "ink2", align=paint.CENTER)
            x += wide


class Key(QWidget):
    """What a pattern stands for."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setFixedSize(theme.current().px(14), theme.current().px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill(painter, QRectF(self.rect()), self._number, theme.current().color("ink2"))


class Column(NamedTuple):
    """A day: its parts, the number above it, the words below it."""

    parts: Sequence[float]
    above: str
    below: str


class Columns(QWidget):
    """A column for each day; `most` is the height of the room. A long row shows the newest."""

    def __init__(self, columns: Sequence[Column], most: float, words: str, high: int = 120) -> None:
        super().__init__()
        self._columns, self._most = columns, most
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFixedHeight(theme.current().px(high))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, font = now.px(48), now.font("caption")
        shown = self._columns[-max(1, self.width() // step) :]
        foot, head = now.px(18), now.px(18)
        room = self.height() - foot - head
        for number, one in enumerate(shown):
            left, y = number * step, float(self.height() - foot)
            for place, part in enumerate(one.parts):
                high = room * part / self._most if self._most else 0.0
                y -= high
                if high >= 1:
                    fill(painter, QRectF(left, y, step - now.px(12), high - 1), place, now.color("ink2"))
            wide = step - now.px(12)
            paint.text(
                painter, QRectF(left, y - head, wide, head), one.above, font, "ink2", align=paint.CENTER
            )
            below = QRectF(left - now.px(6), self.height() - foot, step, foot)
            paint.text(painter, below, one.below, font, "ink3", align=paint.CENTER)
