"""Thousands of acts in no order: nothing breaks, and the view always agrees with a plain model of it.

`pytest -m soak tests/ui/article` takes the long way.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.models import STATES
from annotator.domain.text import whole_characters
from annotator.ui.article import ArticleView, ViewSpan
from tests.benchmarks import workloads
from tests.ui.article.conftest import MakeView, article_theme, click, drag
from tests.ui.article.test_text import ODD

PORTION, ALL = 300, 20_000
LENGTHS = (0, 3_000, 200_000)
KEYS = [
    *(
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    ),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Escape, Qt.Key.Key_A, Qt.Key.Key_C),
]
MODIFIERS = [
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
]


class Hand:
    """Acts on a view at random and keeps what the view should know."""

    def __init__(self, view: ArticleView, seed: int) -> None:
        self.view = view
        self.source = random.Random(seed)
        self.story = next(workloads.records("W3"))["text"]
        self.spans: dict[int, ViewSpan] = {}
        self.numbers = 0
        self.troubles: list[str] = []
        view.paint_failed.connect(self.troubles.append)
        view.span_clicked.connect(view.set_focus_span)
        view.boundary_moved.connect(self.resize_span)
        self.open()
        self.acts: list[tuple[int, Callable[[], None]]] = [
            (20, self.key),
            (12, self.press),
            (10, self.drag),
            (8, self.wheel),
            (12, self.change),
            (8, self.add),
            (6, self.remove),
            (8, self.focus),
            (6, self.select),
            (3, self.look),
            (2, self.size),
            (4, self.ask),
            (3, self.rest),
            (1, self.open),
        ]

    def go(self, times: int) -> None:
        weights, acts = zip(*self.acts, strict=True)
        for act in self.source.choices(acts, weights, k=times):
            act()
            if self.source.random() < 0.5:
                QApplication.processEvents()
            self.check()

    def check(self) -> None:
        view, length = self.view, len(self.view.text)
        assert self.troubles == []
        first, last = view.visible_range()
        assert 0 <= first <= last <= length
        found = view.selection()
        if found is not None:
            assert 0 <= found[0] < found[1] <= length
            copied = view.createMimeDataFromSelection().text()
            assert len(copied) <= found[1] - found[0]
            if self.source.random() < 0.2:
                assert copied == whole_characters(view.text[slice(*found)])
        assert view.focus_span is None or view.focus_span in self.spans
        index = view._layout.spans
        assert index.by_id == self.spans
        assert len(index.undecided()) == sum(one.state == "suggested" for one in self.spans.values())

    # What a person does

    def point(self) -> QPoint:
        port = self.view.viewport()
        return QPoint(self.source.randrange(port.width()), self.source.randrange(port.height()))

    def place(self) -> int:
        return self.source.randint(0, len(self.view.text))

    def key(self) -> None:
        key, modifier = self.source.choice(KEYS), self.source.choice(MODIFIERS)
        for _ in range(self.source.randint(1, 4)):
            QTest.keyClick(self.view, key, modifier)

    def press(self) -> None:
        grips = self.view.grip_points()
        point = self.source.choice(grips) if grips and self.source.random() < 0.3 else self.point()
        click(self.view, point, self.source.choice(MODIFIERS), self.source.randint(1, 3))

    def drag(self) -> None:
        grips = self.view.grip_points()
        start = self.source.choice(grips) if grips and self.source.random() < 0.5 else self.point()
        way = [self.point() + QPoint(0, self.source.choice((0, 0, 0, 300, -300))) for _ in range(2)]
        drag(
            self.view, start, *way, modifier=self.source.choice(MODIFIERS), release=self.source.random() < 0.9
        )
        if self.source.random() < 0.3:
            self.view.drop_drag()

    def wheel(self) -> None:
        port, point = self.view.viewport(), QPointF(self.point())
        turn = QPoint(0, self.source.choice((-1200, -240, -120, 120, 240, 1200)))
        event = QWheelEvent(
            point, port.mapToGlobal(point), QPoint(), turn, Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003  by place only
        )  # fmt: skip
        QApplication.sendEvent(port, event)

    def ask(self) -> None:
        port, point = self.view.viewport(), self.point()
        where = port.mapToGlobal(point)
        QApplication.sendEvent(port, QHelpEvent(QHelpEvent.Type.ToolTip, point, where))
        QApplication.sendEvent(port, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, where))
        self.view.describe_focus()

    # What the window does

    def new_span(self) -> ViewSpan | None:
        start, end = sorted((self.place(), self.place()))
        end = min(end, start + self.source.choice((3, 12, 40, 400, 5000)))
        self.numbers += 1
        state = self.source.choice(STATES)
        return ViewSpan(self.numbers, start, end, self.source.randint(1, 6), state) if start < end else None

    def put(self, span: ViewSpan | None) -> None:
        if span is not None:
            self.spans[span.id] = span
            self.view.put_spans([span])

    def add(self) -> None:
        self.put(self.new_span())

    def change(self) -> None:
        if self.spans:
            span = self.spans[self.source.choice(list(self.spans))]
            other = self.new_span() or span
            if self.source.random() < 0.5:
                other = span._replace(label=other.label, state=other.state, linked=not span.linked)
            self.put(other._replace(id=span.id))

    def resize_span(self, number: int, start: int, end: int) -> None:
        assert 0 <= start < end <= len(self.view.text)
        self.put(self.spans[number]._replace(start=start, end=end))

    def remove(self) -> None:
        gone = self.source.sample(list(self.spans), min(len(self.spans), self.source.randint(0, 3)))
        for number in gone:
            del self.spans[number]
        self.view.put_spans([], gone)

    def focus(self) -> None:
        number = self.source.choice([None, -1, *self.spans])
        self.view.set_focus_span(number, scroll=self.source.random() < 0.7)
        assert self.view.focus_span == (number if number in self.spans else None)

    def select(self) -> None:
        start, end = sorted((self.place(), self.place()))
        self.view.select(start, end)
        assert self.view.selection() == ((start, end) if start < end else None)
        self.view.set_hits([(start, end)])
        if self.source.random() < 0.3:
            self.view.clear_selection()

    def look(self) -> None:
        view, sure = self.view, self.source.random() < 0.5
        self.source.choice(
            [
                lambda: view.set_zoom(self.source.choice((0.7, 1.0, 1.3, 2.0))),
                lambda: view.set_compact(sure),
                lambda: view.set_show_rejected(sure),
                lambda: view.set_theme(article_theme(dark=sure)),
                lambda: view.set_column(self.source.choice((200, 688, 2000))),
                lambda: view.set_body_font("Noto Serif", self.source.randint(11, 24)),
            ]
        )()

    def size(self) -> None:
        self.view.resize(self.source.randint(60, 1400), self.source.randint(20, 1000))

    def rest(self) -> None:
        self.view._scrolling.refine()
        if self.source.random() < 0.1:
            gc.collect()

    def open(self) -> None:
        odd = self.source.choice([*ODD.values()])
        start = self.source.randrange(len(self.story))
        text = odd + self.story[start : start + self.source.choice(LENGTHS)] + odd
        self.spans = {}
        self.view.set_article(text, [])
        made = [self.new_span() for _ in range(self.source.choice((0, 5, 400)))]
        self.spans = {span.id: span for span in made if span is not None}
        self.view.set_article(text, self.spans.values())


def test_a_few_hundred_acts_break_nothing(make_view: MakeView) -> None:
    Hand(make_view(""), seed=1).go(PORTION)


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_acts_break_nothing(make_view: MakeView, seed: int) -> None:
    Hand(make_view(""), seed + 100).go(ALL // 4)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_ten_megabytes_scrolled_down_and_up_never_jump(make_view: MakeView) -> None:
    """From the middle, where no height is known: each page comes back pixel by pixel, before and after rest."""
    record = next(workloads.records("W4"))
    spans = [
        ViewSpan(number, one["start"], one["end"], number % 4 + 1, STATES[number % 2])
        for number, one in enumerate(record["spans"], 1)
    ]
    view = make_view(record["text"], spans, width=1000, height=1000)
    bar = view.verticalScrollBar()
    place = len(view.text) // 2
    view.select(place, place + 1)
    view.clear_selection()
    seen = []
    for _ in range(80):
        seen.append((view.visible_range()[0], view.viewport().grab().toImage()))
        bar.triggerAction(bar.SliderAction.SliderPageStepAdd)
    rests = iter(range(80))
    for first, page in reversed(seen):
        bar.triggerAction(bar.SliderAction.SliderPageStepSub)
        if next(rests) == 40:
            while len(view._layout.heights.unknown()):
                view._scrolling.refine()
        assert view.visible_range()[0] == first
        assert view.viewport().grab().toImage() == page
