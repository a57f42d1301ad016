"""Suggestions from processes of their own: tasks in, numbered results out, nothing blocks.

The parent keeps the queue and gives each process a few tasks at a time, so that the article
on the screen can be put first and a cancelled job is gone at once. There is no thread on
this side: `submit` and `results` move things along.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from multiprocessing.connection import wait

from annotator.domain.changes import Message
from annotator.errors import UserError
from annotator.suggest.child import Answer, Ready, Refused, Result, Task, failed, main

__all__ = ["Result", "Task", "Workers"]

IN_HAND = 3
"""Tasks that a process holds: enough that it never waits, few enough to be overtaken."""
CLOSING_SECONDS = 5.0

_context = multiprocessing.get_context("spawn")


class _Worker:
    """One process and the tasks that it holds, in the order in which it answers them."""

    def __init__(self, model: str) -> None:
        self.connection, far_end = _context.Pipe()
        self.process = _context.Process(target=main, args=(far_end, model), name="suggest", daemon=True)
        self.process.start()
        far_end.close()  # else its end would stay open here when the process dies
        self.ready = False
        self.tasks: deque[Task] = deque()

    def send(self, task: Task) -> bool:
        """Hand it a task; False where the process is gone."""
        try:
            self.connection.send(task)
        except OSError:
            self.ready = False
            return False
        self.tasks.append(task)
        return True

    def close(self) -> None:
        self.connection.close()
        self.process.join(CLOSING_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


class Workers:
    """Up to `count` processes with the suggester `model`, started at the first task.

    Belongs to one thread. A process that dies costs the article it was at, told as a result
    with an error, and a new one takes its place. UserError where two die without an answer
    between them, or where the suggester cannot be made.
    """

    def __init__(self, model: str, count: int = 1) -> None:
        self._model = model
        self._count = count
        self._queue: deque[Task] = deque()
        self._workers: list[_Worker] = []
        self._dropped: set[int] = set()
        self._news: list[Result] = []
        self._deaths = 0  # since the last answer

    @property
    def pending(self) -> int:
        """Tasks that were submitted, not cancelled, and whose result was not handed out."""
        held = sum(task.number not in self._dropped for worker in self._workers for task in worker.tasks)
        return len(self._queue) + held + len(self._news)

    def processes(self) -> list[int]:
        """Ids of the processes that run."""
        return [worker.process.pid for worker in self._workers if worker.process.pid is not None]

    def submit(self, task: Task, *, front: bool = False) -> None:
        """Queue a task; `front` puts it before all that wait. Numbers must not repeat."""
        if front:
            self._queue.appendleft(task)
        else:
            self._queue.append(task)
        self._hand_out()

    def put_first(self, document: int) -> None:
        """Move the waiting tasks of a document (the one on the screen) to the front."""
        first = [task for task in self._queue if task.document == document]
        rest = [task for task in self._queue if task.document != document]
        self._queue = deque(first + rest)

    def results(self, timeout: float = 0.0) -> list[Result]:
        """What has come in; waits up to `timeout` seconds for the first where there is nothing.

        UserError where no process can do the work; everything that was pending is dropped then.
        """
        if not self._news:
            self._receive(timeout)
        self._hand_out()
        news, self._news = self._news, []
        return news

    def cancel(self) -> None:
        """Drop everything that is pending; the processes stay for the next job."""
        self._queue.clear()
        self._news.clear()
        self._dropped.update(task.number for worker in self._workers for task in worker.tasks)

    def close(self) -> None:
        """End the processes, in the middle of a text if need be."""
        self.cancel()
        for worker in self._workers:
            worker.close()
        self._workers.clear()

    def _hand_out(self) -> None:
        busy = sum(bool(worker.tasks) for worker in self._workers)
        while len(self._workers) < min(self._count, busy + len(self._queue)):
            self._workers.append(_Worker(self._model))
        for worker in self._workers:
            # Nothing is sent before a process reads: a large text would block the sender.
            while worker.ready and self._queue and len(worker.tasks) < self._share():
                if not worker.send(self._queue[0]):
                    break  # it has just died; the next `results` reads that from its connection
                self._queue.popleft()

    def _share(self) -> int:
        """How many tasks a process may hold: the last ones are left for whoever is free."""
        return min(IN_HAND, 1 + len(self._queue) // len(self._workers))

    def _receive(self, timeout: float) -> None:
        """Read everything that can be read without waiting, after waiting for the first."""
        if not self._workers or not self.pending:
            return
        readable = wait([worker.connection for worker in self._workers], timeout)
        for worker in [worker for worker in self._workers if worker.connection in readable]:
            try:
                while worker.connection.poll():
                    self._take(worker, worker.connection.recv())
            except (EOFError, OSError):
                self._bury(worker)

    def _take(self, worker: _Worker, answer: Answer) -> None:
        if isinstance(answer, Ready):
            worker.ready = True
        elif isinstance(answer, Refused):
            self.close()
            raise UserError(answer.error.code, **answer.error.params)
        else:
            self._deaths = 0
            worker.tasks.popleft()
            self._give(answer)

    def _give(self, result: Result) -> None:
        if result.number in self._dropped:
            self._dropped.discard(result.number)
        else:
            self._news.append(result)

    def _bury(self, worker: _Worker) -> None:
        """A process died: tell it once, at the article it was at, and go on with the others."""
        self._workers.remove(worker)
        worker.close()
        self._deaths += 1
        if self._deaths > 1:
            self.close()
            raise UserError("suggest.gave_up", name=self._model)
        if worker.tasks:
            lost = worker.tasks.popleft()
            self._give(failed(lost, Message("suggest.crashed", {"document": lost.document})))
        self._queue.extendleft(task for task in reversed(worker.tasks) if task.number not in self._dropped)
        self._dropped.difference_update(task.number for task in worker.tasks)
