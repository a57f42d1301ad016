"""The strip beside the scroll bar: where undecided suggestions and search hits are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

WIDTH = 10
_MARK = 3


class OverviewMargin(QWidget):
    """Marks by height, as parts from 0 to 1. `went` tells the part that was clicked."""

    went = Signal(float)

    def __init__(self, parent: QWidget, marks: Callable[[], tuple[list[float], list[float]]]) -> None:
        super().__init__(parent)
        self._marks = marks
        self._rows: dict[int, tuple[set[int], set[int]]] = {}
        self._undecided = QColor("#868d9a")
        self._hit = QColor("#1b1d21")
        self._page = QColor("#fcfcfa")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Overview of undecided suggestions"))

    def set_colors(self, page: QColor, undecided: QColor, hit: QColor) -> None:
        self._page, self._undecided, self._hit = page, undecided, hit
        self.update()

    def refresh(self) -> None:
        """Spans or hits changed."""
        self._rows.clear()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 100)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        height = max(1, self.height() - _MARK)
        if height not in self._rows:
            undecided, hits = self._marks()
            self._rows = {
                height: ({int(part * height) for part in undecided}, {int(part * height) for part in hits})
            }
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._page)
        for rows, color, left in zip(self._rows[height], (self._undecided, self._hit), (2, 0), strict=True):
            for y in rows:
                painter.fillRect(left, y, WIDTH - 2 * left, _MARK - 1, color)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.went.emit(min(1.0, max(0.0, event.position().y() / max(1, self.height()))))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
