"""Readers in a process of their own: what hangs, crashes or eats memory there costs one file.

The process is started at the first file and reads one after the other. One that takes too long
or dies is told as the error of its file, and the next file gets a new process.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NamedTuple

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import registry
from annotator.formats.format import Columns
from annotator.formats.guarded import records

MAX_SECONDS: Final = 60.0
"""How long the process may work without an article."""
MAX_MEMORY: Final = 2 << 30
"""Bytes of address space."""
_TICK: Final = 0.1
_ENDING: Final = 5.0

_context = multiprocessing.get_context("spawn")


class _Task(NamedTuple):
    format: str
    path: Path
    columns: Columns


class _End(NamedTuple):
    """All records were sent; with them goes what the person should know."""

    notes: list[Message]


class Apart(AbstractContextManager["Apart"]):
    """The process. `alive` is called ten times a second while it works, and may raise."""

    def __init__(
        self,
        alive: Callable[[], None] = lambda: None,
        seconds: float = MAX_SECONDS,
        memory: int = MAX_MEMORY,
    ) -> None:
        self._alive = alive
        self._seconds = seconds
        self._memory = memory
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None

    def records(self, format: str, path: Path, notes: list[Message], columns: Columns) -> Iterator[Record]:
        """The records of a file. UserError as its reader gives it, or for what became of the process."""
        done = False
        try:
            self._start().send(_Task(format, path.absolute(), columns))
            while not isinstance(answer := self._answer(path), _End):
                yield answer
            notes += answer.notes
            done = True
        except UserError as error:
            done = error.code not in ("read.takes_too_long", "read.reader_died")
            raise
        finally:
            if not done:
                self.close()  # it is still at work on a file that nobody waits for

    def close(self) -> None:
        """End the process, in the middle of a file if need be."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join(_ENDING)
            self._process.close()
        self._connection = self._process = None

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> Connection:
        if self._connection is None:
            self._connection, far_end = _context.Pipe()
            self._process = _context.Process(
                target=serve, args=(far_end, self._memory), name="read", daemon=True
            )
            self._process.start()
            far_end.close()  # else its end would stay open here when the process dies
        return self._connection

    def _answer(self, path: Path) -> Record | _End:
        assert self._connection is not None
        until = time.monotonic() + self._seconds
        while not self._connection.poll(_TICK):
            self._alive()
            if time.monotonic() > until:
                raise UserError("read.takes_too_long", path=path, seconds=round(self._seconds))
        try:
            answer: Record | _End | UserError = self._connection.recv()
        except (EOFError, OSError) as error:
            raise UserError("read.reader_died", path=path) from error
        if isinstance(answer, UserError):
            raise answer
        return answer


def serve(connection: Connection, memory: int) -> None:
    """Body of the process: a file after the other, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent to answer
    warnings.simplefilter("ignore")  # what libraries say to programmers about a file is nothing to the person
    tasks: queue.SimpleQueue[_Task] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, tasks), daemon=True).start()
    _limit_memory(memory)
    while True:
        task = tasks.get()
        notes: list[Message] = []
        try:
            for record in records(registry.reader(task.format), task.path, notes, task.columns):
                connection.send(record)
            connection.send(_End(notes))
        except UserError as error:
            connection.send(error)


def _receive(connection: Connection, tasks: queue.SimpleQueue[_Task]) -> None:
    """In a thread, so that the end of the parent is noticed in the middle of a file."""
    try:
        while True:
            tasks.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)  # there is nothing here to save


if sys.platform == "win32":

    def _limit_memory(memory: int) -> None:
        """Windows has no such limit for a process on its own."""

else:

    def _limit_memory(memory: int) -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
