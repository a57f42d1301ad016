"""Selecting with keys and mouse: what is selected is the slice of the model that was meant."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from annotator.ui.article import ArticleView
from tests.ui.article.conftest import MakeView, click, drag, move, place

TEXT = (
    "Ivar Brandvik, 61, who owns 44 percent of the company, did not answer calls.\n"
    "Ms Brandvik, his niece, has been finance chief since 2012. The regulator's 58-page report said so."
)
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def selected(view: ArticleView) -> str:
    found = view.selection()
    return view.text[slice(*found)] if found else ""


def over(view: ArticleView, words: str) -> tuple[QPoint, QPoint]:
    """From inside the first word of a passage into its last one."""
    start = view.text.index(words)
    return place(view, start + 1), place(view, start + len(words) - 1)


@pytest.mark.parametrize(
    ("rough", "meant"),
    [
        ("var Brandv", "Ivar Brandvik"),
        ("Brandvik, 61,", "Brandvik, 61"),
        (" owns 44 per", "owns 44 percent"),
        ("regulator's", "regulator"),
        ("not answer calls.\nMs Bra", "not answer calls.\nMs Brandvik"),
    ],
)
def test_a_drag_takes_whole_words(make_view: MakeView, rough: str, meant: str) -> None:
    """The words that were touched, without the sentence's punctuation and a possessive."""
    view = make_view(TEXT)
    told: list[tuple[object, bool]] = []
    view.selection_changed.connect(lambda *what: told.append(what))
    drag(view, *over(view, rough))
    assert selected(view) == meant
    assert told[-1] == (view.selection(), True)


def test_a_drag_leftwards_is_the_same_selection(make_view: MakeView) -> None:
    view = make_view(TEXT)
    drag(view, *reversed(over(view, "var Brandv")))
    assert selected(view) == "Ivar Brandvik"


def test_alt_takes_exact_characters(make_view: MakeView) -> None:
    view = make_view(TEXT)
    start = TEXT.index("Brandvik")
    drag(view, place(view, start + 1), place(view, start + 5), modifier=ALT)
    assert selected(view) == "rand"


def test_the_snapped_words_are_seen_before_the_button_goes_up(make_view: MakeView) -> None:
    """Letting go changes nothing, and a selection is told once, when it is made."""
    view = make_view(TEXT)
    told: list[object] = []
    view.selection_changed.connect(lambda found, by_mouse: told.append(found))
    way = over(view, "var Brandv")
    drag(view, *way, release=False)
    before = selected(view)
    assert before == "Ivar Brandvik"
    assert told == []
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=way[1])
    assert selected(view) == before
    assert len(told) == 1


def test_two_clicks_take_the_word_without_its_comma(make_view: MakeView) -> None:
    view = make_view(TEXT)
    click(view, place(view, TEXT.index("Brandvik") + 2), times=2)
    assert selected(view) == "Brandvik"


def test_three_clicks_take_the_sentence(make_view: MakeView) -> None:
    view = make_view(TEXT)
    click(view, place(view, TEXT.index("niece")), times=3)
    assert selected(view) == "Ms Brandvik, his niece, has been finance chief since 2012."


def test_a_click_after_a_while_is_a_click(make_view: MakeView) -> None:
    view = make_view(TEXT)
    for _ in range(3):
        click(view, place(view, TEXT.index("niece")))
        assert view.selection() is None


def test_shift_and_a_click_reach_from_the_caret(make_view: MakeView) -> None:
    view = make_view(TEXT)
    click(view, place(view, TEXT.index("owns")))
    click(view, place(view, TEXT.index("company") + 2), SHIFT)
    assert selected(view) == "owns 44 percent of the company"
    click(view, place(view, TEXT.index("percent") + 3), SHIFT)
    assert selected(view) == "owns 44 percent"


def test_shift_and_arrows_take_characters(make_view: MakeView) -> None:
    """Keys are exact; nobody is told that the mouse did it."""
    view = make_view(TEXT)
    told: list[tuple[object, bool]] = []
    view.selection_changed.connect(lambda *what: told.append(what))
    click(view, place(view, TEXT.index("owns")))
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert selected(view) == "owns"
    assert told[-1] == (view.selection(), False)


def test_shift_control_and_arrows_take_words(make_view: MakeView) -> None:
    view = make_view(TEXT)
    click(view, place(view, TEXT.index("owns")))
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Right, SHIFT | CONTROL)
    assert selected(view) == "owns 44"
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT | CONTROL)
    assert selected(view) == "owns "


def test_shift_and_down_take_lines(make_view: MakeView) -> None:
    view = make_view("one two\nthree four\nfive six")
    click(view, place(view, 4))
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert selected(view) == "two\nthre"


def test_select_all_takes_all_of_it(make_view: MakeView) -> None:
    view = make_view(TEXT * 40)
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert view.selection() == (0, len(TEXT) * 40)


def test_a_selection_ends_and_the_caret_stays(make_view: MakeView) -> None:
    view = make_view(TEXT)
    view.select(5, 13)
    told: list[object] = []
    view.selection_changed.connect(lambda found, by_mouse: told.append(found))
    view.clear_selection()
    assert view.selection() is None
    assert told == [None]


def test_escape_drops_a_drag(make_view: MakeView) -> None:
    """The button that is still down makes no selection then."""
    view = make_view(TEXT)
    way = over(view, "var Brandv")
    drag(view, *way, release=False)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection() is None
    move(view, way[0])
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=way[0])
    assert view.selection() is None


def test_copying_takes_the_model_s_text(make_view: MakeView) -> None:
    """Qt would give line feeds for CRLF and spaces for NBSP."""
    text = "one\r\ntwo\u00a0three\u2028four \U0001f600 five"
    view = make_view(text)
    view.select(1, len(text) - 1)
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == text[1:-1]


def test_a_copy_outlives_the_window() -> None:
    """The clipboard may keep it until after Python has ended."""
    program = """
        from PySide6.QtWidgets import QApplication
        from annotator.ui.article import ArticleView
        app = QApplication([])
        view = ArticleView()
        view.set_article("some words", [])
        view.select(0, 4)
        view.copy()
        print(app.clipboard().text())
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "some\n")


def test_dragging_below_the_window_scrolls(make_view: MakeView) -> None:
    view = make_view(TEXT * 60, height=300)
    start = place(view, 3)
    drag(view, start, QPoint(start.x(), 320), QPoint(start.x(), 330))
    assert view.verticalScrollBar().value() > 0
    assert selected(view).startswith("Ivar")


def test_another_button_selects_nothing(make_view: MakeView) -> None:
    view = make_view(TEXT)
    view.select(0, 4)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.MiddleButton, pos=place(view, 30))
    assert view.selection() == (0, 4)
