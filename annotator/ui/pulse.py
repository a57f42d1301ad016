"""What a window does by the clock: look what others wrote, and write back what was decided when that rests."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.domain import dates

if TYPE_CHECKING:
    from annotator.ui.window import Window

_POLL = 1000
"""Milliseconds between two looks at what other programs wrote."""
_SETTLED = 2000
"""Milliseconds after a project was opened until what can wait is done."""
_REST = 5000
"""Milliseconds without a decision before the log is written back into the file."""


class Pulse(QObject):
    """Of one window. It stands still while no project is open."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._polling = QTimer(self, interval=_POLL)
        self._polling.timeout.connect(lambda: window.attempt(lambda _: self.poll()))
        self.resting = QTimer(self, interval=_REST, singleShot=True)
        self.resting.timeout.connect(lambda: window.attempt(lambda _: self._rest()))

    def start(self) -> None:
        """A project is open."""
        self._polling.start()
        QTimer.singleShot(_SETTLED, self, self._settle)

    def stop(self) -> None:
        """It closes."""
        self._polling.stop()
        self.resting.stop()

    def poll(self) -> None:
        """Look for what other programs wrote."""
        if self._window.session is not None:
            self._window.session.poll()

    def _settle(self) -> None:
        """What need not be there with the first article: what dates are read with, the day's snapshot."""
        threading.Thread(target=dates.prepare, name="dates").start()
        if self._window.session is not None:
            self._window.keeping.take_daily()

    def _rest(self) -> None:
        """Write the log back, and remember the place: the program may be ended without being closed."""
        session = self._window.session
        if session is not None:
            if not session.store.read_only:
                session.store.checkpoint()
            self._window.note_place(session)
            self._window.settings.save()
