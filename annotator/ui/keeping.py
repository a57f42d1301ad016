"""What keeps a project safe and joins reviewers: snapshots, merging, comparing, agreement, a second pass."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QFileDialog

from annotator.domain.changes import Message
from annotator.domain.clock import now
from annotator.domain.models import OWN_LAYER
from annotator.errors import UserError
from annotator.session import Session
from annotator.session.merging import MergeReport
from annotator.store import open_project, snapshots
from annotator.store.snapshots import Snapshot
from annotator.ui import wording

if TYPE_CHECKING:
    from annotator.session.agreement import Agreement
    from annotator.ui.window import Window

_SECOND = 20
"""Articles of a second pass."""
_LOOK = 200


class Keeping:
    """The acts of one window."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._daily: _Daily | None = None

    # Snapshots

    def snapshots(self) -> None:
        """List them, take one, go back to one."""
        from annotator.ui.snapshots_card import SnapshotsCard

        path = self._session().store.path
        SnapshotsCard(self._window, snapshots.found(path), self._take, self._restore)

    def _take(self) -> list[Snapshot]:
        session = self._session()
        self._window.attempt(lambda _: session.store.take_snapshot(snapshots.ASKED))
        return snapshots.found(session.store.path)

    def _restore(self, chosen: Snapshot) -> None:
        """The project is let go of while its file is put back."""
        path = self._session().store.path
        self._window.files.close()
        aside = snapshots.restore(path, chosen.path)
        self._window.files.open_path(path)
        code = "snapshot.restored" if aside is None else "snapshot.replaced"
        params = {"path": path.name, "at": wording.day(chosen.at), "aside": str(aside)}
        self._window.tell("ok", wording.message(code, params))

    def take_daily(self) -> None:
        """The snapshot of the day in the background; a damaged project is told."""
        session = self._window.session
        if session is not None and not session.store.read_only and self._daily is None:
            self._daily = _Daily(session.store.path)
            self._wait()

    def stop(self) -> None:
        """Wait for the snapshot that is being taken."""
        if self._daily is not None:
            self._daily.thread.join()
            self._daily = None

    def _wait(self) -> None:
        daily = self._daily
        if daily is None:
            return
        if daily.thread.is_alive():
            QTimer.singleShot(_LOOK, self._wait)
            return
        self._daily = None
        if daily.error is not None:
            self._window.tell("bad", _tr("No snapshot of today"), wording.said(daily.error))

    # Reviewers

    def merge(self) -> None:
        """Choose other reviewers' projects and take their decisions in."""
        known = _tr("Projects (*.annot *.db *.sqlite);;All files (*)")
        path = self._session().store.path
        found, _ = QFileDialog.getOpenFileNames(
            self._window, _tr("Projects of other reviewers"), str(path.parent), known
        )
        self.merge_paths([Path(name) for name in found])

    def merge_paths(self, paths: list[Path]) -> None:
        """Merge them in the background."""
        if paths:
            from annotator.ui.jobs import merging

            session = self._session()
            self._window.work.start(merging(session.store.path, paths, session.reviewer, self._merged))

    def _merged(self, report: MergeReport) -> str:
        session = self._session()
        session.refresh()
        session.poll()
        first, *rest = [wording.said(message) for message in report.messages()]
        self._window.tell("ok", first, "\n".join(rest), [(_tr("Compare"), self.compare)])
        return _tr("Merged")

    def compare(self) -> None:
        """Settle differences between this project and merged-in reviewers, or go back to deciding."""
        if not any(one.id != OWN_LAYER for one in self._session().store.layers()):
            self._window.say(_tr("No other reviewer was merged in yet"))
            return
        self._window.pages.go("review")
        comparing = self._window.review.comparing
        if comparing.on:
            comparing.stop()
        else:
            comparing.start()
            self._window.bind_comparing()

    def agreement(self) -> None:
        """How far this project and merged-in reviewers agree."""
        session = self._session()
        reviewers = session.store.reviewers()
        if not reviewers:
            self._window.say(_tr("No other reviewer was merged in yet"))
            return
        from annotator.ui.agreement_card import AgreementCard

        AgreementCard(self._window, reviewers, self._measure, self._window.review.going.open_document)

    def _measure(self, layer: int) -> Agreement | str:
        from annotator.session.agreement import agree

        try:
            return agree(self._session().store, layer)
        except UserError as error:
            return wording.said(error)

    def second_pass(self) -> None:
        """Choose articles for a blind second review, in a project of their own."""
        from annotator.session.second_pass import second_pass

        near = self._session().store.path
        proposed = near.with_name(f"{near.stem} {_tr('second pass')}{near.suffix}")
        found, _ = QFileDialog.getSaveFileName(
            self._window, _tr("Where to keep the second pass"), str(proposed)
        )
        if found:
            count = second_pass(self._session().store, Path(found), _SECOND)
            message = Message("second.made", {"count": count, "path": found})
            self._window.tell(
                "ok",
                wording.said(message),
                "",
                [(_tr("Open"), lambda: self._window.files.open_path(Path(found)))],
            )

    # History

    def compact(self) -> None:
        """Make the history up to today small, after a snapshot. It cannot be undone, and is asked for."""
        self._window.tell(
            "warn",
            _tr("Compact the history?"),
            _tr("Who decided what and when stays. Decisions before today can be undone no longer."),
            [(_tr("Compact"), lambda: self._window.attempt(lambda _: self._compact()))],
        )

    def _compact(self) -> None:
        store = self._session().store
        store.take_snapshot(snapshots.COMPACTION)
        count = store.compact(now()[:10])
        message = Message("compact.done", {"count": count}) if count else Message("compact.nothing")
        self._window.tell("ok", wording.said(message))

    def _session(self) -> Session:
        found = self._window.session
        if found is None:
            raise RuntimeError("no project is open")
        return found


class _Daily:
    """One snapshot in a thread, with a connection of its own, where there is none of today; else a look
    whether the file is sound."""

    def __init__(self, path: Path) -> None:
        self.error: UserError | None = None
        self._path = path
        self.thread = threading.Thread(target=self._run, name="daily snapshot")
        self.thread.start()

    def _run(self) -> None:
        try:
            if snapshots.due(self._path):
                with open_project(self._path) as store:
                    if store.document_count():
                        store.take_snapshot(snapshots.DAILY)
            elif not snapshots.is_sound(self._path):
                self.error = UserError("snapshot.damaged", path=str(self._path))
        except UserError as error:
            self.error = error


def _tr(text: str) -> str:
    return QCoreApplication.translate("Keeping", text)
