"""Decisions on many places at once: here where they are few, else beside the window; and undo, likewise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.changes import Changed
from annotator.domain.models import Label
from annotator.session import Session
from annotator.session.finding import Act, decision
from annotator.session.labels import removal
from annotator.store.finding import Spot, Wanted
from annotator.ui import wording
from annotator.ui.jobs import DecidingInThread, deciding, removing_label, stepping

if TYPE_CHECKING:
    from annotator.ui.window import Window

BULK = 300
"""Places that are decided on while the window waits; more are decided beside it."""
LARGE = 400_000
"""Bytes that a decision has in the journal from which on it is undone beside the window: some 2,000 rows."""


class Deciding:
    """Every one of them is one step. One that is written beside the window is told with a count."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def decide(self, act: Act, wanted: Wanted, spots: list[Spot], rest: bool) -> None:
        """Decide on places of many articles, or (`rest`) on all that are wanted but these."""
        session = self._session()
        if rest or len(spots) > BULK:
            path, reviewer = session.store.path, session.reviewer
            self._window.work.start(deciding(path, reviewer, act, wanted, spots, self._decided, rest=rest))
        else:
            session.decide(decision(session.store, spots, act, session.author()))

    def remove_label(self, label: Label, to: Label | None) -> None:
        """Take a label out that is in use; its spans get another one or go."""
        session = self._session()
        if session.store.label_use(label.id).spans > BULK:
            path, reviewer = session.store.path, session.reviewer
            self._window.work.start(removing_label(path, reviewer, label, to, self._decided))
        else:
            session.decide(removal(session.store, label, to, session.author()))

    def undo(self) -> None:
        """Take back the newest decision."""
        self._step("undo", self._window.acts.undo)

    def redo(self) -> None:
        """Make again what was undone last."""
        self._step("redo", self._window.acts.redo)

    def _step(self, kind: str, at_once: Callable[[], None]) -> None:
        session, work = self._session(), self._window.work
        if any(isinstance(job, DecidingInThread) for job in work.jobs):
            self._window.say(_tr("Wait until what is being decided is written, then press again."))
        elif session.store.step_size(kind, session.reviewer) > LARGE:
            work.start(stepping(session.store.path, session.reviewer, kind, self._decided))
        else:
            at_once()

    def _decided(self, changed: Changed) -> str:
        """A job has written; the window follows."""
        self._session().poll()
        return wording.stepped(changed)

    def _session(self) -> Session:
        found = self._window.session
        if found is None:
            raise RuntimeError("no project is open")
        return found


def _tr(text: str) -> str:
    return QCoreApplication.translate("Deciding", text)
