"""Who is accused, by whom and when: set, proposed, accepted and taken away in the real window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import store
from annotator.domain.models import REJECTED
from annotator.session.importing import import_paths
from annotator.session.linking import propose_links
from annotator.ui.roles import _Row
from tests.end2end.desk import Desk, desk

TEXT = "On Monday Ada Brenn accused Bo Lund of stealing boats. Ada Brenn left."


@pytest.fixture
def there(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """One article with an allegation, names and a day; roles are proposed."""

    def span(words: str, label: str, entity: str) -> dict[str, object]:
        start = TEXT.index(words)
        return {
            "start": start,
            "end": start + len(words),
            "label": label,
            "entity": entity,
            "state": "accepted",
        }

    spans = [
        span("Monday", "DATE", "monday"),
        span("Ada Brenn", "PERSON", "ada"),
        span("accused Bo Lund of stealing boats", "ALLEGATION", "boats"),
        span("Bo Lund", "PERSON", "bo"),
    ]
    known = (("ada", "PERSON", "Ada Brenn"), ("bo", "PERSON", "Bo Lund"), ("monday", "DATE", "Monday"))
    entities = {key: {"label": label, "name": name} for key, label, name in known}
    entities["monday"]["value"] = "2018-03-19"
    entities["boats"] = {"label": "ALLEGATION", "name": "the boats"}
    record = {"id": "one", "date": "2018-03-21", "text": TEXT, "spans": spans, "entities": entities}
    source, path = tmp_path / "one.jsonl", tmp_path / "p.db"
    source.write_text(json.dumps(record), encoding="utf-8")
    with store.create(path) as opened:
        import_paths(opened, [source], mode="gold")
        propose_links(opened)
    with desk(qtbot, path) as made:
        made.click(TEXT.index("stealing"))
        assert made.focus().text.startswith("accused")
        yield made


def _roles(there: Desk) -> dict[str, tuple[str, str]]:
    """By role: who has it, in which state."""
    types = {one.id: one.name for one in there.review.role_types}
    article = there.article
    return {
        types[one.type]: (article.entities[one.entity].name, one.state)
        for one in article.roles_of(there.focus().id)
        if one.state != REJECTED
    }


def test_proposed_roles_are_accepted_by_one_key_and_undone(there: Desk) -> None:
    proposed = _roles(there)
    assert proposed["accused"] == ("Bo Lund", "suggested")
    there.press("Shift+R")
    assert {state for _, state in _roles(there).values()} == {"accepted"}
    there.press("Ctrl+Z")
    assert _roles(there) == proposed
    assert there.session.store.check() == []


def test_a_role_is_set_and_taken_away_by_key(there: Desk) -> None:
    there.press("R")
    there.type("organisation ada")
    there.press("Return")
    assert _roles(there)["organisation"] == ("Ada Brenn", "accepted")
    there.press("R")
    there.type("organisation ada")
    there.press("Return")
    assert "organisation" not in _roles(there)
    there.press("Ctrl+Z")
    assert _roles(there)["organisation"] == ("Ada Brenn", "accepted")


def test_dates_are_offered_for_the_date_alone(there: Desk) -> None:
    there.press("R")
    there.type("accuser monday")
    there.press("Return", "Esc")
    assert "accuser" not in _roles(there) or _roles(there)["accuser"][0] != "Monday"
    there.press("R")
    there.type("when monday")
    there.press("Return")
    assert _roles(there)["date"] == ("Monday", "accepted")


def test_a_click_sets_a_proposed_role_and_a_second_one_takes_it_away(there: Desk) -> None:
    def row() -> _Row:
        QApplication.processEvents()  # Qt shows what comes into a layout with the next event
        rows = there.review.inspector.span.roles.findChildren(_Row)
        return next(one for one in rows if one.isVisible() and one.text() == "Accused: Bo Lund")

    QTest.mouseClick(row(), Qt.MouseButton.LeftButton)
    assert _roles(there)["accused"] == ("Bo Lund", "accepted")
    QTest.mouseClick(row(), Qt.MouseButton.LeftButton)
    assert "accused" not in _roles(there)
    assert there.session.store.check() == []


def test_the_key_rests_where_no_allegation_has_the_focus(there: Desk) -> None:
    there.click(TEXT.index("Bo Lund"))
    while there.focus().label != next(one.id for one in there.review.labels if one.name == "PERSON"):
        there.press("O")
    assert not there.window.bindings["roles"].isEnabled()
    assert not there.review.inspector.span.roles.isVisible()
