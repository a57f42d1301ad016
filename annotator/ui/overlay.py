"""A card over the window with the rest dimmed: no dialog, so that Esc is cheap and nothing moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from annotator.ui import paint, theme


class Overlay(QWidget):
    """Covers its window, keeps the focus inside the card, and gives it back when it closes."""

    closed = Signal()

    def __init__(self, window: QWidget, width: int, height: int, top: int | None = None) -> None:
        super().__init__(window)
        self._below = window
        self._size = (width, height, top)
        self._came_from = window.focusWidget()
        self.card = QFrame(self)
        self.card.setObjectName("dialog")
        window.installEventFilter(self)
        self._cover()

    def open(self, first: QWidget) -> None:
        """Show it and put the focus on `first`, or on what can take it where that cannot."""
        self.show()
        self.raise_()
        inside = self._focusable()
        (first if first in inside or not inside else inside[0]).setFocus(Qt.FocusReason.PopupFocusReason)

    def close_card(self) -> None:
        """Take it away; the focus goes back to where it was."""
        self._below.removeEventFilter(self)
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Keys are the card's: of the window's own only those that take back or end work above it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if not any(event.matches(key) for key in (keys.Undo, keys.Redo, keys.Quit)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        # Every other key ends here: what lies below the card must not hear it.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_card()

    def focusNextPrevChild(self, forward: bool) -> bool:
        inside = self._focusable()
        now = self.focusWidget()
        if inside and now in inside:
            step = 1 if forward else -1
            following = inside[(inside.index(now) + step) % len(inside)]
            following.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _focusable(self) -> list[QWidget]:
        return [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._below and event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), now.color("scrim"))
        paint.shadow(painter, QRectF(self.card.geometry()), now.px(12), 40)

    def _cover(self) -> None:
        self.setGeometry(self._below.rect())
        self._place()

    def _place(self) -> None:
        now = theme.current()
        width, height, top = self._size
        margin = now.px(16)
        wide = min(now.px(width), self.width() - 2 * margin)
        high = min(now.px(height), self.height() - 2 * margin)
        y = (self.height() - high) // 2 if top is None else min(now.px(top), self.height() - high - margin)
        self.card.setGeometry(QRect((self.width() - wide) // 2, y, wide, high))


def is_covered(window: QWidget) -> bool:
    """Whether a card lies above the window: it has the focus then."""
    widget: QWidget | None = window.focusWidget()
    while widget is not None and not isinstance(widget, Overlay):
        widget = widget.parentWidget()
    return widget is not None and widget.isVisible()
