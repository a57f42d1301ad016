"""Entities on the page of links: renamed, split, merged, asked about and taken back, in the real window."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from annotator import store
from annotator.session.importing import import_paths
from annotator.ui import theme
from annotator.ui.kit import Button
from annotator.ui.links.page import LinksPage
from tests.end2end.desk import Desk, desk

GOLD = Path(__file__).resolve().parents[1] / "gold" / "dev.jsonl"


@pytest.fixture
def there(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """The gold articles, whose links are accepted."""
    path = tmp_path / "p.db"
    with store.create(path) as opened:
        import_paths(opened, [GOLD], mode="gold")
    with desk(qtbot, path) as made:
        yield made


def _open(there: Desk, words: str) -> LinksPage:
    """Click the words in the article, press the key for their entity."""
    there.review.going.open_document(1)
    there.click(there.article.text.index(words))
    there.press("Ctrl+Shift+E")
    page = there.window.pages.links
    assert page.isVisible()
    return page


def _entity_of(there: Desk, words: str) -> int:
    start = there.article.text.index(words)
    span = next(s for s in there.article.spans.values() if s.start == start and s.text == words)
    link = there.article.link_of(span.id)
    assert link is not None
    return link.entity


def _name_of(there: Desk, entity: int) -> str:
    found = there.session.entity(entity)
    assert found is not None
    return found.name


def test_a_rename_holds_everywhere_and_is_undone(there: Desk) -> None:
    _open(there, "Ivar Brandvik")
    number = _entity_of(there, "Ivar Brandvik")
    there.press("R", "Ctrl+A")
    there.type("Ivar B. Brandvik")
    there.session.wrote([1])  # a run, while somebody types
    there.press("Return", "Esc")
    assert _name_of(there, number) == "Ivar B. Brandvik"
    there.press("Ctrl+Z")
    assert _name_of(there, number) == "Ivar Brandvik"


def test_ticked_mentions_are_split_off_and_taken_back(there: Desk) -> None:
    page = _open(there, "Ivar Brandvik")
    number = _entity_of(there, "Ivar Brandvik")
    before = len(there.session.mentions(number))
    there.press("Space", "Down", "Space")
    assert len(page.view.list.ticked()) == 2
    there.press("S")
    assert len(there.session.mentions(number)) == before - 2
    assert there.session.store.check() == []
    there.press("Ctrl+Z")
    assert len(there.session.mentions(number)) == before


def test_mentions_move_to_another_entity_by_mouse(there: Desk) -> None:
    """The box of a row is clicked, then the button below; the entity is chosen by name."""
    page = _open(there, "Ivar Brandvik")
    number, other = _entity_of(there, "Ivar Brandvik"), _entity_of(there, "Solveig Brandvik")
    before = len(there.session.mentions(number)), len(there.session.mentions(other))
    row = page.view.list.visualRect(page.view.list.currentIndex())
    at = QPoint(theme.current().px(28), row.center().y())
    QTest.mouseClick(page.view.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(page.view.list.ticked()) == 1
    button = next(one for one in page.findChildren(Button) if one.text() == "Move to…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    there.type("Solveig Brandvik")
    there.press("Return")
    after = len(there.session.mentions(number)), len(there.session.mentions(other))
    assert after == (before[0] - 1, before[1] + 1)


def test_two_entities_become_one_and_two_again(there: Desk) -> None:
    _open(there, "Ivar Brandvik")
    ivar, solveig = _entity_of(there, "Ivar Brandvik"), _entity_of(there, "Solveig Brandvik")
    both = len(there.session.mentions(ivar)) + len(there.session.mentions(solveig))
    there.press("M")
    there.type("Solveig Brandvik")
    there.press("Return")
    assert len(there.session.mentions(ivar)) == both
    assert there.session.entity(solveig) is None
    there.press("Ctrl+Z")
    assert there.session.entity(solveig) is not None
    assert len(there.session.mentions(ivar)) + len(there.session.mentions(solveig)) == both
    assert there.session.store.check() == []


def test_enter_opens_a_mention_and_a_key_comes_back(there: Desk) -> None:
    _open(there, "Ivar Brandvik")
    there.press("Down", "Return")
    QTest.qWait(0)
    assert there.review.isVisible()
    assert there.article.document.id == 2
    assert there.focus().text == "Ivar Brandvik"
    there.press("Alt+Up")
    assert there.article.document.id == 1


def test_pairs_that_look_alike_are_asked_and_the_answers_stay(there: Desk) -> None:
    """A merges, X tells apart; an undo asks again, an answer is not asked again."""
    page = _ask(there)
    first, second, *_ = pairs = list(page.questions._questions)
    assert page.entities.list.currentIndex().row() == 0  # a question that comes up takes no page away
    there.press("X")
    assert page.view.entity is not None
    assert page.view.entity.id == second.first.id  # who answers sees whom the next one is about
    assert (first.pair.first, first.pair.second) in {
        (pair.first, pair.second) for pair in there.session.store.distinct_pairs()
    } | {(pair.second, pair.first) for pair in there.session.store.distinct_pairs()}
    there.press("A")
    assert there.session.entity(second.pair.second) is None
    asked = [one.pair for one in page.questions._questions]
    assert first.pair not in asked
    assert all(second.pair.second not in (pair.first, pair.second) for pair in asked)
    there.press("Ctrl+Z", "Ctrl+Z")
    there.press("Ctrl+1", "Ctrl+2")
    there.wait_for_work()
    assert [one.pair for one in page.questions._questions] == [one.pair for one in pairs]


def test_an_answer_by_mouse_is_an_answer(there: Desk) -> None:
    page = _ask(there)
    count = len(page.questions._questions)
    button = next(one for one in page.findChildren(Button) if one.text() == "Different")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(page.questions._questions) == count - 1


def _ask(there: Desk) -> LinksPage:
    """Every second article knows its people and organisations by keys of its own; then the page is opened."""
    for document in there.session.documents():
        article = there.session.open(document.id)
        names = [one.id for one in article.labels.values() if one.kind == "name"]
        for span in [span for span in article.spans.values() if document.id % 2 and span.label in names][:4]:
            there.session.run(
                lambda article, author, one=span.id: there.session.link_new(article, one, author)
            )
    there.press("Ctrl+2")
    there.wait_for_work()
    page = there.window.pages.links
    assert len(page.questions._questions) > 2
    return page


def test_the_list_is_filtered_by_name_and_label(there: Desk) -> None:
    there.press("Ctrl+2")
    page = there.window.pages.links
    page.entities.field.setFocus()
    there.type("brandvik")
    there.press("Return")
    names = [page.entities.model.row(n).name for n in range(page.entities.model.rowCount())]  # type: ignore[union-attr]
    assert "Ivar Brandvik" in names
    assert all("brandvik" in name.casefold() for name in names)
    there.press("Esc")
    assert there.review.isVisible()


def test_evidence_is_written_from_the_page(
    there: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open(there, "Ivar Brandvik")
    target = tmp_path / "sheet.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    there.window.bindings["entity.evidence"].trigger()
    number = _entity_of(there, "Ivar Brandvik")
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(there.session.mentions(number))


def test_known_names_come_in_by_the_menu(
    there: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name,label,uri\nQuirin Vale,PERSON,https://example.org/q\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(names), ""))
    there.window.bindings["knowledge"].trigger()
    found = [
        one.name
        for label in there.session.labels()
        for one in there.session.store.entities(label.id, "Quirin")
    ]
    assert found == ["Quirin Vale"]


def test_links_are_proposed_in_the_background_and_accepted_as_one_step(qtbot: QtBot, tmp_path: Path) -> None:
    """Two keys and a menu entry; what was proposed is the first candidate; one undo takes all back."""
    bare = tmp_path / "bare.jsonl"
    with bare.open("w", encoding="utf-8") as file:
        for line in GOLD.read_text(encoding="utf-8").splitlines()[:4]:
            record = json.loads(line)
            record["spans"] = [
                {name: span[name] for name in ("start", "end", "label")} for span in record["spans"]
            ]
            file.write(json.dumps({name: record[name] for name in ("id", "date", "text", "spans")}) + "\n")
    path = tmp_path / "bare.db"
    with store.create(path) as opened:
        import_paths(opened, [bare], mode="gold")
    with desk(qtbot, path) as there:
        there.press("Ctrl+Shift+P")
        there.wait_for_work()
        there.click(there.article.text.index("Solveig Brandvik"))
        assert there.review.candidates()[0].entity.name == "Solveig Brandvik"
        assert there.session.store.counts()["links"] == 0
        there.window.bindings["links.accept"].trigger()
        there.wait_for_work()
        assert there.session.store.counts()["links"] > 20
        there.press("Ctrl+Z")
        assert there.session.store.counts()["links"] == 0
        there.press("Delete")
        before, name = set(there.article.spans), there.article.text.index("Solveig Brandvik")
        there.drag(name, name + len("Solveig Brandvik"))
        there.press("1", "Ctrl+Shift+P")
        there.wait_for_work()
        assert there.article.links_of(max(there.article.spans))  # proposed for what was added
        there.press("Ctrl+Z")
        assert set(there.article.spans) == before
        assert there.session.store.check() == []
