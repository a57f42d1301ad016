"""Projects and files as a person handles them: new, open, copy, add, export. Dialogs and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from annotator.errors import UserError
from annotator.session import Session
from annotator.session.exporting import ExportChoice, ExportReport
from annotator.session.importing import ImportReport
from annotator.session.sample import reset_sample, sample_project
from annotator.store import create, open_project
from annotator.store.importing import AS_IS
from annotator.ui import wording
from annotator.ui.jobs import Suggesting, exporting, importing, pasting
from annotator.ui.work import Job

if TYPE_CHECKING:
    from annotator.ui.import_card import Way
    from annotator.ui.window import Window

_LINES = 7
"""Lines that a message about an import has at most."""
SUFFIX = ".annot"
SUFFIXES = (SUFFIX, ".db", ".sqlite")
"""Endings of projects."""


class Files:
    """The Project menu of one window."""

    def __init__(self, window: Window) -> None:
        self._window = window

    # Projects

    def new(self) -> None:
        """Make an empty project where the person says."""
        path = self._new_path(Path.home() / f"{_tr('articles')}{SUFFIX}")
        if path is not None:
            self._take(path, make=True)

    def open(self) -> None:
        known = _tr("Projects (*.annot *.db *.sqlite);;All files (*)")
        found, _ = QFileDialog.getOpenFileName(self._window, _tr("Open project"), str(self._folder()), known)
        if found:
            self.open_path(Path(found))

    def open_path(self, path: Path) -> None:
        """Open a project. One that cannot be opened is told, and what was open stays open."""
        self._take(path, make=False)

    def open_or_make(self, path: Path) -> None:
        """Open a project that was named; one that is not there is made."""
        self._take(path, make=not path.exists())

    def sample(self) -> None:
        self.open_path(sample_project())

    def reset_sample(self) -> None:
        """Make the sample anew and open it."""
        session = self._window.session
        if session is not None and session.store.path == sample_project():
            self.close()
        made = reset_sample()
        self._window.memory.forget_places(made)
        self.open_path(made)

    def take(self, dropped: Sequence[Path]) -> None:
        """What was dropped: one project is opened, anything else is added as articles."""
        if len(dropped) == 1 and dropped[0].suffix.lower() in SUFFIXES and dropped[0].is_file():
            self.open_path(dropped[0])
        else:
            self.add_paths(dropped)

    def save_copy(self) -> None:
        session = self._session()
        near = session.store.path
        found = self._new_path(near.with_name(f"{near.stem} {_tr('copy')}{near.suffix}"))
        if found is not None:
            session.store.save_copy(found)
            self._window.say(_tr("Saved a copy: {path}").format(path=found))

    def close(self) -> None:
        """Close the project; the welcome page is shown."""
        self._window.set_session(None)

    # Articles in and out

    def add(self, mode: str = AS_IS) -> None:
        """Choose files to take in; `mode` says whether their spans are gold or suggestions."""
        found, _ = QFileDialog.getOpenFileNames(
            self._window, _tr("Add articles"), str(self._folder()), _known_files()
        )
        self.add_paths((Path(name) for name in found), mode)

    def add_annotations(self) -> None:
        """Choose files of others, then what their labels stand for and onto which articles they go."""
        found, _ = QFileDialog.getOpenFileNames(self._window, _tr("Add annotations"), str(self._folder()))
        if found:
            self.ask_about([Path(name) for name in found])

    def ask_about(self, files: Sequence[Path]) -> None:
        """The card for files with annotations."""
        from annotator.ui.import_card import ImportCard

        self._window.memory.set_folder(files[0].parent)
        ImportCard(self._window, self._session().store, files, self._take_annotations)

    def _take_annotations(self, files: Sequence[Path], way: Way) -> None:
        path = self._session().store.path
        self._window.work.start(importing(path, files, way.mode, self._came_in, way.labels, way.onto))

    def add_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(
            self._window, _tr("Add a folder of articles"), str(self._folder())
        )
        if found:
            self.add_paths([Path(found)])

    def add_paths(self, paths: Iterable[Path], mode: str = AS_IS) -> None:
        """Read files and folders into the project; without one, into a new one that is asked for."""
        files = list(paths)
        if not files:
            return
        self._window.memory.set_folder(files[0].parent)
        project = self._project(files[0].with_suffix(SUFFIX))
        if project is not None:
            self._window.work.start(importing(project, files, mode, self._came_in))

    def paste(self) -> None:
        """Add what is on the clipboard: copied files, else a text as one article."""
        held: QMimeData | None = (
            QGuiApplication.clipboard().mimeData()
        )  # none where the system has no clipboard
        files = local_files(held) if held is not None else []
        if files:
            self.take(files)
            return
        if held is None or not held.text().strip():
            raise UserError("paste.nothing")
        project = self._project(self._folder() / f"{_tr('articles')}{SUFFIX}")
        if project is not None:
            self._window.work.start(pasting(project, held.text(), self._pasted))

    def export(self) -> None:
        """Show what an export would hold, and where it goes."""
        session = self._session()
        target = self._window.memory.export_target() or session.store.path.with_suffix(".jsonl")
        from annotator.ui.export_card import ExportCard

        ExportCard(self._window, session.store, target, self._start_export)

    def suggest(self) -> None:
        """Let the model look at every article that it has not seen and that is not done."""
        job = Suggesting(self._session())
        if job.total:
            self._window.work.start(job)
        else:
            job.cancel()
            self._window.say(_tr("The model has seen every open article"))

    def suggest_quietly(self) -> None:
        """The same at the opening of a project, where there is something to do and it is still open."""
        if self._window.session is None:
            return
        try:
            job = Suggesting(self._session())
        except UserError as error:
            self._window.tell("warn", _tr("No suggestions"), wording.said(error))
            return
        if job.total:
            self._window.work.start(job)
        else:
            job.cancel()

    def _start_export(self, target: Path, choice: ExportChoice) -> None:
        self._window.memory.set_export_target(target)
        self._window.work.start(exporting(self._session().store.path, target, choice, self._went_out))

    def _came_in(self, report: ImportReport) -> str:
        """Show new articles at once, and what was refused with its reason."""
        window, session = self._window, self._session()
        session.poll()
        if session.article is None:
            session.open_first()
        first, *rest = [wording.said(message) for message in report.messages()]
        refused = [wording.said(one.error) for one in report.refused if one.error is not None]
        if refused:
            title = wording.counted(
                len(refused), _tr("1 file was not added"), _tr("{n} files were not added")
            )
            told = [*refused[:5], first, *rest]
            window.tell("warn", title, "\n".join(told[:_LINES]), self._columns_of(report))
        elif rest:
            window.tell("info", first, "\n".join(rest[:_LINES]))
        if report.counts["documents"]:
            self.suggest_quietly()
        return first

    def _columns_of(self, report: ImportReport) -> list[tuple[str, Callable[[], object]]]:
        """Of the first table whose column of texts cannot be told, a button for each column."""
        asked = [one for one in report.refused if one.error and one.error.code == "read.no_text_column"]
        if not asked or asked[0].error is None or not asked[0].path.is_file():
            return []
        columns = cast("list[str]", asked[0].error.params["columns"])
        return [
            (wording.plain(name, 24), partial(self._add_table, asked[0].path, name)) for name in columns[:6]
        ]

    def _add_table(self, path: Path, column: str) -> None:
        project = self._session().store.path
        self._window.work.start(importing(project, [path], AS_IS, self._came_in, columns={"text": column}))

    def _pasted(self, report: ImportReport) -> str:
        """Open what was pasted: only a person knows its date and source."""
        said = self._came_in(report)
        session = self._session()
        if not report.counts["documents"]:
            return said
        newest = session.documents(limit=1, offset=session.document_count() - 1)
        self._window.review.going.open_document(newest[0].id)
        return _tr("Added “{title}”. {key}: its date and source").format(
            title=wording.plain(newest[0].title or newest[0].name, 40),
            key=self._window.bindings.key("details"),
        )

    def _went_out(self, report: ExportReport) -> str:
        first, *rest = [wording.said(message) for message in report.messages()]
        self._window.tell("ok", first, "\n".join(rest))
        return first

    def failed(self, title: str, words: str, job: Job) -> None:
        """Say that a job ended with an error, and offer to try again where that can help."""
        again = [(_tr("Try again"), self.suggest)] if isinstance(job, Suggesting) else []
        self._window.tell("bad", _tr("Stopped: {title}").format(title=title), words, again)

    # Helpers

    def _take(self, path: Path, *, make: bool) -> None:
        memory = self._window.memory
        try:
            store = create(path) if make else open_project(path)
        except UserError as error:
            if error.code not in ("project.read_only", "project.no_wal"):
                self._window.tell("bad", _tr("The project does not open"), wording.said(error))
                return
            store = open_project(path, read_only=True)
        memory.add_recent(path)
        self._window.set_session(Session(store, self._window.reviewer))

    def _project(self, proposed: Path) -> Path | None:
        """The open project; without one a new one, made where the person says."""
        if self._window.session is None:
            path = self._new_path(proposed)
            if path is not None:
                self._take(path, make=True)
        return self._window.session.store.path if self._window.session is not None else None

    def _new_path(self, proposed: Path) -> Path | None:
        known = _tr("Projects (*.annot *.db)")
        found, _ = QFileDialog.getSaveFileName(
            self._window, _tr("Where to keep the project"), str(proposed), known
        )
        if not found:
            return None
        path = Path(found)
        return path if path.suffix else path.with_suffix(SUFFIX)

    def _folder(self) -> Path:
        return self._window.memory.folder()

    def _session(self) -> Session:
        found = self._window.session
        if found is None:
            raise RuntimeError("no project is open")
        return found


def local_files(data: QMimeData) -> list[Path]:
    """The files on this machine that are dragged or copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _known_files() -> str:
    """The choices of a file dialog: what can be read, or everything, for the content tells as well."""
    from annotator.formats import registry

    endings = " ".join(f"*{ending}" for ending in sorted(registry.suffixes()))
    return _tr("Articles ({endings});;All files (*)").format(endings=endings)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Files", text)
