"""What a mouse selection is for: a bar that asks for its label, or a span at once of the armed one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from annotator.domain.models import Label
from annotator.ui.article import ArticleView
from annotator.ui.label_picks import LabelBar

_AFTER = 150
"""Milliseconds between the end of a drag and the bar."""


class Selecting(QObject):
    """A selection is not a span; a label's key or a click on the bar makes it one.

    While a label is armed every selection by the mouse becomes a span of it at once; one by a
    double click when it is sure that no third click makes a sentence of it. A selection by keys
    gets no bar: the status bar says the keys.
    """

    picked = Signal(int)
    armed_changed = Signal(object)

    def __init__(self, view: ArticleView, labels: Sequence[Label]) -> None:
        super().__init__(view)
        self._view = view
        self.armed: Label | None = None
        self.last: int | None = None
        self._bar = LabelBar(view.viewport(), labels)
        self._bar.picked.connect(self._pick)
        self._bar.closed.connect(view.clear_selection)
        self._labels = {label.id: label for label in labels}
        self._timer = QTimer(self, interval=_AFTER, singleShot=True)
        self._timer.timeout.connect(self._show)
        view.scrolled.connect(self._follow)
        view.selection_changed.connect(self._selection_changed)

    def arm(self, label: Label | None) -> None:
        """Let every selection be a span of this label, or none."""
        if label != self.armed:
            self.armed = label
            self.armed_changed.emit(label)

    def _pick(self, label: int) -> None:
        if self._bar.keeps():
            self.arm(self._labels[label])
        self.picked.emit(label)

    def _selection_changed(self, selection: tuple[int, int] | None, by_mouse: bool) -> None:
        if selection is None:
            self._timer.stop()
            self._bar.hide()
        elif by_mouse and self.armed is None:
            self._timer.start(_AFTER)
        elif by_mouse:
            # After the mouse has been dealt with: what follows changes the selection.
            self._timer.start(QApplication.doubleClickInterval() if self._view.may_grow() else 0)

    def _follow(self) -> None:
        if self._bar.isVisible():
            self._show()

    def _show(self) -> None:
        selection = self._view.selection()
        if selection is None:
            self._bar.hide()
        elif self.armed is not None:
            self.picked.emit(self.armed.id)
        else:
            self._bar.show_at(self._view.rect_of(*selection))
