"""The worker process: loads a suggester, answers tasks, ends when its parent does.

Everything it says goes through its one connection. A thread reads that connection all the
time, so that the parent never blocks on a large text and so that the end of the parent
(also by SIGKILL, when the system closes its end) is noticed in the middle of a text.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import sys
import threading
from multiprocessing.connection import Connection
from typing import Final, NamedTuple, NoReturn

from annotator.domain.changes import Message
from annotator.domain.suggestion import Suggestion
from annotator.errors import UserError
from annotator.suggest.protocol import Suggester
from annotator.suggest.registry import load

log = logging.getLogger(__name__)

NICENESS = 15
_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


class Task(NamedTuple):
    """One article as it was when it was asked for: a frozen snapshot, never the project."""

    number: int
    document: int
    revision: int
    text: str
    date: str | None


class Result(NamedTuple):
    """The answer to a task: `suggestions`, or in `error` why there are none."""

    number: int
    document: int
    revision: int
    suggestions: list[Suggestion]
    error: Message | None = None


class Ready(NamedTuple):
    """The suggester is loaded."""


class Refused(NamedTuple):
    """The suggester could not be made, so that no task can be answered."""

    error: Message


Answer = Result | Ready | Refused


def failed(task: Task, error: Message) -> Result:
    """The result of a task that has no suggestions."""
    return Result(task.number, task.document, task.revision, [], error)


def main(connection: Connection, model: str) -> NoReturn:
    """Body of the process, which the reading thread ends."""
    for name in _ONE_THREAD:  # before numpy is imported, which reads them once
        os.environ[name] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent to answer
    tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(connection, tasks), daemon=True).start()
    _lower_priority()
    suggester = _make(connection, model)
    while True:
        task = tasks.get()
        if suggester is not None:
            _say(connection, _answer(suggester, task))


def _read(connection: Connection, tasks: queue.SimpleQueue[Task]) -> None:
    try:
        while True:
            tasks.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)  # the parent closed its end or is gone; there is nothing here to save


def _say(connection: Connection, answer: Answer) -> None:
    try:
        connection.send(answer)
    except OSError:
        os._exit(0)


def _make(connection: Connection, model: str) -> Suggester | None:
    try:
        suggester = load(model)
    except UserError as error:
        _say(connection, Refused(Message(error.code, error.params)))
        return None
    except Exception as error:
        log.exception("the suggester %s cannot be made", model)
        why = f"{type(error).__name__}: {error}"
        _say(connection, Refused(Message("suggest.no_start", {"name": model, "why": why})))
        return None
    _say(connection, Ready())
    return suggester


def _answer(suggester: Suggester, task: Task) -> Result:
    """A text on which the model fails costs its own suggestions, not those of the others."""
    try:
        found = suggester.suggest(task.text, task.date)
    except UserError as error:
        return failed(task, Message(error.code, error.params))
    except Exception as error:
        log.exception("no suggestions for document %d", task.document)
        why = f"{type(error).__name__}: {error}"
        return failed(task, Message("suggest.failed", {"document": task.document, "why": why}))
    return Result(task.number, task.document, task.revision, found)


if sys.platform == "win32":

    def _lower_priority() -> None:
        import ctypes

        below_normal: Final = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)

else:

    def _lower_priority() -> None:
        os.nice(NICENESS)
