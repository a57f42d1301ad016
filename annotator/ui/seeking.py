"""Looking through all articles beside the window: the newest question is answered, older ones are dropped."""

from __future__ import annotations

import queue
import threading
from itertools import takewhile
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.errors import UserError
from annotator.store import Store, open_project
from annotator.store.finding import Wanted

MOST = 1000
"""Places that are listed; how many there are is counted for all."""


class Seeking(QObject):
    """A thread with a connection of its own. Each answer carries the number of its question.

    `listed` (number, the first MOST as Found), then `counted` (number, how many in all);
    `failed` (number, UserError).
    """

    listed = Signal(int, object)
    counted = Signal(int, int)
    failed = Signal(int, object)
    origins = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._asked: queue.Queue[tuple[int, Wanted] | None] = queue.Queue()
        self._store: Store | None = None
        self._number = 0
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="find in all articles")

    def start(self) -> None:
        """Begin, once everything is connected: what is told before is lost."""
        self._thread.start()

    def ask(self, wanted: Wanted) -> int:
        """Look for this and no longer for anything else; the number of the question."""
        self._number += 1
        self._asked.put((self._number, wanted))
        self._interrupt()
        return self._number

    def stop(self) -> None:
        """End, which takes no longer than it takes SQLite to notice."""
        self._number += 1
        self._asked.put(None)
        self._interrupt()
        self._thread.join()

    def _interrupt(self) -> None:
        with self._lock:
            if self._store is not None:
                self._store.interrupt()

    def _run(self) -> None:
        try:
            with open_project(self._path, read_only=True) as store:
                self._store = store
                self._tell_origins(store)
                while (asked := self._asked.get()) is not None:
                    self._answer(store, *asked)
                with self._lock:
                    self._store = None
        except UserError as error:
            self._store = None
            if error.code != "find.interrupted":
                self.failed.emit(self._number, error)

    def _tell_origins(self, store: Store) -> None:
        try:
            self.origins.emit(store.origins())
        except UserError as error:
            if error.code != "find.interrupted":
                raise
            self._tell_origins(store)  # a question came in between

    def _answer(self, store: Store, number: int, wanted: Wanted) -> None:
        try:
            if number == self._number:
                self.listed.emit(number, store.found(wanted, MOST))
                counts = store.spot_counts(wanted)
                *_, count = 0, *takewhile(lambda _: number == self._number, counts)
                self.counted.emit(number, count)
        except UserError as error:
            if error.code != "find.interrupted":
                self.failed.emit(number, error)
            elif (
                number == self._number
            ):  # what was to end the question before came too late and ended this one
                self._answer(store, number, wanted)
