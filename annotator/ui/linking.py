"""Links as work on the whole project: proposed, accepted, asked about, taken out as evidence; known names in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from annotator.domain.changes import Changed
from annotator.session import Session
from annotator.session.linking import LinkReport
from annotator.session.sameness import Question
from annotator.ui import wording
from annotator.ui.jobs import accepting, comparing, proposing

if TYPE_CHECKING:
    from annotator.ui.window import Window


class Linking:
    """The acts of one window that read or write more than the open article."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def propose(self) -> None:
        """Look through all articles for mentions of the same person, organisation, day, allegation."""
        self._window.work.start(proposing(self._session().store.path, self._proposed))

    def accept(self) -> None:
        """Accept the proposed links that are sure; an undo takes all of them back."""
        session = self._session()
        self._window.work.start(accepting(session.store.path, session.reviewer, self._accepted))

    def ask_same(self, path: Path, give: Callable[[list[Question]], object]) -> None:
        """Look for entities that may be the same, and give them where the project is still open."""

        def told(found: list[Question]) -> str:
            if self._window.session is not None and self._window.session.store.path == path:
                give(found)
            words = _tr("1 pair of entities looks alike"), _tr("{n} pairs of entities look alike")
            return wording.counted(len(found), *words)

        self._window.work.start(comparing(path, told))

    def evidence(self) -> None:
        """Write the quotes of the entity that is shown, as HTML or CSV."""
        from annotator.session.evidence import write_evidence

        store, entity = self._session().store, self._window.pages.entity()
        if entity is None:
            return
        near = store.path.with_name(f"{_file_name(entity.name)}.html")
        kinds = _tr("Web page (*.html);;Table (*.csv)")
        found, _ = QFileDialog.getSaveFileName(self._window, _tr("Evidence sheet"), str(near), kinds)
        if found:
            count = write_evidence(store, entity.id, Path(found))
            words = _tr("Quotes written to {path}: {count}")
            self._window.say(words.format(count=count, path=found))

    def add_names(self) -> None:
        """Take a list of known names in, as candidates."""
        from annotator.session.knowledge import import_knowledge

        kinds = _tr("Lists of names (*.csv *.jsonl)")
        found, _ = QFileDialog.getOpenFileName(self._window, _tr("Add a list of known names"), "", kinds)
        if found:
            session = self._session()
            report = import_knowledge(session.store, Path(found))
            session.refresh()
            self._window.say(wording.said(report.messages()[0]))

    def _proposed(self, report: LinkReport) -> str:
        self._session().poll()
        return wording.said(report.messages()[0])

    def _accepted(self, changed: Changed) -> str:
        self._session().poll()
        return wording.said(changed.title) if changed.title is not None else ""

    def _session(self) -> Session:
        if self._window.session is None:
            raise RuntimeError("no project is open")
        return self._window.session


def _file_name(name: str) -> str:
    """A name without the signs that a file's name cannot have."""
    return (
        "".join(sign if sign.isalnum() or sign in " -_." else " " for sign in name)[:60].strip() or "evidence"
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Linking", text)
