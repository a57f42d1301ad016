"""Keys with the words for what they do, as they stand in the status bar and on the key sheet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from annotator.ui import paint, theme


class Hint(QAbstractButton):
    """One or more key caps, a colour square for a label, a word. A click does what the key does."""

    def __init__(
        self, keys: list[str], words: str = "", color: QColor | None = None, look: str = "normal"
    ) -> None:
        super().__init__()
        self._keys, self._color, self._look = keys, color, look
        self._size: tuple[theme.Theme, QSize] | None = None
        self.setText(words)
        self.setAccessibleName(words or " ".join(keys))
        self.setAccessibleDescription(" ".join(keys))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        if words == self.text():
            return
        self.setText(words)
        self._size = None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        now = theme.current()
        if self._size is None or self._size[0] is not now:  # it is asked for at every key press
            self._size = now, self._measured(now)
        return self._size[1]

    def _measured(self, now: theme.Theme) -> QSize:
        wide = sum(paint.cap_width(key) + now.px(4) for key in self._keys)
        if self._color is not None:
            wide += now.px(14)
        if self.text():
            wide += now.px(2) + paint.width(self.text(), now.font("small"))
        return QSize(round(wide + 1), now.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, x, high = self.height() / 2, 0.0, now.px(18)
        for key in self._keys:
            wide = paint.cap_width(key)
            paint.cap(painter, QRectF(x, middle - high / 2, wide, high), key, self._look)
            x += wide + now.px(4)
        if self._color is not None:
            side = now.px(10)
            paint.swatch(painter, QRectF(x + now.px(1), middle - side / 2, side, side), self._color)
            x += now.px(14)
        if self.text():
            ink = "ink" if self.underMouse() and self.isEnabled() else "ink2"
            rect = QRectF(x + now.px(2), 0, self.width() - x - now.px(2), self.height())
            paint.text(painter, rect, self.text(), now.font("small"), ink)
