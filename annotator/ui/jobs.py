"""The jobs of the window: suggesting in worker processes, files in and out in a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication

from annotator.domain.changes import Changed, Message
from annotator.domain.models import Label
from annotator.session import Session
from annotator.session.children import InChild
from annotator.session.exporting import ExportChoice, ExportReport, export, losses
from annotator.session.finding import Act, all_but, decide_apart
from annotator.session.importing import ImportReport, import_paths, import_text, label_counts
from annotator.session.labels import remove_apart
from annotator.session.linking import SURE, LinkReport, accept_above, propose_links
from annotator.session.merging import MergeReport, merge_projects
from annotator.session.sameness import Question, questions
from annotator.session.suggesting import SuggestJob
from annotator.store import Store, open_project
from annotator.store.finding import Spot, Wanted
from annotator.ui.quiet import Patience

Result = TypeVar("Result")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Jobs", text)


_PATIENCE = 1.0
"""Seconds that what a model found waits for somebody who never stops pressing keys."""


class Suggesting:
    """Suggestions for every article that the model has not seen; the one on the screen first.

    They are written in this thread, some milliseconds an article, between the keys.
    """

    icon = "sparkles"

    def __init__(self, session: Session) -> None:
        self.title = _tr("Suggesting")
        self._session = session
        self._job = SuggestJob(session.store, wrote=session.wrote)
        self._patience = Patience(_PATIENCE)
        self._forget = session.opened.connect(lambda _: self._put_first())
        self._put_first()

    @property
    def done(self) -> int:
        return self._job.done

    @property
    def total(self) -> int:
        return self._job.total

    @property
    def seconds_left(self) -> float | None:
        return self._job.seconds_left

    def step(self) -> str | None:
        if not self._patience.over() or not self._job.step(0.0):
            return None
        self._forget()
        return self._told()

    def cancel(self) -> None:
        self._forget()
        self._job.cancel()

    def _put_first(self) -> None:
        if self._session.article is not None:
            self._job.put_first(self._session.article.document.id)

    def _told(self) -> str:
        count, failed = self._job.counts["spans"], len(self._job.failed)
        words = _tr("Suggestions: {count} · articles: {total}").format(count=count, total=self._job.total)
        return words if not failed else words + ", " + _tr("{failed} failed").format(failed=failed)


class _CancelledError(Exception):
    """Raised inside a thread at the next sign of progress."""


class InThread(Generic[Result]):
    """Work on the project's file with a connection of its own, so that no key press waits."""

    def __init__(
        self,
        title: str,
        icon: str,
        path: Path,
        work: Callable[[Store, Callable[[int, int], None]], Result | None],
        tell: Callable[[Result], str],
    ) -> None:
        self.title = title
        self.icon = icon
        self.done = 0
        self.total = 0
        self.seconds_left: float | None = None
        self._path, self._work, self._tell = path, work, tell
        self._result: Result | None = None
        self._error: BaseException | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=title)
        self._thread.start()

    def step(self) -> str | None:
        if self._thread.is_alive():
            return None
        if self._error is not None:
            raise self._error
        return self._tell(self._result) if self._result is not None else ""

    def cancel(self) -> None:
        """Ask the thread to end and wait for it: it is at most one article away."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            with open_project(self._path) as store:
                self._result = self._work(store, self._follow)
        except _CancelledError:
            return
        except BaseException as error:  # noqa: BLE001  it is raised again where it can be shown
            self._error = error

    def _follow(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if self._stop.is_set():
            raise _CancelledError


class DecidingInThread(InThread[Changed]):
    """A decision that is too large for the window's own thread. Undo and redo wait for it."""


def importing(
    path: Path,
    files: Sequence[Path],
    mode: str,
    told: Callable[[ImportReport], str],
    labels: Mapping[str, str] | None = None,
    onto: bool = False,
    columns: Mapping[str, str] | None = None,
) -> InThread[ImportReport]:
    """Files and folders into the project; what is chosen is as `import_paths` has it."""

    def work(store: Store, follow: Callable[[int, int], None]) -> ImportReport:
        return import_paths(
            store,
            files,
            mode=mode,
            columns=columns,
            labels=labels,
            onto=onto,
            progress=lambda done, total, _: follow(done, total),
        )

    return InThread(_tr("Adding articles"), "plus", path, work, told)


def counting_labels(
    path: Path, files: Sequence[Path], told: Callable[[Mapping[str, int]], str]
) -> InChild[Mapping[str, int]]:
    """Which labels are in some files, and how often."""
    return InChild(_tr("Counting"), "plus", path, label_counts, (files,), told)


def pasting(path: Path, text: str, told: Callable[[ImportReport], str]) -> InThread[ImportReport]:
    """A text from the clipboard into the project, as an article."""

    def work(store: Store, _follow: Callable[[int, int], None]) -> ImportReport:
        return import_text(store, text)

    return InThread(_tr("Adding an article"), "plus", path, work, told)


def merging(
    path: Path, others: list[Path], reviewer: str, told: Callable[[MergeReport], str]
) -> InThread[MergeReport]:
    """Other reviewers' projects into this one."""

    def work(store: Store, follow: Callable[[int, int], None]) -> MergeReport:
        return merge_projects(store, others, reviewer, lambda done, total, _: follow(done, total))

    return InThread(_tr("Merging"), "merge", path, work, told)


def exporting(
    path: Path, target: Path, choice: ExportChoice, told: Callable[[ExportReport], str]
) -> InChild[ExportReport]:
    """The project into a file."""
    return InChild(_tr("Exporting"), "upload", path, export, (target, choice), told)


def counting_losses(
    path: Path, choice: ExportChoice, told: Callable[[list[Message]], str]
) -> InChild[list[Message]]:
    """What an export would lose, counted before anything is written."""
    return InChild(_tr("Counting"), "upload", path, losses, (choice,), told)


def proposing(path: Path, told: Callable[[LinkReport], str]) -> InThread[LinkReport]:
    """Links between the mentions of all articles, as proposals."""

    def work(store: Store, follow: Callable[[int, int], None]) -> LinkReport:
        return propose_links(store, progress=follow)

    return InThread(_tr("Proposing links"), "link-2", path, work, told)


def comparing(path: Path, told: Callable[[list[Question]], str]) -> InThread[list[Question]]:
    """Pairs of entities that may be the same."""

    def work(store: Store, _follow: Callable[[int, int], None]) -> list[Question]:
        return questions(store)

    return InThread(_tr("Comparing names"), "equal", path, work, told)


def accepting(path: Path, reviewer: str, told: Callable[[Changed], str]) -> InThread[Changed]:
    """The proposed links that are sure, accepted as one step."""

    def work(store: Store, _follow: Callable[[int, int], None]) -> Changed | None:
        return accept_above(store, SURE, reviewer)

    return InThread(_tr("Accepting links"), "link-2", path, work, told)


def deciding(
    path: Path,
    reviewer: str,
    act: Act,
    wanted: Wanted,
    spots: list[Spot],
    told: Callable[[Changed], str],
    *,
    rest: bool,
) -> DecidingInThread:
    """One decision on many places, or (`rest`) on all that are wanted but these."""

    def work(store: Store, follow: Callable[[int, int], None]) -> Changed | None:
        chosen = all_but(store, wanted, spots) if rest else spots
        return decide_apart(store, chosen, act, reviewer, follow)

    return DecidingInThread(_tr("Deciding"), "list-checks", path, work, told)


def removing_label(
    path: Path, reviewer: str, label: Label, to: Label | None, told: Callable[[Changed], str]
) -> DecidingInThread:
    """A label that is in use goes; its spans get another one or go too."""

    def work(store: Store, follow: Callable[[int, int], None]) -> Changed:
        return remove_apart(store, label, to, reviewer, follow)

    return DecidingInThread(_tr("Deleting the label"), "tag", path, work, told)


def stepping(path: Path, reviewer: str, kind: str, told: Callable[[Changed], str]) -> DecidingInThread:
    """A large decision undone (`undo`) or made again (`redo`)."""

    def work(store: Store, _follow: Callable[[int, int], None]) -> Changed:
        return store.undo(reviewer) if kind == "undo" else store.redo(reviewer)

    title = _tr("Undoing") if kind == "undo" else _tr("Making it again")
    return DecidingInThread(title, "undo-2" if kind == "undo" else "redo-2", path, work, told)
