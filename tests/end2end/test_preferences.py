"""Preferences hold at once and tomorrow; changed by keys and by mouse in the real window."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.settings import Settings
from annotator.ui import theme, translations
from annotator.ui.kit import Button, Choice, Stepper
from annotator.ui.preferences import PreferencesCard
from tests.end2end.desk import Desk, desk
from tests.end2end.test_keys import project as project  # noqa: PLC0414  a fixture


def _card(there: Desk) -> PreferencesCard:
    QApplication.processEvents()
    cards = [one for one in there.window.findChildren(PreferencesCard) if one.isVisible()]
    if not cards:
        there.press("Ctrl+,")
        cards = [one for one in there.window.findChildren(PreferencesCard) if one.isVisible()]
    return cards[0]


def _row(card: PreferencesCard, words: str) -> QWidget:
    (found,) = [one for one in card.findChildren(QWidget) if one.accessibleName() == words]
    return found


def _click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def _button(part: QWidget, words: str) -> Button:
    (found,) = [one for one in part.findChildren(Button) if words in (one.text(), one.accessibleName())]
    return found


def _pick(card: PreferencesCard, words: str, letters: str) -> None:
    """Choose by keys: the list's first letters, as in every list of the system."""
    choice = cast(Choice, _row(card, words))
    choice.setFocus()
    QTest.keyClicks(choice, letters)


def test_colours_change_at_once(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        card = _card(there)
        _click(_button(_row(card, "Colours"), "Dark"))
        assert theme.current().dark
        assert there.window.bindings["theme.dark"].isChecked()
        _button(_row(card, "Colours"), "Light").setFocus()
        there.press("Space")
        assert not theme.current().dark
        there.press("Esc")
        assert there.review.view.hasFocus()
    assert Settings.load()["theme"] == "light"


def test_the_interface_grows_to_150_percent_and_the_card_stays(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        focused = there.focus().id
        for _ in range(4):
            stepper = cast(Stepper, _row(_card(there), "Size of the window’s parts"))
            _click(_button(stepper, "Larger"))
        stepper = cast(Stepper, _row(_card(there), "Size of the window’s parts"))
        assert theme.current().scale == 1.5
        assert not _button(stepper, "Larger").isEnabled()
        there.press("Esc")
        assert there.focus().id == focused
        there.press("A")
        assert there.focus().id != focused
    with desk(qtbot, project):
        assert theme.current().scale == 1.5


def test_text_size_width_face_and_lines(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        card = _card(there)
        _click(_button(_row(card, "Size of the text"), "Larger"))
        _pick(card, "Typeface", "Inter")
        _pick(card, "Width of the text", "520")
        _click(_button(_row(card, "Lines"), "Compact"))
        sizes = there.review.view._sizes
        assert (sizes.zoom, sizes.family, sizes.column, sizes.compact) == (1.1, "Inter", 520, True)
        there.press("Esc", "Ctrl+0")
        assert there.review.view._sizes.zoom == 1.0
    with desk(qtbot, project) as tomorrow:
        assert tomorrow.review.view._sizes.family == "Inter"


def test_the_reviewers_name_is_on_the_next_decision(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        _row(_card(there), "Reviewer’s name").setFocus()
        there.type("Grace")
        there.press("Esc")
        span = there.focus().id
        there.press("A")
        assert there.span(span).by == "Grace"
    assert Settings.load().who() == "Grace"


def test_without_single_keys_a_letter_decides_nothing(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        _click(_button(_row(_card(there), "Keys without Ctrl or Alt"), "Off"))
        _card(there)
        there.press("Esc")
        QApplication.processEvents()
        span = there.focus().id
        there.press("A", "X", "1")
        assert there.focus().id == span
        there.press("Return")
        assert there.focus().id != span


def test_another_language_is_spoken_at_once(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        try:
            _pick(_card(there), "Language", "D")
            QApplication.processEvents()
            assert there.window.bindings["undo"].text() == "Rückgängig"
            assert there.window.bindings.key("undo") == "Strg Z"
            there.press("Esc", "A")
            assert "„Mira“" in there.window.status._said.text()
        finally:
            translations.use("en")


@pytest.mark.parametrize(("asked", "spoken"), [("de", "de"), ("en", "en"), ("xx", "en")])
def test_an_unknown_language_is_english(asked: str, spoken: str) -> None:
    assert translations.chosen(asked) == spoken
