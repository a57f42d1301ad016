"""A text field with an icon before and a key cap after what is typed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from annotator.ui import icons, paint, theme


class Field(QLineEdit):
    """Takes the focus by click; keeps its own Ctrl+Z for what is typed in it."""

    def __init__(self, placeholder: str, icon: str = "", key: str = "") -> None:
        super().__init__()
        self._icon, self._key = icon, key
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setAccessibleDescription(key)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, on=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        now = theme.current()
        left = now.px(24) if self._icon else 0
        right = round(paint.cap_width(self._key)) if self._key else 0
        self.setTextMargins(left, 0, right, 0)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._icon:
            side = now.px(16)
            drawn = icons.pixmap(self._icon, 16, "ink3", self.devicePixelRatioF())
            spot = QRectF(now.px(10), (self.height() - side) / 2, side, side)
            painter.drawPixmap(spot, drawn, QRectF(drawn.rect()))
        if self._key and not self.text():
            wide, high = paint.cap_width(self._key), now.px(18)
            spot = QRectF(self.width() - wide - now.px(7), (self.height() - high) / 2, wide, high)
            paint.cap(painter, spot, self._key)
