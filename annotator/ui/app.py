"""Starting the window: what has to hold first, then Qt, the look, the project.

Nothing of Qt is imported before the system was found able to run it.
"""

from __future__ import annotations

import atexit
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import UserError
from annotator.ui import startup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from annotator.ui.window import Window

_SWITCH = 0.0005
"""Seconds after which a job's thread lets the window's go on. Python's own 5 ms pass many times a key
press, once for each statement of SQL, and a frame is lost."""


def run(project: Path | None, articles: list[Path], reviewer: str) -> int:
    """Open the window and return the exit code when it is closed.

    Without a project it is the last one, the first time a copy of the sample. Where there is
    no display the same work is done without one.
    """
    startup.check_libraries(startup.BASE)
    if not startup.has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from annotator.ui.headless import work

        return work(project, articles, reviewer)
    if startup.uses_x11():
        startup.check_libraries(startup.X11)
    app = make_app()
    window = make_window(reviewer)
    open_project(window, project, articles)
    window.show()
    window.greet()
    return app.exec()


def take_apart() -> None:
    """Take what is closed apart while Qt and Python are whole: left to their ends, it crashes now and then."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    for window in QApplication.topLevelWidgets():
        if window.isHidden() and window.parent() is None:
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@cache
def make_app() -> QApplication:
    """Qt's application with our fonts, where none is there yet.

    It is kept to the end of the process: with a window still there, Qt would crash without it.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from annotator.ui.look import load_fonts

    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    sys.setswitchinterval(_SWITCH)
    app = QApplication(sys.argv[:1])
    startup.check_binding()
    app.setApplicationName("annotator")
    app.setApplicationDisplayName("Annotator")
    app.setStyle("Fusion")
    load_fonts()
    atexit.register(take_apart)
    return app


def make_window(reviewer: str) -> Window:
    """The window, dressed and empty. What goes wrong unexpectedly is logged and told there."""
    from annotator.settings import Settings
    from annotator.ui import report, translations, wording
    from annotator.ui.garbage import Garbage
    from annotator.ui.window import Window

    settings = Settings.load()
    translations.use(str(settings["language"]))
    window = Window(reviewer, settings)
    window.closed.connect(Garbage(window).stop)

    def tell(sentence: str) -> None:
        window.tell(
            "bad",
            window.tr("Something went wrong. What was decided is stored."),
            sentence,
            [(window.tr("Copy the error report"), window.copy_report)],
        )

    window.closed.connect(report.start(tell))
    if settings.trouble is not None:
        window.tell("warn", window.tr("The settings are new"), wording.said(settings.trouble))
    return window


def open_project(window: Window, project: Path | None, articles: list[Path]) -> None:
    """Open the project that was asked for, and add articles that were named."""
    from annotator.session.sample import sample_project
    from annotator.ui import wording

    if project is not None:
        window.files.open_or_make(project)
    else:
        last = window.memory.last_project()
        try:
            window.files.open_path(last if last is not None else sample_project())
        except UserError as error:
            window.tell("bad", window.tr("The sample project cannot be made"), wording.said(error))
    if articles and window.session is not None:
        window.files.add_paths(articles)
