"""The broken lines of paragraphs: those that were looked at last are kept.

They are text layouts of our own. Those of Qt's blocks cannot be given back: each one that was
used keeps 60 bytes a character until its document goes, 600 MB for a text of 10 MB.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextBlock, QTextLayout, QTextOption

from annotator.ui.article.metrics import Metrics
from annotator.ui.article.qt_text import qt_text

KEPT = 160
"""Paragraphs whose lines stay in memory: several screens."""


class Paragraphs:
    """Lines by block number, at one width and size."""

    def __init__(self) -> None:
        self._kept: dict[int, QTextLayout] = {}

    def get(self, number: int) -> QTextLayout | None:
        """The lines of a block, if they are kept."""
        return self._kept.get(number)

    def keep(self, number: int, layout: QTextLayout) -> int | None:
        """Keep the lines of a block; the number of the one that made room."""
        self._kept[number] = layout
        if len(self._kept) <= KEPT:
            return None
        oldest = next(iter(self._kept))
        del self._kept[oldest]
        return oldest

    def clear(self) -> None:
        self._kept.clear()


def layout_of(block: QTextBlock, metrics: Metrics) -> QTextLayout:
    """A layout for the text of a block, its lines not yet broken."""
    layout = QTextLayout(qt_text(block.text()), metrics.body)
    layout.setCacheEnabled(True)  # what is shaped for breaking need not be shaped again for drawing
    return layout


def break_lines(
    block: QTextBlock, layout: QTextLayout, metrics: Metrics, width: float, *, goes_on: bool, blank: bool
) -> float:
    """Break a block's lines at the constant pitch; its height, with the gap behind a paragraph."""
    column, left = metrics.column_of(width)
    layout.setTextOption(_option(block))
    y = float(metrics.top) if block.blockNumber() == 0 else 0.0
    layout.beginLayout()
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(column)
        line.setPosition(QPointF(left, y if blank else y + metrics.above))
        y += metrics.blank if blank else metrics.pitch
    layout.endLayout()
    return y if blank or goes_on else y + metrics.gap


def _option(block: QTextBlock) -> QTextOption:
    """A paragraph that begins from right to left stands right; a word longer than a line is broken."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    direction = block.textDirection()
    option.setTextDirection(direction)
    if direction == Qt.LayoutDirection.RightToLeft:
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
    return option
