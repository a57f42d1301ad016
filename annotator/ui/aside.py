"""One question to the project that takes longer than a key press, answered beside the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.errors import UserError
from annotator.store import Store, open_project


class Aside(QObject):
    """A thread with a connection of its own. `answered` (what was asked for) or `failed` (UserError)."""

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, path: Path, question: Callable[[Store], object]) -> None:
        super().__init__()
        self._path, self._question = path, question
        self._store: Store | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="aside")

    def start(self) -> None:
        """Ask."""
        self._thread.start()

    def stop(self) -> None:
        """Wait no longer for the answer."""
        with self._lock:
            if self._store is not None:
                self._store.interrupt()
        self._thread.join()

    def _run(self) -> None:
        try:
            with open_project(self._path, read_only=True) as store:
                self._store = store
                self.answered.emit(self._question(store))
                with self._lock:
                    self._store = None
        except UserError as error:
            self._store = None
            if error.code != "find.interrupted":
                self.failed.emit(error)
