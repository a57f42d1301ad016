"""The same work where there is no display: suggest, draw the window, export, and name the files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop

from annotator.errors import UserError
from annotator.formats import put
from annotator.session.exporting import ExportChoice, export
from annotator.session.importing import import_paths
from annotator.store import create, open_project

if TYPE_CHECKING:
    from annotator.session import Session
    from annotator.ui.window import Window

FOLDER = "out"
_SIZE = (1440, 900)


def work(project: Path | None, articles: list[Path], reviewer: str) -> int:
    """Import, suggest, save a picture of the window and the spans as JSONL; the exit code."""
    from annotator.ui import app

    _say("There is no display: the work is done without one.")
    qt = app.make_app()
    window = app.make_window(reviewer)
    app.open_project(window, project, [])
    try:
        if window.session is None:
            if project is not None:
                # raises what the window told where nobody sees it
                (open_project(project) if project.exists() else create(project)).close()
            _say("No project could be opened.")
            return 1
        _begin(window.session, articles)
        window.resize(*_SIZE)
        window.show()
        qt.processEvents()  # what is suggested is asked for when the window is up
        if window.work.jobs:
            waiting = QEventLoop()
            window.work.changed.connect(lambda: None if window.work.jobs else waiting.quit())
            waiting.exec()
        made = [window.session.store.path, *_put_out(window, window.session)]
    finally:
        window.close()
    for path in made:
        sys.stdout.write(f"{path}\n")
    return 0


def _begin(session: Session, articles: list[Path]) -> None:
    if articles:
        report = import_paths(session.store, articles)
        _say(f"Added {report.counts['documents']} articles.")
        for one in report.refused:
            _say(str(one.error))
        session.poll()
    if session.article is None:
        session.open_first()


def _put_out(window: Window, session: Session) -> tuple[Path, Path]:
    """A picture of the window, and the export. UserError where one cannot be written."""
    folder = Path(FOLDER)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UserError("write.failed", path=folder, why=error.strerror) from error
    picture, spans = folder / "window.png", folder / f"{session.store.path.stem}.jsonl"

    def draw(draft: Path) -> None:
        window.grab().save(str(draft))

    put(picture, draw)
    export(session.store, spans, ExportChoice(spans="all", documents="all"))
    return picture, spans


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
