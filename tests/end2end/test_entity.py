"""An entity's card: renamed, split, merged and taken back, in the real window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator import store
from annotator.session.importing import import_paths
from annotator.ui.entity_card import EntityCard
from annotator.ui.kit import Button
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


def _open(there: Desk, words: str) -> EntityCard:
    """Click the words in the article, press the key for their entity."""
    there.review.open_document(1)
    there.click(there.article.text.index(words))
    there.press("Ctrl+Shift+E")
    return _card(there)


def _card(there: Desk) -> EntityCard:
    cards = [card for card in there.window.findChildren(EntityCard) if card.isVisible()]
    assert len(cards) == 1
    return cards[0]


def _button(card: EntityCard, words: str) -> Button:
    return next(one for one in card.findChildren(Button) if one.text() == words)


def _entity_of(there: Desk, words: str) -> int:
    start = there.article.text.index(words)
    span = next(s for s in there.article.spans.values() if s.start == start and s.text == words)
    link = there.article.link_of(span.id)
    assert link is not None
    return link.entity


def test_a_rename_holds_everywhere_and_is_undone(there: Desk) -> None:
    card = _open(there, "Ivar Brandvik")
    number = _entity_of(there, "Ivar Brandvik")
    assert card.card.accessibleName() == "Ivar Brandvik"
    card._name.setFocus()
    there.press("Ctrl+A")
    there.type("Ivar B. Brandvik")
    there.press("Return", "Esc")
    found = there.session.entity(number)
    assert found is not None
    assert found.name == "Ivar B. Brandvik"
    there.press("Ctrl+Z")
    found = there.session.entity(number)
    assert found is not None
    assert found.name == "Ivar Brandvik"


def test_a_ticked_mention_is_split_off_and_merged_again(there: Desk) -> None:
    card = _open(there, "Ivar Brandvik")
    number = _entity_of(there, "Ivar Brandvik")
    before = len(there.session.mentions(number))
    there.press("Space")
    _button(card, "Split off").click()
    assert len(there.session.mentions(number)) == before - 1
    there.press("Esc")
    other = _entity_of(there, "Ivar Brandvik")
    assert other != number
    assert there.session.store.check() == []
    there.press("Ctrl+Z")
    assert _entity_of(there, "Ivar Brandvik") == number
    assert len(there.session.mentions(number)) == before


def test_two_entities_become_one_and_two_again(there: Desk) -> None:
    card = _open(there, "Ivar Brandvik")
    ivar, solveig = _entity_of(there, "Ivar Brandvik"), _entity_of(there, "Solveig Brandvik")
    both = len(there.session.mentions(ivar)) + len(there.session.mentions(solveig))
    _button(card, "Merge another into this…").click()
    there.type("Solveig Brandvik")
    there.press("Return")
    assert len(there.session.mentions(ivar)) == both
    assert there.session.entity(solveig) is None
    there.press("Esc", "Ctrl+Z")
    assert there.session.entity(solveig) is not None
    assert len(there.session.mentions(ivar)) + len(there.session.mentions(solveig)) == both
    assert there.session.store.check() == []


def test_enter_opens_a_mention_and_a_key_comes_back(there: Desk) -> None:
    _open(there, "Ivar Brandvik")
    there.press("Down", "Return")
    assert there.article.document.id == 2
    assert there.focus().text == "Ivar Brandvik"
    there.press("Alt+Up")
    assert there.article.document.id == 1


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
        assert there.session.store.check() == []
