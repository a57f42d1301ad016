"""Telling several listeners that something happened, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

News = TypeVar("News")


class Event(Generic[News]):
    """Listeners are called in the order in which they came; a listener that raises is a bug."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[News], None]] = []

    def connect(self, listener: Callable[[News], None]) -> Callable[[], None]:
        """Call this listener from now on. Returns what takes it away again."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def emit(self, news: News) -> None:
        """Tell everybody."""
        for listener in list(self._listeners):
            listener(news)
