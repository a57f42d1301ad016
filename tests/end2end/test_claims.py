"""The page of allegations in the real window: one conduct in several articles, its notes, time line and graph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import store
from annotator.session import conduct
from annotator.session.graph import Graph
from annotator.session.importing import import_paths
from annotator.ui.claims import page as page_module
from annotator.ui.claims.graph_view import spaced
from annotator.ui.claims.page import ClaimsPage
from annotator.ui.claims.table import ROWS
from tests.end2end.desk import Desk, desk

GOLD = Path(__file__).resolve().parents[1] / "gold" / "dev.jsonl"


@pytest.fixture
def there(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """The gold articles; the page shows the most mentioned conduct."""
    path = tmp_path / "p.db"
    with store.create(path) as opened:
        import_paths(opened, [GOLD], mode="gold")
    with desk(qtbot, path) as made:
        made.press("Ctrl+3")
        yield made


def _page(there: Desk) -> ClaimsPage:
    page = there.window.pages.claims
    assert page.isVisible()
    assert page.conduct is not None
    return page


def _versions(there: Desk) -> list[conduct.Version]:
    shown = _page(there).conduct
    assert shown is not None
    return conduct.versions(there.session, shown)


def test_a_column_an_article_oldest_first(there: Desk) -> None:
    page, versions = _page(there), _versions(there)
    dates = [one.date for one in versions]
    assert len(versions) > 2
    assert dates == sorted(dates, key=lambda date: date or "")
    model = page.table.model()
    assert model.columnCount() == len(versions)
    words = [str(model.index(ROWS.index("words"), at).data()) for at in range(len(versions))]
    for one, told in zip(versions, words, strict=True):
        assert all(mention.span.text in told for mention in one.words)
    accused = ROWS.index("accused")
    first = {one.entity for one in versions[0].roles["accused"]}
    for at, one in enumerate(versions):
        differs = {each.entity for each in one.roles.get("accused", [])} not in (first, set())
        assert ("differs" in str(model.index(accused, at).data())) == differs


def test_a_note_is_typed_into_its_cell_and_undone(there: Desk) -> None:
    page = _page(there)
    there.press("F6")
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.model().index(ROWS.index("how_much"), 1))
    there.press("Return")
    there.type("220 million")
    page._read_again()  # a run wrote, while somebody types
    there.press("Return")
    QApplication.processEvents()  # Qt closes the field with the next event
    assert _versions(there)[1].notes == {"how_much": "220 million"}
    there.press("Ctrl+Z")
    assert _versions(there)[1].notes == {}
    assert there.session.store.check() == []


def test_enter_opens_the_words_in_their_article(there: Desk) -> None:
    page = _page(there)
    there.press("Return")
    assert page.table.hasFocus()
    page.table.setCurrentIndex(page.table.model().index(ROWS.index("words"), 1))
    there.press("Return")
    version = conduct.versions(there.session, page.conduct or 0)[1]
    assert there.review.isVisible()
    assert there.article.document.id == version.document
    assert there.focus().id == version.words[0].span.id


def test_the_time_line_opens_what_it_shows(there: Desk) -> None:
    page = _page(there)
    there.press("2")
    assert page.line.isVisible()
    claims = page.line._model.claims
    assert [one.said for one in claims] == sorted(one.said or "" for one in claims)
    page.line.setFocus()
    there.press("Down", "Return")
    assert there.article.document.id == claims[1].document
    assert there.focus().id == claims[1].span


def test_the_graph_leads_by_click_and_by_key_to_an_entity(
    there: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accusers stand at the left, the accused at the right; all allegations have more of both than one."""
    page = _page(there)
    there.press("3")
    one = len(page.graph.boxes())
    there.press("0")
    boxes = page.graph.boxes()
    assert len(boxes) > one
    for left, right in (("accuser", "conduct"), ("conduct", "accused")):
        rights = [box.rect.right() for box in boxes if box.column == left]
        assert max(rights) < min(box.rect.left() for box in boxes if box.column == right)
    accused = next(box for box in boxes if box.column == "accused")
    QTest.mouseClick(page.graph, Qt.MouseButton.LeftButton, pos=accused.rect.center().toPoint())
    shown = there.window.pages.links.view.entity
    assert shown is not None
    assert shown.id == accused.entity
    there.press("Ctrl+3")
    page.graph.setFocus()
    there.press("Up", "Return")
    shown = there.window.pages.links.view.entity
    assert shown is not None
    assert shown.id in {box.entity for box in boxes}
    monkeypatch.setattr(page_module, "graph", lambda *_, **__: Graph([], []))
    there.press("Ctrl+3", "3")
    assert page.graph.boxes() == []
    assert "nobody is named" in page.graph.accessibleName()


def test_a_key_goes_to_its_mentions_and_esc_comes_back(there: Desk) -> None:
    number = _page(there).conduct
    there.press("O")
    shown = there.window.pages.links.view.entity
    assert shown is not None
    assert shown.id == number
    there.press("Ctrl+3", "Esc")
    assert there.review.isVisible()
    there.press("Ctrl+3")
    page = _page(there)
    there.session.wrote([1])
    assert page._resting.isActive()
    there.window.files.close()
    assert not page._resting.isActive()  # it would read a project that is closed


def test_without_allegations_the_page_says_what_to_do(qtbot: QtBot, empty_path: Path) -> None:
    with desk(qtbot, empty_path) as made:
        made.press("Ctrl+3")
        page = made.window.pages.claims
        assert page.isVisible()
        assert page.conduct is None
        assert not made.window.bindings["claims.graph"].isEnabled()


@pytest.fixture
def empty_path(tmp_path: Path) -> Path:
    path = tmp_path / "empty.db"
    store.create(path).close()
    return path


@given(st.dictionaries(st.integers(), st.floats(0, 9), min_size=1, max_size=9), st.integers(0, 5))
def test_boxes_of_a_column_stand_apart_and_within_it(wanted: dict[int, float], more: int) -> None:
    count = max(len(wanted), 10) + more
    rows = [row for _, row in spaced(wanted, count)]
    assert all(below - above >= 1 - 1e-9 for above, below in pairwise(rows))
    assert rows[0] >= 0
    assert rows[-1] <= count - 1
