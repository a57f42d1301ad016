"""What was, and the list of spans: beside the text, with its keys."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED
from annotator.session.past import Change, past
from tests.end2end.conftest import TEXT
from tests.end2end.desk import Desk


def _past(there: Desk) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in there.review.inspector.past.findChildren(QLabel) if one.isVisible()]


def _changes(there: Desk) -> list[tuple[str, tuple[Change, ...]]]:
    found = past(there.session, there.article, there.focus())
    return [(step.kind, step.changes) for step in found.steps]


def test_the_history_says_who_suggested_and_what_became_of_it(there: Desk) -> None:
    there.press("H")
    assert there.review.view.hasFocus()
    assert "ORG by model" in _past(there)
    assert "brought in by open.jsonl" in _past(there)
    there.press("1", "Shift+Space", "]", "M")
    there.type("odd")
    there.press("Return", "H")
    shown = _past(there)
    for line in (
        "State: suggested → accepted",
        "Label: ORG → PERSON",
        "Words: “Gannet Research” → “Gannet Research said”",
        "Note: none → “odd”",
    ):
        assert line in shown
    assert "ORG by model" in shown  # what was suggested, where it was suggested
    there.press("H")
    assert there.review.inspector.shows(there.review.inspector.span)


def test_links_undo_and_bulk_decisions_are_told_too(there: Desk) -> None:
    there.press("Tab")
    there.press("L", "Shift+Space", "U", "Ctrl+Z")
    there.press("Shift+Space", "E", "Return", "Space")
    assert there.focus().text == "Ivar Brandvik"
    kinds = _changes(there)
    assert kinds == [
        ("undo", (Change("link", None, "Ivar Brandvik"),)),
        ("do", (Change("link", "Ivar Brandvik", None),)),
        ("do", (Change("link", None, "Ivar Brandvik"), Change("state", SUGGESTED, ACCEPTED))),
    ]
    there.press("Ctrl+PgDown")
    there.click(there.article.text.index("Gannet"))
    assert _changes(there) == [("do", (Change("state", SUGGESTED, ACCEPTED),))]


def _list(there: Desk) -> list[str]:
    model = there.review.inspector.spans._model
    return [found.text for row in range(model.rowCount()) if (found := model.at(row)) is not None]


NAMES = [
    "Gannet Research",
    "Ivar Brandvik",
    "Solveig Brandvik",
    "Ivar Brandvik",
    "Pell & Rourke",
    "Gannet Research",
    "Pell & Rourke",
]


def test_the_list_follows_the_text_and_the_text_the_list(there: Desk) -> None:
    there.press("S")
    spans = there.review.inspector.spans
    assert spans.list.hasFocus()
    assert _list(there) == NAMES
    there.press("Down", "Down")
    assert there.focus().text == "Solveig Brandvik"
    there.push_row(spans.list, 4)
    assert there.focus().start == TEXT.index("Pell")
    there.click(TEXT.index("Ivar"))
    assert spans.list.currentIndex().row() == 1


def test_the_keys_of_the_text_work_in_the_list(there: Desk) -> None:
    there.press("S", "A", "X", "2")
    spans = there.review.inspector.spans
    assert spans.list.hasFocus()
    states = [span.state for span in there.article.in_order((SUGGESTED, ACCEPTED, REJECTED))]
    assert states[:4] == [ACCEPTED, REJECTED, ACCEPTED, SUGGESTED]
    assert len(_list(there)) == 6  # what is rejected is not shown
    assert spans.list.currentIndex().row() == 2
    there.press("Ctrl+H")
    assert len(_list(there)) == 7
    there.press("Ctrl+Z", "Ctrl+Z")
    assert len(_list(there)) == 7
    there.press("Esc")
    assert there.review.view.hasFocus()
    there.press("S")
    assert there.review.inspector.shows(there.review.inspector.span)


def test_note_and_candidates_come_into_sight_for_their_keys(there: Desk) -> None:
    """What is typed goes where it is seen; a flag in the list asks for no note."""
    panel = there.review.inspector
    there.press("S", "F")
    assert there.focus().flag
    assert panel.spans.list.hasFocus()
    there.press("M")
    assert panel.span.note.isVisible()
    assert panel.span.note.hasFocus()
    there.press("Esc", "Tab", "H", "Shift+L")
    assert panel.span.candidates.isVisible()
    assert panel.span.candidates.hasFocus()


def test_a_note_that_is_typed_stays_with_its_span(there: Desk) -> None:
    """Wherever a key goes meanwhile; white space is no note."""
    span, here = there.focus().id, there.article.document.id
    there.press("M")
    there.type(" odd ")
    there.press("Ctrl+PgDown")
    assert there.article.document.id != here
    assert there.review.inspector.span.note.text() == ""
    there.press("Esc")
    assert not any(one.note for one in there.article.spans.values())
    there.press("Ctrl+PgUp")
    assert there.span(span).note == "odd"
    there.press("Tab", "M")
    there.type("  ")
    there.press("Return")
    assert there.review.inspector.span.note.text() == ""


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        (1, ["Ivar Brandvik", "Solveig Brandvik", "Ivar Brandvik", "Gannet Research"]),
        (2, ["Ivar Brandvik", "Solveig Brandvik", "Ivar Brandvik", "Pell & Rourke"]),
    ],
)
def test_it_is_in_order_of_label_or_state(there: Desk, by: int, wanted: list[str]) -> None:
    there.press("A", "S")
    spans = there.review.inspector.spans
    there.push(spans._by._buttons[by])
    assert _list(there)[:4] == wanted
    assert len(_list(there)) == 7
    if by == 2:
        assert _list(there)[-1] == "Gannet Research"


def test_a_span_that_is_made_or_goes_comes_and_goes_in_the_list(there: Desk) -> None:
    there.press("S", "Esc")
    start = TEXT.index("Halcyon")
    there.drag(start, start + 7)
    there.press("2")
    assert _list(there)[-1] == "Halcyon"
    there.press("Ctrl+Z")
    assert _list(there) == NAMES
