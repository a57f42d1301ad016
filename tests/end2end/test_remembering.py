"""A decision in one article shows its effect in the others, with its reason, and is taken back by menu."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator import store
from annotator.session.importing import import_paths
from tests.end2end.desk import Desk, desk, wait_until

# A menu on a screen that is none.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HERE = "Mira Voss chaired the Lantern Trust."
THERE = "On Friday Mira Voss left the Lantern Trust."


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Two articles with the same names; the first has one suggested, and so has the second the other one."""
    spans = [
        {"start": 0, "end": 9, "label": "PERSON"},
        {"start": THERE.index("Lantern"), "end": len(THERE) - 1, "label": "PERSON"},
    ]
    lines = [
        {"id": "here", "text": HERE, "spans": [spans[0]]},
        {"id": "there", "text": THERE, "spans": [spans[1]]},
    ]
    source, path = tmp_path / "two.jsonl", tmp_path / "two.db"
    source.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with store.create(path) as made:
        import_paths(made, [source], mode="suggestions", origin="model")
    with desk(qtbot, path) as opened:
        yield opened


def _rest(there: Desk) -> None:
    wait_until(lambda: not there.window.remembering.busy)


def _undecided(there: Desk, document: int) -> list[tuple[str, str, str]]:
    article = there.session.store.article(document)
    found = article.in_order(["suggested"])
    return [(one.text, article.labels[one.label].name, one.origin) for one in found]


def test_what_is_accepted_here_is_suggested_there_and_says_why(two: Desk) -> None:
    _rest(two)
    two.press("A")
    assert _undecided(two, 2) == [("Lantern Trust", "PERSON", "model")]
    _rest(two)
    two.review.going.open_document(2)
    assert _undecided(two, 2)[0] == ("Mira Voss", "PERSON", "memory")
    assert two.focus().text == "Mira Voss"
    why = "accepted as PERSON in one article, last by Ada"
    assert two.review.inspector.span._why.text() == why
    assert two.review.inspector.span._why.isVisible()


def test_what_is_marked_here_changes_the_label_there_and_an_undo_takes_it_back(two: Desk) -> None:
    _rest(two)
    two.drag(HERE.index("Lantern"), len(HERE) - 1)
    two.press("2")
    _rest(two)
    assert _undecided(two, 2) == [("Lantern Trust", "ORG", "memory")]
    two.press("Ctrl+Z")
    _rest(two)
    assert _undecided(two, 2) == [("Lantern Trust", "PERSON", "model")]
    assert two.session.store.check() == []


def test_the_menu_takes_it_back_and_turns_it_off_and_on(two: Desk) -> None:
    _rest(two)
    two.press("A")
    _rest(two)
    assert len(_undecided(two, 2)) == 2
    line = two.window.bindings["memory"]
    assert line.isChecked()
    two.choose("Project", "Decisions change suggestions elsewhere")
    two.wait_for_work()
    assert not line.isChecked()
    assert _undecided(two, 2) == [("Lantern Trust", "PERSON", "model")]
    two.press("Ctrl+Z", "Ctrl+Y")
    _rest(two)
    assert len(_undecided(two, 2)) == 1
    two.choose("Project", "Decisions change suggestions elsewhere")
    two.wait_for_work()
    assert line.isChecked()
    assert len(_undecided(two, 2)) == 2


def test_the_suggestion_in_focus_is_not_taken_from_under_a_key(two: Desk) -> None:
    """The next key is meant for it: it goes when the focus has gone on and something is decided again."""
    _rest(two)
    two.drag(HERE.index("Lantern"), len(HERE) - 1)
    two.press("2")
    two.review.going.open_document(2)
    assert two.focus().text == "Lantern Trust"
    _rest(two)
    assert ("Lantern Trust", "PERSON", "model") in _undecided(two, 2)
