"""The real window on a real project, driven by key and mouse events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.article import Article
from annotator.domain.models import Span
from annotator.session import Session
from annotator.ui import app
from annotator.ui.review import Review
from annotator.ui.window import Window

WORK_ENDS_WITHIN = 60_000


class Desk:
    """What a reviewer can do: press, click, drag, look."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot, self.window = qtbot, window

    @property
    def review(self) -> Review:
        return self.window.review

    @property
    def session(self) -> Session:
        assert self.window.session is not None
        return self.window.session

    @property
    def article(self) -> Article:
        assert self.session.article is not None
        return self.session.article

    def press(self, *keys: str) -> None:
        """Press keys, written as in the key sheet, where the focus is."""
        for key in keys:
            pressed = QKeySequence(key)[0]
            target = QApplication.focusWidget() or cast(QWidget, self.window)
            QTest.keyClick(target, pressed.key(), pressed.keyboardModifiers())

    def type(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), words)

    def focus(self) -> Span:
        """The span in focus, which has to be there."""
        found = self.review.focused()
        assert found is not None
        return found

    def span(self, number: int) -> Span:
        return self.article.spans[number]

    def point(self, place: int) -> QPoint:
        """The middle of a character of the article on the screen."""
        return self.review.view.rect_of(place, place + 1).center()

    def show(self, place: int) -> None:
        """Scroll so that a character is in sight, as by the wheel."""
        view = self.review.view
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + self.point(place).y() - view.viewport().height() // 2)

    def click(self, place: int) -> None:
        self.show(place)
        QTest.mouseClick(self.review.view.viewport(), Qt.MouseButton.LeftButton, pos=self.point(place))

    def drag(self, start: int, end: int) -> None:
        """Drag with the left button from a character to another one, the last one included."""
        self.show(start)
        surface = self.review.view.viewport()
        first, last = self.point(start), self.point(end - 1)
        QTest.mousePress(surface, Qt.MouseButton.LeftButton, pos=first)
        for part in range(1, 5):
            QTest.mouseMove(surface, first + (last - first) * part / 4)
        QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=last)

    def wait_for_work(self) -> None:
        """Until suggestions, imports and exports have ended."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.window.work.jobs, timeout=WORK_ENDS_WITHIN)


@contextmanager
def desk(qtbot: QtBot, project: Path, articles: list[Path] | None = None) -> Iterator[Desk]:
    """The program started on a project, and closed at the end."""
    app.make_app()
    window = app.make_window("Ada")
    app.open_project(window, project, articles or [])
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    made = Desk(qtbot, window)
    made.wait_for_work()
    try:
        yield made
    finally:
        window.close()
        window.deleteLater()
