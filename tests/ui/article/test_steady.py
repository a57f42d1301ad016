"""The text never jumps: no decision moves a glyph, and the page stands still while heights become exact."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED
from annotator.ui.article import ArticleView, ViewSpan
from annotator.ui.article.arcs import Arc, Arcs
from tests.ui.article.conftest import (
    ALLEGATION,
    DENIAL,
    ORG,
    MakeView,
    article_theme,
    picture,
    span,
)

TEXT = (
    "The ships that did not sail\n"
    "Gannet accuses the New York City Police Department of misleading lenders in 2016, it said on Monday.\n"
    "\n"
    "Nobody at the company answered a call.\n"
)
LONG = "".join(
    f"Paragraph {number} says what was said before, at another length: {'and so on, ' * (number * 7 % 23)}it ends.\n"
    for number in range(600)
)
NESTED = [
    span(1, TEXT, "Gannet", ORG, ACCEPTED),
    span(2, TEXT, "New York"),
    span(3, TEXT, "New York City Police Department", ORG)._replace(linked=True, state=ACCEPTED),
    span(4, TEXT, "accuses the New York City Police Department of misleading lenders", ALLEGATION, ACCEPTED),
    span(5, TEXT, "misleading lenders in 2016", DENIAL),
    span(6, TEXT, "lenders in", ALLEGATION),
]


def glyphs(view: ArticleView) -> list[QRect]:
    """Where each character of the text stands."""
    return [view.rect_of(point, point + 1) for point in range(len(view.text))]


def test_no_span_moves_a_glyph(make_view: MakeView) -> None:
    """Added, accepted, relabelled, linked, put in focus, rejected and shown, removed: every letter stays."""
    view = make_view(TEXT)
    before, height = glyphs(view), view.verticalScrollBar().maximum()
    view.put_spans(NESTED)
    assert glyphs(view) == before
    for one in NESTED:
        view.set_focus_span(one.id)
        view.put_spans([one._replace(state=ACCEPTED, label=ORG, linked=True)])
        view.put_spans([one._replace(state=REJECTED)])
        assert glyphs(view) == before
    view.set_show_rejected(True)
    view.put_spans([], [one.id for one in NESTED])
    assert glyphs(view) == before
    assert view.verticalScrollBar().maximum() == height


def test_a_span_is_drawn_at_its_line_only(make_view: MakeView) -> None:
    """Nothing else on the page changes by a pixel, and without the span all is as before."""
    view = make_view(TEXT)
    view.clearFocus()
    before = picture(view)
    view.put_spans(NESTED)
    during = picture(view)
    line = view.rect_of(NESTED[0].start, NESTED[0].end)
    changed = _rows_that_differ(before, during)
    assert changed
    assert min(changed) >= line.top() - 17
    assert max(changed) <= line.bottom() + 48 + 13  # the paragraph has two lines
    view.put_spans([], [one.id for one in NESTED])
    assert picture(view) == before


def test_what_is_drawn_anew_after_a_change_is_enough(make_view: MakeView, qapp: QApplication) -> None:
    """After many changes, each with its small part drawn again, the screen shows what a fresh view shows."""
    view = make_view(TEXT, NESTED)
    for one in NESTED:
        view.set_focus_span(one.id)
        qapp.processEvents()
        view.put_spans([_after(one)])
        qapp.processEvents()
    view.set_focus_span(3)
    fresh = make_view(TEXT, [_after(one) for one in NESTED])
    fresh.set_focus_span(3)
    fresh.clearFocus()
    view.clearFocus()
    qapp.processEvents()
    assert _rows_that_differ(_screen(view), _screen(fresh)) == []


def test_another_article_is_all_that_is_on_the_screen(make_view: MakeView, qapp: QApplication) -> None:
    view, fresh = make_view(LONG), make_view(TEXT, NESTED)
    qapp.processEvents()
    view.set_article(TEXT, NESTED)
    for one in (view, fresh):
        one.clearFocus()
    qapp.processEvents()
    assert _rows_that_differ(_screen(view), _screen(fresh)) == []


def _screen(view: ArticleView) -> QImage:
    """What is on the screen, not what would be drawn now; without the margin, which follows later."""
    window = view.screen().grabWindow(view.winId()).toImage()
    return window.copy(view.viewport().geometry())


def _after(one: ViewSpan) -> ViewSpan:
    return one._replace(state=ACCEPTED if one.state == SUGGESTED else REJECTED)


def _rows_that_differ(one: QImage, other: QImage) -> list[int]:
    wide = one.width()
    return [y for y in range(one.height()) if one.copy(0, y, wide, 1) != other.copy(0, y, wide, 1)]


def _top(view: ArticleView) -> tuple[int, int]:
    """The first line in sight and how far from the top it stands."""
    first, _ = view.visible_range()
    return first, view.rect_of(first, first + 1).top()


def test_scrolling_down_and_up_comes_back_to_the_same_pixels(make_view: MakeView, qapp: QApplication) -> None:
    """Heights that were estimates become exact on the way; each page of text is seen once, in order."""
    view = make_view(LONG)
    bar = view.verticalScrollBar()
    start = picture(view)
    down = []
    for _ in range(12):
        _, last = view.visible_range()
        bar.triggerAction(bar.SliderAction.SliderPageStepAdd)
        first, _ = view.visible_range()
        assert first <= last, "a page down may not leave out a line"
        down.append((first, picture(view)))
    for first, seen in reversed(down):
        assert view.visible_range()[0] == first
        assert picture(view) == seen
        bar.triggerAction(bar.SliderAction.SliderPageStepSub)
    assert picture(view) == start


def test_a_jump_into_the_unknown_then_upwards_never_jumps(make_view: MakeView) -> None:
    """From the end upwards, above a line in sight is the line before it."""
    view = make_view(LONG)
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.visible_range()[1] == len(LONG)
    bar = view.verticalScrollBar()
    for _ in range(60):
        first, y = _top(view)
        before = bar.value()
        bar.setValue(before - 40)
        moved = view.rect_of(first, first + 1).top() - y
        assert moved == 40 or bar.value() == 0


def test_idle_work_holds_the_page_still(make_view: MakeView, qtbot: object, qapp: QApplication) -> None:
    """When all heights are exact, the same words stand at the same place."""
    view = make_view(LONG)
    view.select(len(LONG) // 2, len(LONG) // 2 + 5)
    view.clear_selection()
    before, seen = _top(view), picture(view)
    height = view.verticalScrollBar().maximum()
    while len(view._layout.heights.unknown()):
        view._scrolling.refine()
    assert _top(view) == before
    assert picture(view) == seen
    assert view.verticalScrollBar().maximum() != height, "the estimate was already exact"


def test_a_resize_keeps_the_first_line(make_view: MakeView, qapp: QApplication) -> None:
    view = make_view(LONG)
    view.select(len(LONG) // 2, len(LONG) // 2 + 5)
    first, _ = view.visible_range()
    for width in (620, 900, 700):
        view.resize(width, 600)
        qapp.processEvents()
        assert view.visible_range()[0] <= first <= view.visible_range()[0] + 120


@pytest.mark.parametrize("zoom", [0.8, 1.25, 2.0])
def test_zoom_keeps_the_first_line(make_view: MakeView, zoom: float) -> None:
    view = make_view(LONG)
    view.select(len(LONG) // 2, len(LONG) // 2 + 5)
    first, _ = view.visible_range()
    view.set_zoom(zoom)
    assert view.visible_range()[0] <= first <= view.visible_range()[1]
    view.set_zoom(1.0)
    assert abs(view.visible_range()[0] - first) < 120


def test_the_margin_above_the_text_stays(make_view: MakeView, qapp: QApplication) -> None:
    """At the top, a zoom, another mode or size of the window leave the view at the top."""
    view = make_view(LONG)
    view.set_zoom(1.2)
    assert view.verticalScrollBar().value() == 0
    view.set_compact(True)
    view.resize(500, 500)
    qapp.processEvents()
    assert view.verticalScrollBar().value() == 0


def test_themes_move_no_glyph(make_view: MakeView) -> None:
    view = make_view(TEXT, NESTED)
    before = glyphs(view)
    view.set_theme(article_theme(dark=True))
    assert glyphs(view) == before


def test_a_focus_in_the_calm_middle_does_not_scroll(make_view: MakeView) -> None:
    """One that is elsewhere comes to the same height always."""
    start = LONG.index("Paragraph 300")
    spans = [
        ViewSpan(1, start, start + 9, ORG, SUGGESTED),
        ViewSpan(2, start + 14, start + 18, ORG, SUGGESTED),
    ]
    view = make_view(LONG, spans)
    view.set_focus_span(1)
    value = view.verticalScrollBar().value()
    assert value > 0
    y = view.rect_of(start, start + 9).top()
    assert abs(y - 0.42 * view.viewport().height()) <= 1
    view.set_focus_span(2)
    assert view.verticalScrollBar().value() == value
    view.set_focus_span(1, scroll=False)
    assert view.verticalScrollBar().value() == value


def test_the_margin_shows_and_finds_the_undecided(make_view: MakeView) -> None:
    """A click on the mark of a suggestion brings it into sight."""
    start = LONG.index("Paragraph 400")
    view = make_view(LONG, [ViewSpan(1, start, start + 9, ORG, SUGGESTED)])
    while len(view._layout.heights.unknown()):
        view._scrolling.refine()
    margin = view._margin
    margin.refresh()
    image = margin.grab().toImage()
    page = image.pixelColor(1, 0)
    marked = [y for y in range(image.height()) if image.pixelColor(image.width() // 2, y) != page]
    assert 0 < len(marked) <= 4
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(4, marked[0]))
    first, last = view.visible_range()
    assert first <= start <= last


def test_what_was_put_at_the_top_comes_back_there_after_all_heights_were_estimates(
    make_view: MakeView,
) -> None:
    view = make_view(LONG)
    place = LONG.index("Paragraph 300 ")
    view.put_on_top(place)
    stood = view.rect_of(place, place + 1).top()
    view._layout.forget()
    view._scrolling.refine()
    assert view.top() == place
    assert view.rect_of(place, place + 1).top() == stood


def test_relations_stay_over_the_page_while_it_scrolls(make_view: MakeView) -> None:
    """Qt moves whatever lies on a page with it: the arcs would be gone after a page."""
    view = make_view("One line of many.\n" * 200)
    arcs = Arcs(view)
    arcs.put([Arc((0, 3), (4, 8), "is")])
    view.verticalScrollBar().setValue(300)
    assert arcs.isVisible()
    assert arcs.geometry() == view.viewport().rect()
