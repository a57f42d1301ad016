"""A button that holds one of several values and opens a menu to choose another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from annotator.ui.kit import Button


class Picker(Button):
    """Its face is the value; the first one means that nothing is chosen."""

    chosen = Signal(int)

    def __init__(self, name: str, values: Sequence[str]) -> None:
        super().__init__(values[0], "chevron-down")
        self.setAccessibleName(name)
        self._values: list[str] = []
        self._at = 0
        self.put(values)
        self.clicked.connect(lambda _=False: self._open())

    def put(self, values: Sequence[str]) -> None:
        """Other values to choose from; what was chosen stays where it is one of them."""
        now = self._values[self._at] if self._values else values[0]
        self._values = [*values]
        self._show(self._values.index(now) if now in self._values else 0)

    def at(self) -> int:
        """The number of the value that holds."""
        return self._at

    def choose(self, number: int) -> None:
        """Hold this value and tell it."""
        self._show(number)
        self.chosen.emit(number)

    def _show(self, number: int) -> None:
        self._at = number
        self.setText(self._values[number])
        self.setAccessibleDescription(self._values[number])
        self.set_icon("check" if number else "chevron-down")
        self.updateGeometry()

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, value in enumerate(self._values):
            action = menu.addAction(value)
            action.setCheckable(True)
            action.setChecked(number == self._at)
            action.triggered.connect(lambda _=False, n=number: self.choose(n))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))
