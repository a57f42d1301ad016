"""The ground of a part of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from annotator.ui import theme

GROUNDS = ("chrome", "panel", "page")
"""Roles of colours that fill whole parts of the window."""


class Ground(QFrame):
    """A frame that fills itself with the colour of a role, so that Qt paints nothing of what lies below.

    A ground of the style sheet may be transparent for all that Qt knows: for a changed word in the panel
    it painted everything from the window up.
    """

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.current().color(self._role))
