"""What a click, a pointer and a grip find on the spans of an article."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.models import ACCEPTED, REJECTED
from annotator.ui.article import ArticleView
from tests.ui.article.conftest import ALLEGATION, ORG, MakeView, click, drag, move, place, span

TEXT = "Gannet accuses the New York City Police Department of misleading lenders in 2016, it said."
INNER = span(1, TEXT, "New York City")
MIDDLE = span(2, TEXT, "New York City Police Department", ORG)
OUTER = span(3, TEXT, "accuses the New York City Police Department of misleading lenders", ALLEGATION)
ALT = Qt.KeyboardModifier.AltModifier


def clicked(view: ArticleView) -> list[int]:
    """The spans that are clicked from now on; each gets the focus, as in the window."""
    told: list[int] = []
    view.span_clicked.connect(told.append)
    view.span_clicked.connect(view.set_focus_span)
    return told


def test_clicks_go_from_the_inner_span_outwards_and_round(make_view: MakeView) -> None:
    view = make_view(TEXT, [OUTER, INNER, MIDDLE])
    told = clicked(view)
    for _ in range(4):
        click(view, place(view, TEXT.index("York") + 1))
    assert told == [1, 2, 3, 1]


def test_a_click_elsewhere_on_the_outer_span_finds_it_at_once(make_view: MakeView) -> None:
    view = make_view(TEXT, [OUTER, INNER, MIDDLE])
    told = clicked(view)
    click(view, place(view, TEXT.index("lenders") + 2))
    click(view, place(view, TEXT.index("Police") + 2))
    assert told == [3, 2]


def test_crossing_spans_are_both_found(make_view: MakeView) -> None:
    one, two = span(1, TEXT, "accuses the New York"), span(2, TEXT, "York City", ORG)
    view = make_view(TEXT, [one, two])
    assert view.spans_at(QPointF(place(view, TEXT.index("York") + 1))) == [2, 1]


def test_a_click_between_spans_moves_the_caret_only(make_view: MakeView) -> None:
    view = make_view(TEXT, [INNER])
    told = clicked(view)
    click(view, place(view, TEXT.index("it said") + 3))
    assert told == []
    assert view.offsets.to_cp(view.textCursor().position()) == TEXT.index("it said") + 3
    assert view.selection() is None


def test_a_rejected_span_is_found_only_while_it_is_shown(make_view: MakeView) -> None:
    view = make_view(TEXT, [INNER._replace(state=REJECTED)])
    point = QPointF(place(view, TEXT.index("York") + 1))
    assert view.spans_at(point) == []
    view.set_show_rejected(True)
    assert view.spans_at(point) == [1]


def test_the_right_button_asks_for_what_can_be_done_there(make_view: MakeView) -> None:
    """The span in focus if it is under the pointer, else the innermost, else none."""
    view = make_view(TEXT, [OUTER, INNER])
    told: list[object] = []
    view.context_requested.connect(lambda found, where: told.append(found))
    for words in ("York", "lenders", "it said"):
        _right_click(view, place(view, TEXT.index(words) + 1))
    view.set_focus_span(3)
    _right_click(view, place(view, TEXT.index("York") + 1))
    assert told == [1, 3, None, 3]


def _right_click(view: ArticleView, point: QPoint) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)


# Boundaries


def moved(view: ArticleView) -> list[tuple[int, str]]:
    """The spans whose boundary is moved from now on, with their new words."""
    told: list[tuple[int, str]] = []
    view.boundary_moved.connect(lambda found, start, end: told.append((found, view.text[start:end])))
    return told


def grips(view: ArticleView) -> tuple[QPoint, QPoint]:
    found = view.grip_points()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("to", "becomes"),
    [
        ("ice Dep", "New York City Police"),
        ("ment of", "New York City Police Department"),
        ("rk City", "New York"),
        ("w York", "New"),
        ("cuses", "accuses the New"),
    ],
)
def test_the_end_goes_to_the_edge_of_a_word(make_view: MakeView, to: str, becomes: str) -> None:
    """Past the other end the span turns round, so that it never gets empty."""
    view = make_view(TEXT, [INNER])
    view.set_focus_span(1)
    told = moved(view)
    drag(view, grips(view)[1], place(view, TEXT.index(to)))
    if becomes == "accuses the New":
        assert told[0][1].startswith("accuses the")
    else:
        assert told == [(1, becomes)]


def test_the_start_goes_to_the_edge_of_a_word(make_view: MakeView) -> None:
    view = make_view(TEXT, [INNER])
    view.set_focus_span(1)
    told = moved(view)
    drag(view, grips(view)[0], place(view, TEXT.index("the") + 1))
    assert told == [(1, "the New York City")]


def test_alt_moves_a_boundary_by_characters(make_view: MakeView) -> None:
    view = make_view(TEXT, [INNER])
    view.set_focus_span(1)
    told = moved(view)
    drag(view, grips(view)[1], place(view, TEXT.index("York") + 2), modifier=ALT)
    assert told == [(1, "New Yo")]


def test_a_grip_that_was_not_moved_changes_nothing(make_view: MakeView) -> None:
    view = make_view(TEXT, [INNER])
    view.set_focus_span(1)
    told = moved(view)
    click(view, grips(view)[1])
    assert told == []


def test_a_boundary_that_comes_back_changes_nothing(make_view: MakeView) -> None:
    view = make_view(TEXT, [INNER])
    view.set_focus_span(1)
    told = moved(view)
    end = grips(view)[1]
    drag(view, end, place(view, TEXT.index("Police") + 4), end)
    assert told == []


def test_escape_puts_the_boundary_back(make_view: MakeView) -> None:
    view = make_view(TEXT, [INNER])
    view.set_focus_span(1)
    told = moved(view)
    there = place(view, TEXT.index("Police") + 4)
    drag(view, grips(view)[1], there, release=False)
    assert view.selection() is not None
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection() is None
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert told == []


def test_a_span_that_goes_away_takes_its_drag_with_it(make_view: MakeView) -> None:
    """A run or an undo may take the span while its boundary is being dragged."""
    view = make_view(TEXT, [INNER])
    view.set_focus_span(1)
    told = moved(view)
    there = place(view, TEXT.index("Police") + 4)
    drag(view, grips(view)[1], there, release=False)
    view.put_spans([], [1])
    move(view, there)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert told == []
    assert view.focus_span is None


def test_only_the_span_in_focus_has_grips(make_view: MakeView) -> None:
    view = make_view(TEXT, [INNER, OUTER._replace(state=ACCEPTED)])
    assert view.grip_points() is None
    view.set_focus_span(3)
    start, end = grips(view)
    assert start.x() < end.x()
