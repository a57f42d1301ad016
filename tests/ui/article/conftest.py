"""A window with an article, four labels, and a hand that presses keys and moves the mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.models import SUGGESTED
from annotator.ui.article import ArticleTheme, ArticleView, LabelStyle, ViewSpan
from annotator.ui.article.colors import label_colors

PERSON, ORG, DATE, ALLEGATION, DENIAL = 1, 2, 3, 4, 5
_LABELS = {
    PERSON: ("PERSON", False, 258),
    ORG: ("ORG", False, 165),
    DATE: ("DATE", False, 305),
    ALLEGATION: ("ALLEGATION", True, 22),
    DENIAL: ("DENIAL", True, 120),
}
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier

MakeView = Callable[..., ArticleView]


def article_theme(*, dark: bool = False) -> ArticleTheme:
    """The five labels on the light or the dark page."""
    labels = {
        number: LabelStyle(name, band, label_colors(hue, dark))
        for number, (name, band, hue) in _LABELS.items()
    }
    return ArticleTheme(dark=dark, labels=labels)


@pytest.fixture
def make_view(qapp: QApplication, _fonts: None) -> Iterator[MakeView]:
    """Makes a view that is shown, with a text and its spans."""
    made: list[ArticleView] = []

    def make(text: str, spans: Iterable[ViewSpan] = (), width: int = 800, height: int = 600) -> ArticleView:
        view = ArticleView()
        made.append(view)
        view.set_theme(article_theme())
        view.resize(width, height)
        view.set_article(text, spans)
        view.show()
        qapp.processEvents()
        view.setFocus()
        return view

    yield make
    for view in made:
        view.close()
        view.deleteLater()


def span(number: int, text: str, words: str, label: int = PERSON, state: str = SUGGESTED) -> ViewSpan:
    """The span of the first place where these words stand."""
    start = text.index(words)
    return ViewSpan(number, start, start + len(words), label, state)


def place(view: ArticleView, point: int) -> QPoint:
    """Just behind the left edge of a character, in the middle of its line."""
    rect = view.rect_of(point, point + 1)
    return QPoint(rect.left() + 1, rect.center().y())


def drag(
    view: ArticleView, *way: QPoint, modifier: Qt.KeyboardModifier = PLAIN, release: bool = True
) -> None:
    """Press at the first point, move through the others, and let go at the last."""
    QTest.mousePress(view.viewport(), LEFT, modifier, way[0])
    for start, end in pairwise(way):
        for point in ((start + end) / 2, end):
            move(view, point, modifier)
    if release:
        QTest.mouseRelease(view.viewport(), LEFT, modifier, way[-1])


def move(view: ArticleView, point: QPoint, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """The mouse with its left button down; what QTest moves has neither buttons nor modifiers."""
    _send(view, QEvent.Type.MouseMove, point, modifier)


def click(view: ArticleView, point: QPoint, modifier: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
    """One click, or two or three in a row; between two calls of this there is time enough."""
    QTest.mouseClick(view.viewport(), LEFT, modifier, point)
    kinds = (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonPress)
    for kind in kinds[: times - 1]:
        _send(view, kind, point, modifier)
        _send(view, QEvent.Type.MouseButtonRelease, point, modifier)


def _send(view: ArticleView, kind: QEvent.Type, point: QPoint, modifier: Qt.KeyboardModifier) -> None:
    there = view.viewport().mapToGlobal(QPointF(point))
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    event = QMouseEvent(kind, QPointF(point), there, button, LEFT, modifier)
    QApplication.sendEvent(view.viewport(), event)


def picture(view: ArticleView) -> QImage:
    """What the page shows now."""
    return view.viewport().grab().toImage()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "soak: minutes of random acts; only where it is asked for with -m soak"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long way only where somebody names it."""
    if "soak" not in config.option.markexpr:
        long = [item for item in items if item.get_closest_marker("soak")]
        items[:] = [item for item in items if item not in long]
        config.hook.pytest_deselected(items=long)
