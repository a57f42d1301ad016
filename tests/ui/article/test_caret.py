"""The caret is Qt's own: it stands where the words stand, whatever font, zoom or theme Qt is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.ui import look, theme
from annotator.ui.article import ArticleView
from tests.ui.article.conftest import MakeView

TEXT = (
    "Ivar Brandvik, 61, who owns 44 percent of the company, did not answer calls on Monday or on any day.\n"
    "\n"
    "Ms Brandvik, his niece, has been finance chief since 2012, and قال هارفي said so.\n"
    "\ufeffone more\n"
    "שלום עולם, he said."
)
PLACES = (0, 7, 60, TEXT.index("Ms"), TEXT.index("2012"), TEXT.index("one") + 2, TEXT.index("עולם") + 1)


def stands_right(view: ArticleView) -> None:
    """At the left edge of its character on the same line."""
    for place in PLACES:
        view.put_caret(place)
        caret = view.cursorRect()
        where = view.page.place_at(QPointF(caret.center()))
        assert where == place or abs(view.rect_of(place, place + 1).left() - caret.center().x()) <= 1
        line = view.rect_of(min(place, len(TEXT) - 1), min(place, len(TEXT) - 1) + 1)
        assert line.top() - 1 <= caret.center().y() <= line.bottom() + 1


def test_the_caret_stands_where_the_words_stand(make_view: MakeView) -> None:
    stands_right(make_view(TEXT))


@pytest.mark.parametrize("zoom", [0.8, 1.5])
def test_after_a_zoom(make_view: MakeView, zoom: float) -> None:
    view = make_view(TEXT)
    stands_right(view)
    view.set_zoom(zoom)
    stands_right(view)


def test_after_a_resize_and_in_another_mode(make_view: MakeView, qapp: QApplication) -> None:
    view = make_view(TEXT)
    stands_right(view)
    view.resize(400, 500)
    qapp.processEvents()
    stands_right(view)
    view.set_compact(True)
    stands_right(view)
    view.set_body_font("Noto Serif", 22)
    stands_right(view)


def test_the_program_s_own_font_is_not_the_article_s(make_view: MakeView, qapp: QApplication) -> None:
    """A theme sets the font of the whole program, and with it that of every widget."""
    view = make_view(TEXT)
    look.apply(qapp, theme.Theme(dark=True, scale=1.5))
    view.setFont(QFont("Inter", 30))
    qapp.processEvents()
    stands_right(view)
    view.set_article(TEXT, [])
    stands_right(view)
    look.apply(qapp, theme.Theme())


def test_the_wheel_with_control_asks_for_a_zoom(make_view: MakeView) -> None:
    """Qt alone would change the font behind the view's back."""
    view = make_view(TEXT)
    told: list[int] = []
    view.zoom_requested.connect(told.append)
    for turn in (120, -240):
        event = QWheelEvent(
            QPointF(50, 50),
            view.mapToGlobal(QPointF(50, 50)),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003  by place only
        )
        QApplication.sendEvent(view.viewport(), event)
    assert told == [1, -1]
    stands_right(view)


def test_up_and_down_keep_the_column(make_view: MakeView) -> None:
    """Over a blank line and back to the same place."""
    view = make_view(TEXT)
    view.put_caret(4)
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
    ):
        QTest.keyClick(view, key)
    assert view.anchor() == 4


def test_home_and_end_are_those_of_the_line(make_view: MakeView) -> None:
    view = make_view(TEXT)
    view.put_caret(4)
    QTest.keyClick(view, Qt.Key.Key_End)
    end = view.anchor()
    assert (
        TEXT[end:].lstrip()[0] == TEXT[view.page.place_at(QPointF(45, view.rect_of(4, 5).center().y() + 48))]
    )
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.anchor() == 0


def test_page_down_moves_a_page(make_view: MakeView) -> None:
    view = make_view(TEXT * 30)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert 0 < view.verticalScrollBar().value() <= view.viewport().height()
    first, last = view.visible_range()
    assert first <= view.anchor() <= last
