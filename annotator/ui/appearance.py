"""How the window looks and speaks: colours, sizes, face, language as the settings have them, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.ui import look, theme, translations
from annotator.ui.article import Sizes

if TYPE_CHECKING:
    from annotator.ui.window import Window

THEMES: Final = ("system", "light", "dark")
ZOOMS: Final = (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0)
SIZES: Final = (0.9, 1.0, 1.1, 1.25, 1.4, 1.5)
COLUMNS: Final = (520, 600, 688, 780, 880, 1040)
"""Widths of the text in pixels at zoom 1."""


class Appearance:
    """The look of one window."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._settings = window.settings
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self.dress())

    def number(self, name: str) -> float:
        return cast(float, self._settings[name])

    def flag(self, name: str) -> bool:
        return bool(self._settings[name])

    def dress(self) -> None:
        """Take the colours and size that were chosen."""
        asked = self._settings["theme"]
        system = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = asked == "dark" or (asked == "system" and system)
        made = theme.Theme(dark=dark, scale=self.number("size"))
        look.apply(cast(QApplication, QApplication.instance()), made)
        look.dress(self._window, made)
        bindings = self._window.bindings
        bindings.retint()
        for name in THEMES:
            bindings[f"theme.{name}"].setChecked(name == asked)
        if self._window.open_review is not None:
            self._window.open_review.dress()
            self._window.status.retint()
            self._window.refresh()

    def show(self) -> None:
        """Show the text as the settings say."""
        for name, action in (("show_rejected", "view.rejected"), ("compact", "view.compact")):
            self._window.bindings[action].setChecked(self.flag(name))
        review = self._window.open_review
        if review is not None:
            review.set_rejected(shown=self.flag("show_rejected"))
            column, face = int(self.number("column")), str(self._settings["face"])
            review.view.set_sizes(Sizes(self.number("zoom"), self.flag("compact"), column, face))

    def toggle(self, name: str) -> None:
        """Turn a setting of the text on or off."""
        self.set(name, not self._settings[name])

    def zoom(self, step: int) -> None:
        """Larger (1) or smaller (-1) text, or the normal size (0)."""
        self.set("zoom", _next(ZOOMS, self.number("zoom"), step))

    def size(self, step: int) -> None:
        """A larger or smaller interface."""
        self.set("size", _next(SIZES, self.number("size"), step))

    def set(self, name: str, value: object) -> None:
        """Change a setting of the look, and show it at once."""
        self._settings[name] = value
        if name == "theme":
            self.dress()
        elif name == "size":
            self.dress()
            self._window.remake()
        elif name == "language" and translations.use(str(value)):
            self._window.bindings.set_texts()
            self._window.remake()
        self.show()


def _next(steps: tuple[float, ...], now: float, step: int) -> float:
    """The step after or before the present one; 0 asks for the normal one."""
    if step == 0:
        return 1.0
    at = min(range(len(steps)), key=lambda number: abs(steps[number] - now))
    return steps[min(max(at + step, 0), len(steps) - 1)]
