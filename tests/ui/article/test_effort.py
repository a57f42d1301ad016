"""How much is done for one act, counted: it never grows with the length of the text. Times are in the benchmark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from annotator.domain.models import ACCEPTED, SUGGESTED
from annotator.ui.article import ArticleView, ViewSpan, layout
from annotator.ui.article.paragraphs import KEPT
from tests.ui.article.conftest import MakeView

LONG = "".join(
    f"Paragraph {number} says what it has to say, and then some more of it.\n" for number in range(3000)
)
SPANS = [
    ViewSpan(number, start, start + 9, number % 4, SUGGESTED)
    for number, start in enumerate(range(0, len(LONG) - 20, 70), 1)
]
SCREEN = 16
"""Paragraphs on one screen, at most."""


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Paragraphs broken and paragraphs whose spans were placed."""
    done: Counter[str] = Counter()

    def count(name: str) -> None:
        function: Callable[..., Any] = getattr(layout, name)

        def counting(*arguments: Any, **named: Any) -> Any:
            done[name] += 1
            return function(*arguments, **named)

        monkeypatch.setattr(layout, name, counting)

    count("break_lines")
    count("geometry")
    return done


def test_opening_breaks_what_is_seen(make_view: MakeView, counted: Counter[str]) -> None:
    make_view(LONG, SPANS)
    assert counted["break_lines"] <= 2 * SCREEN  # once before the window has its size
    assert counted["geometry"] <= 2 * SCREEN


def test_a_decision_places_one_paragraph_and_draws_its_part(
    make_view: MakeView, counted: Counter[str], qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = make_view(LONG, SPANS)
    painted: list[QRect] = []
    monkeypatch.setattr(
        layout.ArticleLayout,
        "_draw",
        lambda self, painter, context: painted.append(context.clip.toAlignedRect()),
    )
    counted.clear()
    view.put_spans([SPANS[3]._replace(state=ACCEPTED)])
    qapp.processEvents()
    assert counted["break_lines"] == 0
    assert painted
    assert all(rect.height() <= 2 * view._painter.metrics.pitch for rect in painted)


def test_in_a_long_paragraph_only_lines_that_differ_are_drawn(
    make_view: MakeView, counted: Counter[str], qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the focus was, where it is: the lines between stay, and no span is placed anew."""
    words = LONG[:1500].replace("\n", " ")
    view = make_view(words, [span for span in SPANS if span.end < len(words)])
    view.set_focus_span(1)
    qapp.processEvents()
    painted: list[int] = []
    monkeypatch.setattr(
        layout.ArticleLayout,
        "_draw_part",
        lambda self, painter, clip, formats, caret: painted.append(clip.height()),
    )
    counted.clear()
    view.set_focus_span(12, scroll=False)
    qapp.processEvents()
    assert len(painted) == 2
    assert all(height < 1.5 * view._painter.metrics.pitch for height in painted)
    assert not counted


def test_a_decision_out_of_sight_draws_nothing(
    make_view: MakeView, counted: Counter[str], qapp: QApplication
) -> None:
    view = make_view(LONG, SPANS)
    counted.clear()
    view.put_spans([SPANS[2000]._replace(state=ACCEPTED)])
    qapp.processEvents()
    assert not counted


def test_going_far_breaks_one_more_screen(
    make_view: MakeView, counted: Counter[str], qapp: QApplication
) -> None:
    view = make_view(LONG, SPANS)
    counted.clear()
    view.set_focus_span(2000)
    qapp.processEvents()
    assert counted["break_lines"] <= 2 * SCREEN


def test_what_was_read_is_given_back(make_view: MakeView) -> None:
    """However far somebody scrolls, a few screens stay in memory."""
    view = make_view(LONG, SPANS)
    bar = view.verticalScrollBar()
    for _ in range(60):
        bar.triggerAction(bar.SliderAction.SliderPageStepAdd)
        view.viewport().grab()
    kept = _kept(view)
    assert SCREEN < kept <= KEPT
    assert len(view._layout._geometry) <= KEPT


def _kept(view: ArticleView) -> int:
    return len(view._layout._paragraphs._kept)
