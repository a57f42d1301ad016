"""The menu of a span: the acts for it, with their keys, where it was clicked with the other button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from annotator.ui.window import Window

_LINES = (
    *("accept", "reject", "", "label", "", "link.1", "entity", "unlink", ""),
    *("same", "flag", "note", "cycle"),
)
"""An empty name is a divider, `label` stands for all of them."""


def show(window: Window, span: int | None, at: QPoint) -> None:
    """Put the focus on the span, and open the menu."""
    if span is not None:
        window.review.set_focus(span)
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in _LINES:
        if not name:
            menu.addSeparator()
        elif name == "label":
            for number in range(1, len(window.review.labels) + 1):
                menu.addAction(window.bindings[f"label.{number}"])
        else:
            menu.addAction(window.bindings[name])
    menu.popup(at)
