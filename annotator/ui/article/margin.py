"""The strip beside the scroll bar: where undecided suggestions and search hits are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.article.heights import Parts

WIDTH = 10
_MARK = 2
_SOON = 120
_REACH = 4
"""A click this near a mark goes to what is marked."""


class OverviewMargin(QWidget):
    """Marks by height, as parts from 0 to 1. `went` tells the part that was clicked."""

    went = Signal(float)

    def __init__(self, parent: QWidget, marks: Callable[[], tuple[Parts, Parts]]) -> None:
        super().__init__(parent)
        self._marks = marks
        self._soon = QTimer(self, interval=_SOON, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        self._rows: tuple[dict[int, float], dict[int, float]] | None = None
        self._colors = (QColor("#868d9a"), QColor("#1b1d21"))
        self._page = QColor("#fcfcfa")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Overview of undecided suggestions"))

    def set_colors(self, page: QColor, undecided: QColor, hit: QColor) -> None:
        self._page, self._colors = page, (undecided, hit)
        self.update()

    def refresh_soon(self) -> None:
        """Something changed, and more may follow at once."""
        self._soon.start()

    def refresh(self) -> None:
        """Spans, hits or heights changed."""
        self._rows = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 100)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._page)
        for rows, color, left in zip(self._placed(), self._colors, (2, 0), strict=True):
            for y in rows:
                painter.fillRect(left, y, WIDTH - 2 * left, _MARK, color)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        y = event.position().y()
        near = [(abs(row + _MARK / 2 - y), part) for rows in self._placed() for row, part in rows.items()]
        away, part = min(near, default=(self.height(), 0.0))
        self.went.emit(part if away <= _REACH else min(1.0, max(0.0, y / max(1, self.height()))))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rows = None

    def _placed(self) -> tuple[dict[int, float], dict[int, float]]:
        """The pixel rows of the marks, each with the part of its first one."""
        if self._rows is None:
            undecided, hits = self._marks()
            self._rows = self._by_row(undecided), self._by_row(hits)
        return self._rows

    def _by_row(self, parts: Parts) -> dict[int, float]:
        rows, first = np.unique((parts * (self.height() - _MARK)).astype(int), return_index=True)
        return dict(zip(rows.tolist(), parts[first].tolist(), strict=True))
