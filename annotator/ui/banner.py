"""A message that stays until it is answered. It takes room at the bottom, so that the text stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel

from annotator.ui import paint, theme
from annotator.ui.kit import Button, Icon, column, empty, label, row, tool

Answer = tuple[str, Callable[[], object]]

_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert", "info": "info"}


class Banner(QFrame):
    """One message at a time: what happened, what to do, and buttons that do it."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = "info"
        self._heading: QLabel | None = None
        self._box = row(gap=12, margins=(28, 16, 24, 16))
        self.setLayout(self._box)
        self.hide()

    def show_message(self, kind: str, title: str, body: str = "", choices: Sequence[Answer] = ()) -> None:
        """Show it in place of what stood there. `kind` is ok, warn, bad or info."""
        self._kind = kind
        empty(self._box)
        self._heading = label(title, "strong", wrap=True)
        self._tint()
        words = column(self._heading, gap=2)
        if body:
            words.addWidget(label(body, "second", wrap=True))
        self._box.addWidget(Icon(_ICONS[kind], 20, kind))
        self._box.addLayout(words, 1)
        for face, call in choices:
            self._box.addWidget(self._button(face, call))
        self._box.addWidget(tool("x", self.tr("Dismiss"), call=self.hide))
        self.setAccessibleName(f"{title}. {body}")
        self.show()

    def _tint(self) -> None:
        if self._heading is not None:
            self._heading.setStyleSheet(f"color: {theme.current().hex(self._kind)}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._tint()

    def _button(self, face: str, call: Callable[[], object]) -> Button:
        made = Button(face)

        def pressed() -> None:
            self.hide()
            call()

        made.clicked.connect(pressed)
        return made

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.rect()).adjusted(now.px(12), now.px(8), -now.px(12), -now.px(8))
        painter.fillRect(QRectF(0, 0, self.width(), 1), now.color("line"))
        paint.rounded(painter, inside, now.px(8), now.color(f"{self._kind}ground"), now.color(self._kind))
