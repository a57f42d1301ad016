"""Keys are changed in their card, by keys, and do at once what it says; pressed in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import store
from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED
from annotator.domain.record import Record
from annotator.session.importing import import_records
from annotator.ui.action_table import TABLE
from annotator.ui.hints import Hint
from annotator.ui.keymap import SETS
from annotator.ui.keys_card import KeysCard
from annotator.ui.kit import Button
from tests.end2end.desk import Desk, desk

TEXT = "Mira met Osric. Then Osric met Mira. Nobody met Brandt."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """One article with five suggestions; no model is asked."""
    path = tmp_path / "p.db"
    places = [0, 9, 21, 31, 48]
    names = [4, 5, 5, 4, 6]
    spans = [{"start": at, "end": at + n, "label": "PERSON"} for at, n in zip(places, names, strict=True)]
    record: Record = {"id": "a", "text": TEXT, "spans": spans}
    with store.create(path) as opened:
        import_records(opened, [record], path)
    return path


def _card(there: Desk) -> KeysCard:
    """The card, opened; the list has the focus."""
    there.window.bindings["keys.change"].trigger()
    (card,) = [one for one in there.window.findChildren(KeysCard) if one.isVisible()]
    return card


def _choose(there: Desk, card: KeysCard, words: str) -> None:
    """Filter for an act and go to it in the list."""
    card._field.setFocus()
    card._field.selectAll()
    there.type(words)
    there.press("Return")


def _close(there: Desk) -> None:
    """Esc; the page is made anew and the old one goes, as between two key presses of a person."""
    there.press("Esc")
    QApplication.processEvents()


def test_a_key_is_changed_and_holds_also_tomorrow(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        card = _card(there)
        _choose(there, card, "Accept and go on")
        there.press("Return", "J")
        _close(there)
        first = there.focus().id
        there.press("A")
        assert there.span(first).state == SUGGESTED
        there.press("J")
        assert there.span(first).state == ACCEPTED
        assert there.window.bindings.key("accept") == "J"
        assert any("J" in hint.accessibleDescription() for hint in there.window.status.findChildren(Hint))
    with desk(qtbot, project) as tomorrow:
        second = tomorrow.focus().id
        tomorrow.press("J")
        assert tomorrow.span(second).state == ACCEPTED


def test_a_key_that_does_something_else_is_named_and_taken_only_when_asked(
    qtbot: QtBot, project: Path
) -> None:
    with desk(qtbot, project) as there:
        card = _card(there)
        _choose(there, card, "Reject and go on")
        there.press("Return", "A")
        assert "Accept and go on" in card._said.text()
        there.press("N")  # leaves it
        assert card.keymap.keys("reject") == ["X", "Del"]
        there.press("Return", "A", "Return")
        assert card.keymap.keys("reject") == ["A"]
        assert card.keymap.keys("accept") == ["Return", "Enter"]
        _close(there)
        first = there.focus().id
        there.press("A")
        assert there.span(first).state == REJECTED


def test_one_more_key_none_and_back_to_default(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        card = _card(there)
        _choose(there, card, "Undo")
        there.press("+", "Backspace")
        assert card.keymap.keys("undo") == ["Ctrl+Z", "Backspace"]
        _close(there)
        there.press("A")
        first = there.article.in_order((ACCEPTED,))
        assert len(list(first)) == 1
        there.press("Backspace")
        assert there.article.count(ACCEPTED) == 0
        card = _card(there)
        _choose(there, card, "Undo")
        there.press("Delete")
        assert card.keymap.keys("undo") == []
        next(one for one in card.findChildren(Button) if one.text() == "Back to default").click()
        assert card.keymap.keys("undo") == ["Ctrl+Z"]
        there.press("Esc")


def test_escape_leaves_a_key_as_it_is_and_then_the_card(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        card = _card(there)
        _choose(there, card, "Accept and go on")
        there.press("Return", "Esc")
        assert card.isVisible()
        assert card.keymap.keys("accept") == ["A", "Return", "Enter"]
        there.press("Esc")
        assert not card.isVisible()
        assert there.review.view.hasFocus()


def test_the_key_of_a_label_is_changed_in_the_project_and_can_be_undone(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        card = _card(there)
        _choose(there, card, "ORG")
        there.press("Return", "Ctrl+O")
        assert "single" in card._said.text()
        there.press("1")
        assert "PERSON" in card._said.text()
        there.press("Return", "O", "Return")
        _close(there)
        span = there.focus()
        there.press("O")
        assert there.article.labels[there.span(span.id).label].name == "ORG"
        assert there.session.labels()[1].key == "O"
        there.press("Ctrl+Z", "Ctrl+Z")
        QTest.qWait(10)
        assert there.session.labels()[1].key == "2"


@pytest.mark.parametrize("name", [name for name in SETS if SETS[name]])
def test_a_set_for_people_from_elsewhere_is_one_click(qtbot: QtBot, project: Path, name: str) -> None:
    with desk(qtbot, project) as there:
        card = _card(there)
        (segment,) = [one for one in card.findChildren(Button) if one.text() == name]
        QTest.mouseClick(segment, Qt.MouseButton.LeftButton)
        _close(there)
        first = there.focus().id
        if name == "Prodigy":
            there.press("Space")  # ignore: go on undecided
            assert there.focus().id != first
            there.press("A", "X", "Backspace")
            assert (there.article.count(ACCEPTED), there.article.count(REJECTED)) == (1, 0)
        else:
            there.press("Backspace")
            assert there.span(first).state == REJECTED


def test_every_act_of_the_table_stands_in_the_card(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        card = _card(there)
        listed = [line.action for line in card._model.lines if line.action]
        without = {f"label.{number}" for number in range(5, 10)}
        assert listed == [spec.id for spec in TABLE if spec.id not in without]
        there.press("Esc")
