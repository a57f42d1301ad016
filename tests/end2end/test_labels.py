"""Labels are made and changed in their card, and mark spans at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator import store
from annotator.session.importing import import_paths
from annotator.ui.guidelines import GuidelinesCard
from annotator.ui.kit import Button
from annotator.ui.label_editor import LabelEditor
from tests.end2end.desk import Desk, desk

TEXT = "The tanker Halcyon sank off Brest in 2004."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """One article, done, so that no model is asked."""
    path, article = tmp_path / "p.db", tmp_path / "one.txt"
    article.write_text(TEXT, encoding="utf-8")
    with store.create(path) as opened:
        import_paths(opened, [article], mode="gold")
    return path


def _make(there: Desk, name: str) -> None:
    there.press("Ctrl+Shift+L")
    card = there.window.findChild(LabelEditor)
    assert card is not None
    next(one for one in card.findChildren(Button) if one.text() == "Add a label").click()
    there.type(name)
    there.press("Return", "Esc")


def test_a_new_label_has_the_next_digit_and_marks_at_once(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        _make(there, "SHIP")
        start = TEXT.index("Halcyon")
        there.drag(start, start + len("Halcyon"))
        there.press("5")
        span = there.focus()
        assert (span.text, there.article.labels[span.label].name) == ("Halcyon", "SHIP")
        there.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
        QTest.qWait(10)
        assert [label.name for label in there.review.labels] == ["PERSON", "ORG", "DATE", "ALLEGATION"]
        assert there.session.store.check() == []


def test_labels_of_an_import_are_there_at_once_and_the_page_stays(
    qtbot: QtBot, project: Path, tmp_path: Path
) -> None:
    article = tmp_path / "two.jsonl"
    article.write_text(json.dumps({"text": TEXT, "spans": [{"start": 11, "end": 18, "label": "SHIP"}]}))
    with desk(qtbot, project) as there:
        there.press("Ctrl+2")
        there.window.files.add_paths([article])
        there.wait_for_work()
        QTest.qWait(10)
        assert there.review.labels[-1].name == "SHIP"
        assert there.window.pages.name == "links"
        _make(there, "YARD")
        there.press("Ctrl+Shift+L", "Ctrl+Z", "Ctrl+Z")  # the card is open
        QTest.qWait(10)
        there.press("Esc")
        assert there.review.labels == there.session.labels()


def test_a_key_that_is_taken_is_said_and_not_stored(qtbot: QtBot, project: Path) -> None:
    """What a key does is what it does for this person: theirs are changed."""
    with desk(qtbot, project) as there:
        there.window.settings["keys"] = {"reject": "W", "accept": "Q"}
        there.window.take_keys()
        there.press("Ctrl+Shift+L")
        card = there.window.findChild(LabelEditor)
        assert card is not None
        next(one for one in card.findChildren(Button) if one.text() == "Add a label").click()
        for key, said in (
            ("1", "belongs to another label"),
            ("w", "W already does “Reject and go on”"),
            ("f", "F already does “Flag"),
            ("a", ""),
        ):
            there.press("Tab", "Ctrl+A")
            there.type(key)
            there.press("Return", "Shift+Tab")
            assert said in card._said.text()
            assert there.session.labels()[-1].key == ("5" if said else key)


def test_a_label_in_use_is_renamed_and_its_spans_with_it(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        start = TEXT.index("Brest")
        there.drag(start, start + len("Brest"))
        there.press("1", "Ctrl+Shift+L", "Ctrl+A")
        there.type("PLACE")
        there.press("Return", "Esc")
        (span,) = there.article.spans.values()
        assert there.article.labels[span.label].name == "PLACE"
        (record,) = there.session.store.records(spans="all", documents="all")
        assert [one["label"] for one in record["spans"]] == ["PLACE"]


def test_the_guidelines_are_a_key_away_that_of_the_span_in_focus_first(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        start = TEXT.index("Brest")
        there.drag(start, start + len("Brest"))
        there.press("2", "G")
        card = there.window.findChild(GuidelinesCard)
        assert card is not None
        names = [one.text() for one in card.findChildren(QLabel) if one.property("kind") == "title"]
        assert names == ["Org", "Person", "Date", "Allegation"]
        texts = [one.text() for one in card.findChildren(QLabel)]
        assert all(label.description in texts for label in there.review.labels if label.description)
        there.press("Esc")
        assert there.review.view.hasFocus()


@pytest.mark.parametrize("what", ["relabel", "delete", "keep"])
def test_a_label_in_use_asks_what_becomes_of_its_spans(there: Desk, what: str) -> None:
    there.press("A", "Ctrl+Shift+L")
    (card,) = (one for one in there.window.findChildren(LabelEditor) if one.isVisible())
    card._choose(2)
    there.push(card._out)
    assert "6 spans have the label Org" in card._what.text()
    before = {label.name for label in there.session.labels()}
    if what == "relabel":
        card._to.choose(1)
    else:
        there.push(
            next(
                b
                for b in card.findChildren(Button)
                if b.text() in ("Delete them too", "Keep them") and b.text().lower().startswith(what)
            )
        )
    left = {label.name: label.key for label in there.session.labels()}
    there.press("Esc")
    QTest.qWait(10)
    spans = there.article.spans.values()
    if what == "relabel":
        assert "ORG" not in left
        assert {there.article.labels[span.label].name for span in spans} == {"PERSON"}
    elif what == "delete":
        assert "ORG" not in left
        assert len(spans) == 3
    else:
        assert left["ORG"] is None
        assert [*left][-1] == "ORG"
        assert len(spans) == 7
    there.press("Ctrl+Z")
    QTest.qWait(10)
    assert {label.name for label in there.session.labels()} == before
    assert len(there.article.spans) == 7
    assert there.session.store.check() == []
