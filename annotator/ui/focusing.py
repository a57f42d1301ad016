"""Where the keyboard is: the ring around a button that has the focus, and going from part to part."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFocusFrame, QWidget

from annotator.ui.look import RingStyle

if TYPE_CHECKING:
    from annotator.ui.window import Window


class Focusing(QObject):
    """The focus of one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._ring: QFocusFrame | None = None
        self._style = RingStyle()
        self._app = cast(QApplication, QApplication.instance())
        self._app.focusChanged.connect(self._moved)

    def let_go(self) -> None:
        """The window closes."""
        self._app.focusChanged.disconnect(self._moved)

    def parts(self) -> list[QWidget]:
        """What F6 goes through, from left to right."""
        window = self._window
        if window.open_pages is None:
            return [window.header, window.welcome]
        return [*window.open_pages.parts(), window.header]

    def go(self, step: int) -> None:
        """Put the focus into the next (1) or previous (-1) part of the window."""
        now = self._window.focusWidget()
        parts = [part for part in self.parts() if part.isVisible()]
        inside = [n for n, part in enumerate(parts) if part.hasFocus() or part.isAncestorOf(now)]
        at = (inside[0] + step) % len(parts) if inside else 0
        first = _first_field(parts[at])
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The ring goes to what has the focus by the keyboard; text and lists show it themselves."""
        if isinstance(new, QAbstractButton) and self._window.isAncestorOf(new):
            if self._ring is None:
                self._ring = QFocusFrame(self._window)
                self._ring.setStyle(self._style)
                self._ring.destroyed.connect(self._forget_ring)
            self._ring.setWidget(new)
        elif self._ring is not None:
            self._ring.setWidget(None)  # type: ignore[arg-type]

    def _forget_ring(self) -> None:
        """Qt puts the ring beside what it surrounds; with a card it goes away."""
        self._ring = None


def _first_field(part: QWidget) -> QWidget | None:
    """What takes the focus in a part of the window: itself, or the first of its own that does."""
    tab = Qt.FocusPolicy.TabFocus
    found = [part, *part.findChildren(QWidget)]
    return next(
        (one for one in found if one.focusPolicy() & tab and one.isVisible() and one.isEnabled()), None
    )
