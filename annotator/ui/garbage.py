"""Python's collector of reference cycles, kept to the thread of the window.

It runs in whatever thread made the object that was one too many. In a job's thread it would destroy
widgets that wait in a cycle, behind the back of Qt, which crashes at the next event. While a window is
open it is off, and a timer does its work, with its thresholds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from annotator.ui.quiet import Patience

_EVERY = 500
"""Milliseconds between two looks."""
_PATIENCE = 10.0
"""Seconds that it waits for somebody who never stops pressing keys."""


class Garbage(QObject):
    """The collector of one window; windows may be open side by side."""

    _windows = 0

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        Garbage._windows += 1
        gc.disable()
        self._patience = Patience(_PATIENCE)
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        """The window is closed, and no thread of its jobs is left."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        Garbage._windows -= 1
        if not Garbage._windows:
            gc.enable()

    def _look(self) -> None:
        if self._patience.over():
            collect()


def collect() -> None:
    """Collect the oldest generation that is due, as Python would have done by now."""
    due = [number for number, count in enumerate(gc.get_count()) if count > gc.get_threshold()[number] > 0]
    if due:
        gc.collect(max(due))
