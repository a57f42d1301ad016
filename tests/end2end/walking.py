"""Through every page and card of the real window: each state once, by the action table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from annotator.ui.action_table import BY_ID, TABLE
from annotator.ui.overlay import Overlay
from tests.end2end.desk import Desk

# They end the window, leave the project, open a menu or begin work; what they show is among the pages.
_LEAVE = (
    *("quit", "menu", "view.order", "close", "new", "open", "sample", "sample.reset"),
    *("suggest", "links.propose", "links.accept", "paste"),
)


def without_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """No dialog of the system opens and no model is asked."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: QUrl())
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")


def pages(there: Desk) -> Iterator[str]:
    """The states of the page: a span in focus, a selection, candidates, banner, done, nothing open."""
    yield "review"
    there.press("N")
    yield "after a decision"
    there.press("Shift+L")
    yield "candidates"
    there.press("Esc", "Ctrl+2")
    yield "links"
    there.press("Ctrl+3")
    yield "allegations as a table"
    for way in ("claims.time", "claims.graph"):
        if way in BY_ID and there.window.bindings[way].isEnabled():
            there.window.bindings[way].trigger()
            yield way
    there.press("Ctrl+1")
    start = there.article.text.index("met")
    there.drag(start, start + 3)
    yield "selection"
    there.press("Esc", "Ctrl+F")
    yield "find"
    there.press("Esc", "Ctrl+Return")
    yield "undecided"
    there.press("Esc", "Ctrl+Shift+A")
    yield "all decided"
    there.window.files.close()
    yield "welcome"


def cards(there: Desk) -> Iterator[tuple[str, Overlay]]:
    """Every card that an action of the table opens, one at a time."""
    span = there.focus().id
    for spec in TABLE:
        action = there.window.bindings[spec.id]
        if spec.id in _LEAVE or not action.isEnabled():
            continue
        action.trigger()
        QApplication.processEvents()
        there.wait_for_work()
        opened = [one for one in there.window.findChildren(Overlay) if one.isVisible()]
        for card in opened:
            yield spec.id, card
        for card in opened:
            card.close_card()
        QApplication.processEvents()
        there.review.selecting.arm(None)
        there.review.set_focus(span)
        there.review.to_text()


def shown(part: QWidget) -> Iterator[QWidget]:
    """The visible widgets of a part."""
    yield from (one for one in part.findChildren(QWidget) if one.isVisible())
