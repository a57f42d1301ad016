"""The overview in the window: numbers that are true, an article a click away."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel

from annotator.ui.charts import Columns, Parts
from annotator.ui.overview import OverviewCard
from tests.end2end.desk import Desk, wait_until


def _open(there: Desk) -> OverviewCard:
    there.press("Ctrl+Shift+O")
    (card,) = (one for one in there.window.findChildren(OverviewCard) if one.isVisible())
    wait_until(card.is_counted)
    return card


def test_it_tells_what_became_of_the_suggestions(there: Desk) -> None:
    there.press("A", "X", "2", "]")
    card = _open(there)
    names = [one.accessibleName() for one in card.findChildren(Parts)]
    assert "PERSON: as suggested 0, refitted 1, relabelled 1, rejected 1" in names
    assert "ORG: as suggested 1, refitted 0, relabelled 0, rejected 0" in names
    assert "All: as suggested 1, refitted 1, relabelled 1, rejected 1" in names
    words = [one.text() for one in card.findChildren(QLabel)]
    assert "1 of 3" in words  # articles
    charts = [one.accessibleName() for one in card.findChildren(Columns)]
    assert any("as suggested 1, refitted 1, relabelled 1, rejected 1" in one for one in charts)
    there.press("Esc")
    assert there.review.view.hasFocus()


def test_a_click_on_an_article_opens_it(there: Desk) -> None:
    card = _open(there)
    there.push_row(card._articles, 1)
    assert there.article.document.name == "two"


def test_undo_leaves_the_focus_to_a_card_or_page_and_an_article_brings_its_page(there: Desk) -> None:
    there.press("A", "X")
    card = _open(there)
    there.press("Ctrl+Z")
    assert card.isAncestorOf(QApplication.focusWidget())
    there.press("Esc", "Ctrl+3")
    before = QApplication.focusWidget()
    there.press("Ctrl+Z")
    assert QApplication.focusWidget() is before
    assert there.session.last_decision() is None
    there.push_row(_open(there)._articles, 1)
    assert there.window.pages.name == "review"
    assert there.review.view.hasFocus()
