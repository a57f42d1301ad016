"""Where the page stands: going to a place, and holding still while heights become exact."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTextEdit

from annotator.ui.article.layout import ArticleLayout

_CALM = (0.20, 0.70)
"""A focus inside this part of the height does not scroll the view; others go to _GOES_TO."""
_GOES_TO = 0.42
_IDLE_AFTER = 400
_AGAIN = 20
_IDLE_SLICE = 0.004


class Scrolling(QObject):
    """Moves the scroll bar of one view. Positions are those of the document."""

    def __init__(self, view: QTextEdit, refined: Callable[[], None]) -> None:
        super().__init__(view)
        self._view = view
        self._bar = view.verticalScrollBar()
        self._refined = refined
        self._layout: ArticleLayout | None = None
        self._holding = False
        self._top = (0, 0)  # the position that was put at the top, and where the bar stands since
        self._idle = QTimer(self, interval=_IDLE_AFTER, singleShot=True)
        self._idle.timeout.connect(self.refine)

    def set_layout(self, layout: ArticleLayout) -> None:
        """Another article is shown."""
        self._layout = layout
        self._top = (0, 0)
        self.wait()

    def wait(self) -> None:
        """Somebody is at work: idle work begins after a rest."""
        self._idle.start(_IDLE_AFTER)

    def bring(self, position: int) -> None:
        """Scroll only where the line of a position is near an edge or out of sight."""
        layout, height = self._layout, self._view.viewport().height()
        if layout is None:
            return
        y = self._line_y(layout, position) - self._bar.value()
        if not _CALM[0] * height <= y <= _CALM[1] * height:
            self._put(layout, position, height * _GOES_TO)

    def put_on_top(self, position: int) -> None:
        """Make the line of a position the first one; above the text's own first line is its margin."""
        layout = self._layout
        if layout is not None:
            self._put(layout, position, layout.metrics.above)
            if self._bar.value() <= layout.metrics.top:
                self.set_value(0)
            self._top = (position, self._bar.value())

    def top(self) -> int | None:
        """The position that was put at the top, None where somebody has scrolled since."""
        position, value = self._top
        return position if value == self._bar.value() else None

    def go_to_part(self, part: float) -> None:
        """Go to a part, from 0 to 1, of the whole height."""
        if self._layout is not None:
            height = self._layout.documentSize().height()
            self.set_value(part * height - self._view.viewport().height() / 2)

    def set_value(self, value: float) -> None:
        """Scroll, after telling Qt how high the document is by now."""
        if self._layout is not None:
            self._layout.tell_size()
        self._bar.setValue(round(value))

    def settle(self) -> None:
        """Break what comes into sight before it is painted, and hold still what was there."""
        if self._layout is None or self._holding:
            return
        top = self._bar.value()
        shift = self._layout.settle(top, top + self._view.viewport().height())
        if abs(self._moved(self._layout, shift)) >= 0.5:
            self._hold(self._layout, shift)
            self._view.viewport().update()
        self.wait()

    def _put(self, layout: ArticleLayout, position: int, below_top: float) -> None:
        top = self._line_y(layout, position) - below_top
        # What comes into sight gets its height first: the view goes there once, and to the right place.
        layout.settle(max(0.0, top), top + self._view.viewport().height())
        self.set_value(self._line_y(layout, position) - below_top)

    @staticmethod
    def _line_y(layout: ArticleLayout, position: int) -> float:
        block = layout.document().findBlock(position)
        line = layout.lines(block).lineForTextPosition(position - block.position())
        return layout.heights.top(block.blockNumber()) + line.y()

    def _moved(self, layout: ArticleLayout, shift: float) -> float:
        """How far the page has moved: what was put at the top says it, whatever became of the heights."""
        position, value = self.top(), self._bar.value()
        if position is None or value in (0, self._bar.maximum()):
            return shift
        return self._line_y(layout, position) - layout.metrics.above - value

    def _hold(self, layout: ArticleLayout, shift: float) -> None:
        position = self.top()
        self._holding = True
        try:
            if position is None:
                self.set_value(self._bar.value() + shift)
            else:
                self._put(layout, position, layout.metrics.above)
        finally:
            self._holding = False
        if position is not None:
            self._top = (position, self._bar.value())

    def refine(self) -> None:
        """Make heights exact while nobody does anything, a few milliseconds at a time."""
        if self._layout is None or not self._view.isVisible():
            return
        until = time.perf_counter() + _IDLE_SLICE
        shift, finished = self._layout.make_exact(self._bar.value(), lambda: time.perf_counter() < until)
        if self._moved(self._layout, shift):
            self._hold(self._layout, shift)
        if finished:
            self._refined()
        else:
            self._idle.start(_AGAIN)
