"""What a screen reader hears: the span in focus, and the span that the caret enters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtTest import QTest

from annotator.domain.models import ACCEPTED, REJECTED
from annotator.ui.article import speech
from tests.ui.article.conftest import ALLEGATION, ORG, MakeView, click, place, span

TEXT = "Gannet accuses the New York City Police Department of fraud, it said."
INNER = span(1, TEXT, "New York City")
MIDDLE = span(2, TEXT, "New York City Police Department", ORG, ACCEPTED)._replace(linked=True)
OUTER = span(3, TEXT, "accuses the New York City Police Department of fraud", ALLEGATION, ACCEPTED)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The announcements, as if a reader were listening."""
    said: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if event.type() == QAccessible.Event.Announcement:
            said.append(event.message())  # type: ignore[attr-defined]

    monkeypatch.setattr(speech.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(speech.QAccessible, "updateAccessibility", hear)
    return said


def test_the_focus_is_said_with_what_is_around_it(make_view: MakeView, heard: list[str]) -> None:
    """Label, state, words, then the spans around from the inside outwards; rejected ones are silent."""
    view = make_view(TEXT, [INNER, MIDDLE, OUTER, span(4, TEXT, "the New York City", state=REJECTED)])
    view.set_focus_span(1)
    assert heard == ["PERSON, suggested, New York City, inside ORG, inside ALLEGATION"]
    view.set_focus_span(2)
    assert heard[-1] == "ORG, accepted, linked, New York City Police Department, inside ALLEGATION"


def test_a_span_is_said_when_the_caret_enters_it(make_view: MakeView, heard: list[str]) -> None:
    """Once, not at each of its characters; and again after the caret was elsewhere."""
    view = make_view(TEXT, [INNER])
    click(view, place(view, TEXT.index("New") - 2))
    for _ in range(6):
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert heard == ["PERSON, suggested, New York City"]
    for _ in range(6):
        QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert len(heard) == 2


def test_the_innermost_span_is_said(make_view: MakeView, heard: list[str]) -> None:
    view = make_view(TEXT, [INNER, MIDDLE, OUTER])
    view.put_caret(TEXT.index("York"))
    view.put_caret(TEXT.index("Police"))
    assert [sentence.split(",")[0] for sentence in heard] == ["PERSON", "ORG"]


def test_a_hidden_span_is_silent(make_view: MakeView, heard: list[str]) -> None:
    view = make_view(TEXT, [INNER._replace(state=REJECTED)])
    view.put_caret(TEXT.index("York"))
    assert heard == []


def test_nothing_is_said_where_nobody_listens(make_view: MakeView, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(speech.QAccessible, "isActive", lambda: False)
    monkeypatch.setattr(speech.QAccessible, "updateAccessibility", said.append)
    make_view(TEXT, [INNER]).set_focus_span(1)
    assert said == []
