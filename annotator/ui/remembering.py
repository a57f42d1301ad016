"""The memory of decisions in the window: it starts when decisions rest, in a thread, and is turned on and off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from annotator.domain.changes import Changed
from annotator.session import Session
from annotator.session.remembering import Memory, Reading, Report, is_on, turn_off, turn_on
from annotator.store import Store
from annotator.ui import wording
from annotator.ui.jobs import InThread
from annotator.ui.quiet import give_way

if TYPE_CHECKING:
    from annotator.ui.window import Window

_REST = 400
"""Milliseconds without a decision before its effect elsewhere is worked out."""
_EVERY = 40


class Remembering(QObject):
    """Follows the open project's decisions. It has no place on the screen but what it suggests."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._session: Session | None = None
        self._memory = Memory()
        self._decided: set[int] = set()
        self._fresh: set[int] = set()
        self._job: InThread[Report] | None = None
        self._forget: Callable[[], None] = lambda: None
        self._own = False
        self._resting = QTimer(self, interval=_REST, singleShot=True)
        self._resting.timeout.connect(self._start)
        self._looking = QTimer(self, interval=_EVERY)
        self._looking.timeout.connect(lambda: window.attempt(lambda _: self._look()))

    @property
    def busy(self) -> bool:
        """Whether something is to be worked out, or is being."""
        return self._resting.isActive() or self._job is not None

    def enter(self, session: Session) -> None:
        """Follow this project from now on."""
        self._session, self._memory = session, Memory()
        self._forget = session.changed.connect(self._changed)
        self.show()
        if not session.store.read_only:
            self._resting.start()

    def leave(self) -> None:
        """Let go of the project. What was not worked out is when it opens again."""
        self._resting.stop()
        self._looking.stop()
        self._forget()
        if self._job is not None:
            self._job.cancel()
        self._session = self._job = None
        self._decided, self._fresh = set(), set()

    def show(self) -> None:
        """Tick the line of the menu."""
        on = self._session is not None and is_on(self._session.store)
        self._window.bindings["memory"].setChecked(on)

    def toggle(self) -> None:
        """Turn it off and take back what it suggested, or on, with all decisions that there are."""
        session = self._session
        if session is None:
            raise RuntimeError("no project is open")
        memory = self._memory
        if is_on(session.store):
            self._resting.stop()
            self._start_job(_tr("Forgetting"), turn_off)
        else:
            turn_on(session.store)
            self._start_job(_tr("Remembering"), memory.spread_all)
        self.show()

    def _start_job(self, title: str, work: Callable[[Store, Callable[[int, int], None]], Report]) -> None:
        """Work that is asked for has its place in the list of running work."""
        session = self._session
        assert session is not None

        def told(report: Report) -> str:
            self._wrote(report)
            self.show()
            return wording.said(report.message())

        self._window.work.start(InThread(title, "sparkles", session.store.path, work, told))

    def _changed(self, changed: Changed) -> None:
        if self._own or self._session is None or self._session.store.read_only:
            return
        if any(row.table == "label" for row in changed.rows):
            self._memory.forget()
        (self._fresh if changed.kind == "run" else self._decided).update(changed.documents)
        # A model that writes all the time does not make it wait for ever.
        if (self._decided or self._fresh) and not (changed.kind == "run" and self._resting.isActive()):
            self._resting.start()

    def _start(self) -> None:
        session = self._session
        if session is None or self._job is not None or not is_on(session.store):
            return  # one at work looks again when it ends
        decided, fresh, reading = self._decided, self._fresh, self._reading()
        self._decided, self._fresh = set(), set()
        memory = self._memory

        def work(store: Store, follow: Callable[[int, int], None]) -> Report:
            def progress(done: int, total: int) -> None:
                follow(done, total)
                give_way()

            return memory.spread(store, decided=decided, fresh=fresh, reading=reading, progress=progress)

        self._job = InThread(_tr("Remembering"), "sparkles", session.store.path, work, self._took_effect)
        self._looking.start()

    def _reading(self) -> Reading | None:
        """The open article and the place in focus."""
        review = self._window.open_review
        if review is None or self._session is None or self._session.article is None:
            return None
        span = review.focused()
        place = (span.start, span.end) if span is not None else None
        return Reading(self._session.article.document.id, place)

    def _look(self) -> None:
        job = self._job
        if job is None:
            return
        try:
            ended = job.step() is not None
        except BaseException:
            self._job = None
            self._looking.stop()
            self._memory.forget()
            raise
        if ended:
            self._job = None
            self._looking.stop()
            if self._decided or self._fresh:
                self._resting.start()

    def _took_effect(self, report: Report) -> str:
        self._wrote(report)
        return ""

    def _wrote(self, report: Report) -> None:
        if self._session is not None and report.documents:
            self._own = True
            try:
                self._session.wrote(report.documents)
            finally:
                self._own = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("Remembering", text)
