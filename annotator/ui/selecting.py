"""The label bar at a mouse selection: after the drag, following the text, gone with the selection."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.models import Label
from annotator.ui.article import ArticleView
from annotator.ui.label_picks import LabelBar

_AFTER = 150
"""Milliseconds between the end of a drag and the bar."""


class Selecting(QObject):
    """A selection is not a span; a label's key or a click on the bar makes it one.

    A selection by keys gets no bar: the status bar says the keys.
    """

    picked = Signal(int)

    def __init__(self, view: ArticleView, labels: Sequence[Label]) -> None:
        super().__init__(view)
        self._view = view
        self._bar = LabelBar(view.viewport(), labels)
        self._bar.picked.connect(self.picked)
        self._bar.closed.connect(view.clear_selection)
        self._timer = QTimer(self, interval=_AFTER, singleShot=True)
        self._timer.timeout.connect(self._show)
        view.scrolled.connect(self._follow)
        view.selection_changed.connect(self._selection_changed)

    def _selection_changed(self, selection: tuple[int, int] | None, by_mouse: bool) -> None:
        if selection is not None and by_mouse:
            self._timer.start()
        elif selection is None:
            self._timer.stop()
            self._bar.hide()

    def _follow(self) -> None:
        if self._bar.isVisible():
            self._show()

    def _show(self) -> None:
        selection = self._view.selection()
        if selection is None:
            self._bar.hide()
        else:
            self._bar.show_at(self._view.rect_of(*selection))
