"""Buttons for the labels of the project: in the panel as a grid, over a selection as a bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGraphicsDropShadowEffect,
    QGridLayout,
    QSizePolicy,
    QWidget,
)

from annotator.domain.models import Label
from annotator.ui import paint, theme, wording
from annotator.ui.kit import line, row, tool


class LabelButton(QAbstractButton):
    """A label with its colour and key. The one that holds is framed in its colour and ticked."""

    def __init__(self, label: Label, *, framed: bool = True) -> None:
        super().__init__()
        self.label = label
        self._framed = framed
        self.setText(wording.label_name(label))
        self.setToolTip(label.description)
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(label.key or "")
        self.setCheckable(framed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if framed else Qt.FocusPolicy.NoFocus)
        grows = QSizePolicy.Policy.Ignored if framed else QSizePolicy.Policy.Fixed
        self.setSizePolicy(grows, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def nextCheckState(self) -> None:
        """The state follows the span, not the click."""

    def sizeHint(self) -> QSize:
        now = theme.current()
        wide = now.px(8 + 12 + 8 + 8) + paint.width(self.text(), now.font("strong"))
        if self.label.key:
            wide += paint.cap_width(self.label.key) + now.px(8)
        return QSize(round(wide + 2), now.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = now.label(self.label.hue)
        rect = QRectF(self.rect())
        on, lit = self.isChecked(), self.underMouse() and self.isEnabled()
        if on:
            paint.rounded(painter, rect, now.px(6), colors.weak, colors.strong, line=2)
        elif self._framed:
            paint.rounded(
                painter, rect, now.px(6), now.color("hover" if lit else "raised"), now.color("line2")
            )
        elif lit:
            paint.rounded(painter, rect, now.px(6), now.color("hover"))
        side = now.px(12)
        square = QRectF(now.px(9), (self.height() - side) / 2, side, side)
        paint.swatch(painter, square, colors.strong)
        if on:
            paint.tick(painter, square.adjusted(1.5, 1.5, -1.5, -1.5), colors.on_strong)
        right = rect.right() - now.px(8)
        if self.label.key:
            wide, high = paint.cap_width(self.label.key), now.px(18)
            right -= wide
            paint.cap(painter, QRectF(right, (self.height() - high) / 2, wide, high), self.label.key)
            right -= now.px(4)
        left = square.right() + now.px(8)
        words = QRectF(left, 0, right - left, self.height())
        paint.text(painter, words, self.text(), now.font("strong" if on or not self._framed else "medium"))


class Swatch(QWidget):
    """A label's colour beside its name."""

    def __init__(self, hue: int) -> None:
        super().__init__()
        self._hue = hue
        side = theme.current().px(12)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.swatch(painter, QRectF(self.rect()), theme.current().label(self._hue).strong)


class LabelPicks(QWidget):
    """The labels two in a row."""

    picked = Signal(int)

    def __init__(self, labels: Sequence[Label]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.current().px(8))
        self._buttons: list[LabelButton] = []
        for number, label in enumerate(labels):
            button = LabelButton(label)
            button.clicked.connect(lambda _=False, found=label.id: self.picked.emit(found))
            self._buttons.append(button)
            grid.addWidget(button, number // 2, number % 2)

    def show_label(self, label: int | None) -> None:
        for button in self._buttons:
            button.setChecked(button.label.id == label)


class LabelBar(QFrame):
    """Floats at a mouse selection, never over it, until a label is taken or it is closed."""

    picked = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget, labels: Sequence[Label]) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("floating")
        self.setAccessibleName(self.tr("Label for the selection"))
        box = row(gap=2, margins=(4, 4, 4, 4))
        for label in labels:
            button = LabelButton(label, framed=False)
            button.clicked.connect(lambda _=False, found=label.id: self.picked.emit(found))
            box.addWidget(button)
            box.addWidget(line(vertical=True, length=16))
        self._keep = tool("highlighter", self.tr("Keep the label for what is selected next"), "K")
        self._keep.setCheckable(True)
        box.addWidget(self._keep)
        box.addWidget(tool("x", self.tr("Drop the selection"), "Esc", self.closed.emit))
        self.setLayout(box)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        shade = QGraphicsDropShadowEffect(self)
        shade.setBlurRadius(24)
        shade.setOffset(0, 6)
        shade.setColor(theme.current().color("shadow"))
        self.setGraphicsEffect(shade)
        self.hide()

    def keeps(self) -> bool:
        """Whether the label that is taken is to hold for the next selections as well; asked once."""
        keep = self._keep.isChecked()
        self._keep.setChecked(False)
        return keep

    def show_at(self, selection: QRect) -> None:
        """Stand below the selection, or above it where there is no room below."""
        now = theme.current()
        self.adjustSize()
        room, gap = self._over.rect(), now.px(10)
        y = selection.bottom() + gap
        if y + self.height() > room.bottom() - now.px(4):
            y = selection.top() - gap - self.height()
        x = min(max(selection.left() - now.px(8), now.px(8)), room.right() - self.width() - now.px(8))
        self.move(QPoint(max(x, 0), y))
        self.show()
        self.raise_()
