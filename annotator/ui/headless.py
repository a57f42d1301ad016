"""The same work where there is no display: suggest, draw the window, export, and name the files."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop

from annotator.session.exporting import ExportChoice, export
from annotator.session.importing import import_paths

FOLDER = "out"
_SIZE = (1440, 900)


def work(project: Path | None, articles: list[Path], reviewer: str) -> int:
    """Import, suggest, save a picture of the window and the spans as JSONL; the exit code."""
    from annotator.ui import app

    _say("There is no display: the work is done without one.")
    qt = app.make_app()
    window = app.make_window(reviewer)
    app.open_project(window, project, [])
    session = window.session
    if session is None:
        _say("No project could be opened.")
        return 1
    if articles:
        report = import_paths(session.store, articles)
        _say(f"Added {report.counts['documents']} articles.")
        for one in report.refused:
            _say(str(one.error))
        session.poll()
    if session.article is None:
        session.open_first()
    window.resize(*_SIZE)
    window.show()
    qt.processEvents()  # what is suggested is asked for when the window is up
    if window.work.jobs:
        waiting = QEventLoop()
        window.work.changed.connect(lambda: None if window.work.jobs else waiting.quit())
        waiting.exec()
    folder = Path(FOLDER)
    folder.mkdir(exist_ok=True)
    picture, spans = folder / "window.png", folder / f"{session.store.path.stem}.jsonl"
    if not window.grab().save(str(picture)):
        _say(f"{picture} cannot be written.")
        return 1
    export(session.store, spans, ExportChoice(spans="all", documents="all"))
    path = session.store.path
    window.close()
    for made in (path, picture, spans):
        sys.stdout.write(f"{made}\n")
    return 0


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
