"""Keys and clicks at random, over all pages and cards: after each the window shows what the project holds."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.article import Article
from annotator.ui.action_table import TABLE
from annotator.ui.drawing import view_span
from annotator.ui.overlay import Overlay
from annotator.ui.remembering import Remembering
from tests.end2end.desk import Desk, desk
from tests.end2end.walking import without_dialogs

LONG = 200
"""Acts of one walk."""
_LEAVE = ("quit", "sample", "sample.reset", "suggest", "links.propose", "memory")
_KEYS = [key for spec in TABLE if spec.id not in _LEAVE for key in spec.keys.split()]
_MOVES = [
    "Esc",
    "Esc",
    "Return",
    "Up",
    "Down",
    "Tab",
    "Shift+Right",
    "Ctrl+A",
    "Backspace",
    "Ctrl+Z",
    "Ctrl+Y",
]


@pytest.mark.soak
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_whatever_is_pressed_the_window_shows_what_is_stored(
    qtbot: QtBot, suggested: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without_dialogs(monkeypatch)
    monkeypatch.setattr(Remembering, "_start", lambda _: None)  # it writes when keys rest: here they never do
    walks = max(1, settings.default.max_examples // 300) if settings.default is not None else 1
    for seed in range(walks):
        with desk(qtbot, suggested) as there:
            source = random.Random(seed)
            for number in range(LONG):
                act = source.choices((_press, _type, _drag, _push), (70, 8, 10, 12))[0]
                said = act(there, source)
                _settle(there)
                if there.window.session is None:
                    there.window.files.open_path(suggested)
                    _settle(there)
                assert not _wrong(there, tmp_path), f"walk {seed}, act {number}: {act.__name__} {said}"


def _press(there: Desk, source: random.Random) -> str:
    key = source.choice(source.choice((_KEYS, _MOVES)))
    menu = QApplication.activePopupWidget()
    if menu is not None:
        QTest.keyClick(menu, Qt.Key.Key_Escape)
    else:
        there.press(key)
    return key


def _type(there: Desk, source: random.Random) -> str:
    words = source.choice(("Ivar", "x", "12", "é "))
    if QApplication.activePopupWidget() is None and QApplication.focusWidget() is not None:
        for sign in words:
            if QApplication.focusWidget() is not None:
                there.type(sign)
    return words


def _drag(there: Desk, source: random.Random) -> str:
    if not _is_free(there):
        return "-"
    start = source.randrange(len(there.article.text) - 12)
    there.drag(start, start + source.randint(1, 12), exact=source.random() < 0.3)
    return str(start)


def _push(there: Desk, source: random.Random) -> str:
    if QApplication.activePopupWidget() is not None:
        return "-"
    cards = _cards(there)
    root: QWidget = cards[-1] if cards else there.window
    found = [one for one in root.findChildren(QAbstractButton) if not one.visibleRegion().isEmpty()]
    found = [one for one in found if one.isEnabled()]
    if not found:
        return "-"
    one = source.choice(found)
    words = one.accessibleName() or one.text()
    if words not in ("Suggest now", "Propose links in all articles"):
        QTest.mouseClick(one, Qt.MouseButton.LeftButton, pos=one.visibleRegion().boundingRect().center())
    return words


def _settle(there: Desk) -> None:
    for _ in range(2):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    there.wait_for_work()


def _cards(there: Desk) -> list[Overlay]:
    return [one for one in there.window.findChildren(Overlay) if one.isVisible()]


def _is_free(there: Desk) -> bool:
    """Whether the text of an article can be reached."""
    return there.review.in_front and not _cards(there) and QApplication.activePopupWidget() is None


def _wrong(there: Desk, folder: Path) -> list[str]:
    """What is not as it should be."""
    if isinstance(QApplication.activePopupWidget(), QMenu):
        return []
    holds: dict[str, Callable[[], bool]] = {
        "focus": lambda: _is_sensible(there),
        "article": lambda: (
            there.article.spans == _stored(there).spans
            and there.article.links == _stored(there).links
            and there.article.document == _stored(there).document
        ),
        "drawing": lambda: (
            bool(_cards(there))
            or there.review.drawing._drawn
            == {number: view_span(there.article, span) for number, span in there.article.spans.items()}
        ),
        "screen": lambda: not _is_free(there) or _is_painted(there, folder),
        "check": lambda: there.session.store.check() == [],
    }
    return [what for what, is_so in holds.items() if not is_so()]


def _stored(there: Desk) -> Article:
    return there.session.store.article(there.article.document.id)


def _is_sensible(there: Desk) -> bool:
    """The focus is on something that can be seen, on the card where one is open."""
    now, cards = QApplication.focusWidget(), _cards(there)
    over = cards[-1] if cards else there.window
    return now is not None and now.isVisible() and now is not there.window and over in (now, *_above(now))


def _above(widget: QWidget) -> list[QWidget]:
    parent = widget.parentWidget()
    return [parent, *_above(parent)] if parent is not None else []


def _is_painted(there: Desk, folder: Path) -> bool:
    """What is on the screen is what would be painted now; else both are kept as pictures."""
    port, window = there.review.view.viewport(), there.window
    QApplication.sendPostedEvents()  # what a timer has just shown waits to be painted, and no other timer comes between
    place = QRect(port.mapTo(window, port.rect().topLeft()), port.size())
    shown = []
    for _ in range(2):
        shown.append(window.screen().grabWindow(window.winId()).toImage().copy(place))
        port.repaint()
    for number, picture in enumerate(shown):
        picture.save(str(folder / f"screen{number}.png"))
    return shown[0] == shown[1]
