"""Quotations from articles in panels and lists: a passage with one place marked, in the article's face.

`before`, `marked` and `after` are text as stored; here they are shown on one flow, so white
space of any kind becomes a space. Offsets stay inside this module (UTF-16, Qt's own).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui import theme

_SPACE = re.compile(r"[\s\u2028\u2029\ufdd0\ufdd1\ufeff]+")
_LINE = 1.5


class Passage(NamedTuple):
    """What is quoted. `hue` and `band` are the label's look; hue None marks a bare selection."""

    before: str
    marked: str
    after: str
    hue: int | None = None
    band: bool = False


def cut(text: str, start: int, end: int, room: int) -> tuple[str, str]:
    """Some context before and after a place: at most `room` characters each, cut at whole words."""
    before = text[max(0, start - room) : start]
    after = text[end : end + room]
    lead = start - room > 0
    tail = end + room < len(text)
    before = _SPACE.sub(" ", before)
    after = _SPACE.sub(" ", after)
    if lead:
        before = "…" + before.partition(" ")[2]
    if tail:
        after = after.rpartition(" ")[0] + "…"
    return before, after


def units(text: str) -> int:
    """Length in UTF-16 units, which is what Qt counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Layout:
    """A passage laid out in a width, ready to be drawn."""

    def __init__(self, passage: Passage, size: int, width: float, lines: int) -> None:
        before, marked, after = (_SPACE.sub(" ", part) for part in passage[:3])
        self._passage = passage
        self._from = units(before)
        self._to = self._from + units(marked)
        now = theme.current()
        self._font: QFont = now.font("body", theme.SERIF, size)
        self._layout = QTextLayout(before + marked + after, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        pitch = round(now.px(size) * _LINE)
        self.height = 0
        self._layout.beginLayout()
        for _ in range(lines):
            line = self._layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, self.height + (pitch - line.height()) / 2))
            self.height += pitch
        self._layout.endLayout()

    def draw(self, painter: QPainter, x: float, y: float, ink: QColor) -> None:
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            start = max(self._from, line.textStart())
            end = min(self._to, line.textStart() + line.textLength())
            if start < end:
                left, right = _x(line, start), min(_x(line, end), line.naturalTextWidth())
                self._mark(painter, QRectF(x + left, y + line.y(), right - left, line.height() - 1))
        painter.setPen(ink)
        self._layout.draw(painter, QPointF(x, y))

    def _mark(self, painter: QPainter, rect: QRectF) -> None:
        now = theme.current()
        if self._passage.hue is None:
            painter.fillRect(rect, now.color("warnground"))
            painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1.5), now.color("warn"))
            return
        colors = now.label(self._passage.hue)
        if self._passage.band:
            painter.fillRect(rect, colors.weak)
            painter.fillRect(QRectF(rect.x(), rect.bottom(), rect.width(), 2), colors.band)
        else:
            painter.fillRect(rect, colors.fill)
            painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), colors.strong)


def _x(line: QTextLine, place: int) -> float:
    found = line.cursorToX(place)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


class Quote(QWidget):
    """A quotation of a fixed number of lines, so that what stands below it never moves."""

    def __init__(self, size: int = 15, lines: int = 2) -> None:
        super().__init__()
        self._size, self._lines = size, lines
        self._passage = Passage("", "", "")
        self._made: tuple[tuple[object, ...], Layout] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_passage(self, passage: Passage, lines: int = 2) -> None:
        self._passage = passage
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
        self.setAccessibleName(passage.before + passage.marked + passage.after)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._lines * round(theme.current().px(self._size) * _LINE) + 3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        key = (self._passage, self.width(), self._lines, theme.current())
        if self._made is None or self._made[0] != key:
            self._made = (key, Layout(self._passage, self._size, self.width() - 1, self._lines))
        self._made[1].draw(QPainter(self), 0, 0, theme.current().color("ink"))
