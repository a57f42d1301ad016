"""A mistake in painting never escapes and is told once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from annotator.ui.article.painter import Painter
from tests.ui.article.conftest import MakeView, picture, span

TEXT = "Ivar Brandvik owns 44 percent."


def test_an_exception_in_painting_is_told_once(
    make_view: MakeView, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    view = make_view(TEXT)
    told: list[str] = []
    view.paint_failed.connect(told.append)

    def break_it(*what: object) -> None:
        raise ZeroDivisionError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(Painter, "over_text", break_it)
        view.put_spans([span(1, TEXT, "Ivar")])
        for _ in range(3):
            picture(view)
    assert told == ["ZeroDivisionError: no room"]
    picture(view)
    assert len(told) == 1


def test_another_article_tells_again(make_view: MakeView, monkeypatch: pytest.MonkeyPatch) -> None:
    view = make_view(TEXT)
    told: list[str] = []
    view.paint_failed.connect(told.append)

    def break_it(*what: object) -> None:
        raise ValueError("odd")

    with monkeypatch.context() as patch:
        patch.setattr(Painter, "under_text", break_it)
        picture(view)
        view.set_article(TEXT, [])
        picture(view)
    assert told == ["ValueError: odd"] * 2


def test_a_label_that_the_theme_does_not_know_is_drawn(make_view: MakeView) -> None:
    """A label may be added by another program before the theme hears of it."""
    view = make_view(TEXT, [span(1, TEXT, "Ivar", label=99)])
    assert picture(view) != picture(make_view(TEXT))
