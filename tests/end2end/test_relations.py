"""Relations between spans: said by key and by drag, drawn, taken back, in the real window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import store
from annotator.session.importing import import_paths
from annotator.ui.article.arcs import Arcs
from annotator.ui.palette import Palette
from tests.end2end.desk import Desk, desk

TEXT = "Ada Brenn of Kestrel Foods met Bo Lund of Nordbank on the quay."


@pytest.fixture
def there(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    names = (("Ada Brenn", "PERSON"), ("Kestrel Foods", "ORG"), ("Bo Lund", "PERSON"), ("Nordbank", "ORG"))
    spans = [
        {
            "start": TEXT.index(words),
            "end": TEXT.index(words) + len(words),
            "label": label,
            "state": "accepted",
        }
        for words, label in names
    ]
    source, path = tmp_path / "one.jsonl", tmp_path / "p.db"
    source.write_text(json.dumps({"id": "one", "text": TEXT, "spans": spans}), encoding="utf-8")
    with store.create(path) as opened:
        import_paths(opened, [source], mode="gold")
    with desk(qtbot, path) as made:
        yield made


def _said(there: Desk) -> set[tuple[str, str, str]]:
    types = {one.id: one.name for one in there.review.relation_types}
    article = there.article
    return {
        (article.spans[one.from_span].text, types[one.type], article.spans[one.to_span].text)
        for one in article.relations.values()
        if one.state == "accepted"
    }


def _drawn(there: Desk) -> int:
    overlay = there.review.view.findChild(Arcs)
    assert isinstance(overlay, Arcs)
    return len(overlay._arcs) if overlay.isVisible() else 0


def test_a_relation_is_said_and_taken_back_by_key(there: Desk) -> None:
    there.click(TEXT.index("Ada"))
    there.press("T")
    there.type("works for kestrel")
    there.press("Return")
    assert _said(there) == {("Ada Brenn", "works for", "Kestrel Foods")}
    assert _drawn(there) == 1
    there.press("T", "Return")
    assert _said(there) == set()
    assert _drawn(there) == 0
    there.press("Ctrl+Z")
    assert _said(there) == {("Ada Brenn", "works for", "Kestrel Foods")}
    assert there.session.store.check() == []


def _drag(there: Desk, start: int, end: int) -> None:
    surface = there.review.view.viewport()
    held = Qt.KeyboardModifier.ControlModifier
    first, last = there.point(start), there.point(end)
    QTest.mousePress(surface, Qt.MouseButton.LeftButton, held, first)
    there._move(surface, first + QPoint(30, 0), held)
    there._move(surface, last, held)
    QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, held, last)


def test_a_drag_with_ctrl_ties_two_spans(there: Desk) -> None:
    """Where several types fit, one is chosen; nothing is selected by it."""
    _drag(there, TEXT.index("Bo Lund") + 1, TEXT.index("Nordbank") + 2)
    assert there.window.findChildren(Palette)
    there.type("works for")
    there.press("Return")
    assert _said(there) == {("Bo Lund", "works for", "Nordbank")}
    assert there.review.view.selection() is None


def test_a_drag_that_ends_beside_the_spans_or_by_esc_says_nothing(there: Desk) -> None:
    _drag(there, TEXT.index("Bo Lund") + 1, TEXT.index("quay"))
    assert not [card for card in there.window.findChildren(Palette) if card.isVisible()]
    surface, held = there.review.view.viewport(), Qt.KeyboardModifier.ControlModifier
    QTest.mousePress(surface, Qt.MouseButton.LeftButton, held, there.point(TEXT.index("Bo Lund")))
    there._move(surface, there.point(TEXT.index("Nordbank")), held)
    overlay = there.review.view.findChild(Arcs)
    assert isinstance(overlay, Arcs)
    assert overlay.isVisible()
    there.press("Esc")
    assert not overlay.isVisible()
    QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, held, there.point(TEXT.index("Nordbank")))
    assert _said(there) == set()


def test_every_relation_is_drawn_on_demand(there: Desk) -> None:
    for start, end in (("Ada", "Kestrel"), ("Bo", "Nordbank")):
        there.click(TEXT.index(start))
        there.press("T")
        there.type(f"works for {end}")
        there.press("Return")
    assert _drawn(there) == 1
    there.press("Ctrl+Shift+T")
    assert _drawn(there) == 2
    there.review.view.viewport().grab()
    there.press("Ctrl+Shift+T")
    assert _drawn(there) == 1


def test_a_click_with_ctrl_is_a_click(there: Desk) -> None:
    held = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(
        there.review.view.viewport(), Qt.MouseButton.LeftButton, held, there.point(TEXT.index("Nordbank"))
    )
    assert there.focus().text == "Nordbank"
