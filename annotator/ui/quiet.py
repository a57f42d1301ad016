"""What can wait gives way to keys: a press is answered before it, and the next one not behind it."""

from __future__ import annotations

import time
from typing import Final

_MOMENT: Final = 0.1
"""Seconds without a key after which nobody waits for an answer."""
_LONGEST: Final = 1.0
"""Seconds that a job waits at the longest before it goes on."""


class _Last:
    pressed = 0.0


def pressed() -> None:
    """Something was pressed that wants its answer now."""
    _Last.pressed = time.monotonic()


def give_way() -> None:
    """In a job's thread: wait while keys are pressed, which its work would slow down."""
    until = time.monotonic() + _LONGEST
    while (rest := min(_Last.pressed + _MOMENT, until) - time.monotonic()) > 0:
        time.sleep(rest)


class Patience:
    """That of one kind of work in the window's thread; it waits `most` seconds at the longest."""

    def __init__(self, most: float) -> None:
        self._most = most
        self._since: float | None = None

    def over(self) -> bool:
        """Whether the work is to be done now: nobody presses anything, or it has waited long enough."""
        now = time.monotonic()
        if now - _Last.pressed >= _MOMENT or (self._since is not None and now - self._since >= self._most):
            self._since = None
            return True
        if self._since is None:
            self._since = now
        return False
