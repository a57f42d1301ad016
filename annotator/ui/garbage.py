"""Python's collector of reference cycles, kept to the thread of the window.

It runs in whatever thread made the object that was one too many. In a job's thread it would destroy
widgets that wait in a cycle, behind the back of Qt, which crashes at the next event. While a window is
open it is off, and a timer does its work, with its thresholds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 500
"""Milliseconds between two looks."""


class Garbage(QObject):
    """The collector of one window; windows may be open side by side."""

    _windows = 0

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        Garbage._windows += 1
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(collect)
        self._timer.start()

    def stop(self) -> None:
        """The window is closed, and no thread of its jobs is left."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        Garbage._windows -= 1
        if not Garbage._windows:
            gc.enable()


def collect() -> None:
    """Collect the oldest generation that is due, as Python would have done by now."""
    due = [number for number, count in enumerate(gc.get_count()) if count > gc.get_threshold()[number] > 0]
    if due:
        gc.collect(max(due))
