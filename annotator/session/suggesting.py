"""Suggesting in the background: articles out to the worker processes, results into the project.

The job is pumped: a window's timer or the command line's loop calls `step`, which never waits
longer than it is told to. The article on the screen comes first, also when it changes.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

from annotator.domain.changes import Message
from annotator.errors import UserError
from annotator.store import Store
from annotator.store.runs import SLICE
from annotator.suggest.registry import default_name, offer
from annotator.suggest.worker import Result, Task, Workers

AHEAD = 32
"""Articles that are handed to the workers before their results are in."""

Wrote = Callable[[frozenset[int]], None]


class SuggestJob:
    """One run of one suggester over the articles that it has not seen.

    `failed` holds an article and a message for each on which the model failed; they count as
    seen, so that they are not tried at every start.
    """

    def __init__(
        self,
        store: Store,
        model: str | None = None,
        *,
        workers: Workers | None = None,
        count: int = 1,
        again: bool = False,
        wrote: Wrote | None = None,
    ) -> None:
        """UserError where the suggester is not installed. `wrote` hears of changed articles."""
        self._store = store
        self._offer = offer(model or default_name())
        self._workers = workers or Workers(self._offer.name, count)
        self._owns_workers = workers is None
        self._wrote = wrote
        self._waiting = [
            document for document, _ in store.pending(self._offer.name, self._offer.version, again=again)
        ]
        self._waiting.reverse()  # popped from the end
        self.total = len(self._waiting)
        self.done = 0
        self.failed: list[tuple[int, Message]] = []
        self.counts: Counter[str] = Counter()
        self._number = 0
        self._began = time.monotonic()
        self._run: int | None = None

    @property
    def name(self) -> str:
        """The suggester's name."""
        return self._offer.name

    @property
    def seconds_left(self) -> float | None:
        """By the pace so far; None before there is one."""
        if not self.done:
            return None
        return (time.monotonic() - self._began) / self.done * (self.total - self.done)

    @property
    def finished(self) -> bool:
        return self.done >= self.total

    def put_first(self, document: int) -> None:
        """Take this article next: it is on the screen."""
        self._workers.put_first(document)
        if document in self._waiting:
            self._waiting.remove(document)
            self._hand_out(document, front=True)

    def step(self, timeout: float = 0.0) -> bool:
        """Hand out articles and write what has come back; True once everything is written.

        UserError where no worker can do the work; the job is over then.
        """
        if self._run is None and not self.finished:
            self._run = self._store.begin_run("suggest", self._offer.name, self._offer.version)
        while self._waiting and self._workers.pending < AHEAD:
            self._hand_out(self._waiting.pop())
        results = self._workers.results(timeout if not self.finished else 0.0)
        for start in range(0, len(results), SLICE):
            self._write(results[start : start + SLICE])
        if self.finished:
            self._end()
        return self.finished

    def cancel(self) -> None:
        """Stop; articles that are finished keep their suggestions."""
        self._workers.cancel()
        self._waiting.clear()
        self.total = self.done
        self._end()

    def _hand_out(self, document: int, *, front: bool = False) -> None:
        try:
            head = self._store.document(document)
        except UserError:
            self.done += 1  # taken out meanwhile by another program
            return
        self._number += 1
        task = Task(self._number, document, head.revision, self._store.text(document), head.date)
        self._workers.submit(task, front=front)

    def _write(self, results: list[Result]) -> None:
        assert self._run is not None  # there are results only of what this run handed out
        found = []
        for result in results:
            self.done += 1
            if result.error is not None:
                self.failed.append((result.document, result.error))
            found.append((result.document, result.suggestions))
        self.counts += self._store.add_suggestions(self._run, self._offer.name, self._offer.version, found)
        if self._wrote is not None:
            self._wrote(frozenset(document for document, _ in found))

    def _end(self) -> None:
        if self._run is not None:
            self._store.end_run(self._run, self.counts)
            self._run = None
        if self._owns_workers:
            self._workers.close()
