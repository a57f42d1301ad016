"""The real window on a real project, driven by key and mouse events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QMenu, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.article import Article
from annotator.domain.models import Span
from annotator.session import Session
from annotator.ui import app
from annotator.ui.review import Review
from annotator.ui.window import Window

ENDS_WITHIN = 600.0


class Desk:
    """What a reviewer can do: press, click, drag, look."""

    def __init__(self, window: Window) -> None:
        self.window = window

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
        """Type into what has the focus; QTest itself knows ASCII only."""
        for sign in words:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(QApplication.focusWidget(), event)

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

    def drag(self, start: int, end: int, *, exact: bool = False) -> None:
        """Drag with the left button from a character to another one, the last one included.

        `exact`: Alt is held, so that characters count and not whole words.
        """
        self.show(start)
        first = self.review.view.rect_of(start, start + 1)
        last = self.review.view.rect_of(end - 1, end)
        held = Qt.KeyboardModifier.AltModifier if exact else Qt.KeyboardModifier.NoModifier
        aside = QPoint(1, 0)
        self._pull(_left_of(first) + aside, _right_of(last) - aside, held)

    def drag_edge(self, edge: str, place: int) -> None:
        """Drag the handle of the span in focus, its `start` or its `end`, to before a character."""
        span = self.focus()
        self.show(span.start if edge == "start" else span.end - 1)
        grips = self.review.view.grip_points()
        assert grips is not None
        here = self.review.view.rect_of(place, place + 1) if edge == "start" else None
        there = _left_of(here) if here is not None else _right_of(self.review.view.rect_of(place - 1, place))
        target = there + (QPoint(1, 0) if edge == "start" else QPoint(-1, 0))
        self._pull(grips[0] if edge == "start" else grips[1], target, Qt.KeyboardModifier.AltModifier)

    def _pull(self, first: QPoint, last: QPoint, held: Qt.KeyboardModifier) -> None:
        surface = self.review.view.viewport()
        QTest.mousePress(surface, Qt.MouseButton.LeftButton, held, first)
        for part in range(1, 5):
            self._move(surface, first + (last - first) * part / 4, held)
        QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, held, last)

    @staticmethod
    def _move(surface: QWidget, at: QPoint, held: Qt.KeyboardModifier) -> None:
        """QTest.mouseMove has no modifiers."""
        button, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        away = QPointF(surface.mapToGlobal(at))
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), away, none, button, held)
        QApplication.sendEvent(surface, event)

    def double_click(self, place: int) -> None:
        """Twice on a word, as a hand does it."""
        self.click(place)
        surface, point = self.review.view.viewport(), self.point(place)
        QTest.mouseDClick(surface, Qt.MouseButton.LeftButton, pos=point)
        QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=point)  # which QTest leaves out

    def push(self, widget: QWidget) -> None:
        """Click on a button, a hint or the like, which has to be there and enabled."""
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())

    def push_row(self, view: QListView, number: int) -> None:
        """Click on a row of a list."""
        index = view.model().index(number, 0)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())

    def choose(self, *names: str) -> None:
        """Open the menu by its button and click through it."""
        self.push(self.window.header._menu_button)
        self._click_through(names)

    def choose_at(self, place: int, name: str) -> None:
        """Click with the other button on a character, and on a line of the menu there."""
        self.show(place)
        port, point = self.review.view.viewport(), self.point(place)
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(port, QContextMenuEvent(reason, point, port.mapToGlobal(point)))
        self._click_through([name])

    @staticmethod
    def _click_through(names: Sequence[str]) -> None:
        for name in names:
            wait_until(lambda name=name: _line(name) is not None)
            menu, action = cast(tuple[QMenu, QAction], _line(name))
            assert action.isEnabled()
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

    def link_by_name(self, entity: int) -> None:
        """Ctrl+L, the name, Enter."""
        found = self.session.entity(entity)
        assert found is not None
        self.press("Ctrl+L")
        self.type(found.name)
        self.press("Return")

    def wait_for_work(self) -> None:
        """Until suggestions, imports and exports have ended."""
        QApplication.processEvents()
        wait_until(lambda: not self.window.work.jobs)


def wait_until(holds: Callable[[], bool]) -> None:
    """Let the program go on until something holds, which it has to at last."""
    ends = time.monotonic() + ENDS_WITHIN
    while not holds():
        assert time.monotonic() < ends
        QTest.qWait(0)
        time.sleep(0.005)  # not in qWait, which keeps Python to itself: threads at work would stand still


@contextmanager
def alone(project: Path, articles: list[Path] | None = None) -> Iterator[Desk]:
    """The program started on a project, and closed at the end; outside of a test."""
    app.make_app()
    window = app.make_window("Ada")
    app.open_project(window, project, articles or [])
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    made = Desk(window)
    made.wait_for_work()
    try:
        yield made
    finally:
        window.close()
        app.take_apart()


@contextmanager
def desk(qtbot: QtBot, project: Path, articles: list[Path] | None = None) -> Iterator[Desk]:
    """The same in a test: exceptions in Qt's slots fail it."""
    with alone(project, articles) as made:
        qtbot.waitExposed(made.window)
        yield made


def _line(name: str) -> tuple[QMenu, QAction] | None:
    """A line of a menu that is open."""
    menus = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]
    lines = [(menu, action) for menu in menus for action in menu.actions() if action.text() == name]
    return lines[0] if lines else None


def _left_of(rect: QRect) -> QPoint:
    return QPoint(rect.left(), rect.center().y())


def _right_of(rect: QRect) -> QPoint:
    return QPoint(rect.right(), rect.center().y())
