"""Work on the project's file in a process of its own: what loads spaCy would stall the window in a thread."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Generic, TypeVar

from annotator.store import Store, open_project

Result = TypeVar("Result")
Work = Callable[..., Result]
"""A function of a module: called with the store, further arguments and what follows its progress."""


class InChild(Generic[Result]):
    """A job that reads the project and writes elsewhere. It ends with this process, whatever ends that."""

    def __init__(
        self,
        title: str,
        icon: str,
        path: Path,
        work: Work[Result],
        more: tuple[Any, ...],
        tell: Callable[[Result], str],
    ) -> None:
        self.title = title
        self.icon = icon
        self.done = 0
        self.total = 0
        self.seconds_left: float | None = None
        self._tell = tell
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(theirs, path, work, more), name=title, daemon=True
        )
        self._process.start()
        theirs.close()

    def step(self) -> str | None:
        try:
            while self._pipe.poll():
                kind, value = self._pipe.recv()
                if kind == "at":
                    self.done, self.total = value
                    continue
                self._end()
                if kind == "error":
                    raise value
                return self._tell(value)
        except EOFError as error:
            self._end()
            raise RuntimeError(f"the process of {self.title} ended without a word") from error
        return None

    def cancel(self) -> None:
        """Ask the process to end and wait for it: it is at most one article away."""
        self._end()

    def _end(self) -> None:
        """Without its pipe it stops at the next article and takes back what it began."""
        self._pipe.close()
        self._process.join()
        self._process.close()


class _CancelledError(Exception):
    """Raised at the next sign of progress, where nobody listens any more."""


def _work(pipe: Connection, path: Path, work: Work[Any], more: tuple[Any, ...]) -> None:
    """The process: reads the project, says how far it is, then the result or the error."""

    def follow(done: int, total: int) -> None:
        try:
            pipe.send(("at", (done, total)))
        except OSError as error:
            raise _CancelledError from error

    try:
        said = ("done", _result(path, work, more, follow))
    except _CancelledError:
        return
    except Exception as error:  # noqa: BLE001  it is raised again where it can be shown
        said = ("error", error)
    try:
        pipe.send(said)
    except OSError:
        return  # cancelled at the last moment


def _result(path: Path, work: Work[Any], more: tuple[Any, ...], follow: Callable[[int, int], None]) -> Any:
    store: Store
    with open_project(path, read_only=True) as store:
        return work(store, *more, follow)
