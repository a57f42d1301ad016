"""The list of articles by order, flag and tag; going on follows it; it is as it was left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from annotator import store
from annotator.domain.edits import document_edits
from annotator.domain.suggestion import Suggestion
from annotator.session.importing import import_records
from annotator.store.listing import WANTED, Asked
from annotator.ui.queue import QueueModel
from tests.end2end.desk import Desk, desk, wait_until
from tests.store.test_listing import _record

# Without a screen there is nothing that a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Thirty articles that differ in everything a list goes by; no model is asked."""
    path = tmp_path / "p.db"
    with store.create(path) as opened:
        import_records(opened, [_record(number) for number in range(1, 31)], path)
    return path


def _listed(there: Desk) -> list[int]:
    model = there.review.queue.model
    return [row.id for number in range(model.rowCount()) if (row := model.row(number)) is not None]


def _menu(there: Desk) -> QMenu:
    there.press("Alt+L")
    return next(one for one in there.review.queue.findChildren(QMenu) if one.isVisible())


def _choose(there: Desk, words: str) -> None:
    """Go down in the menu to an entry, and take it, by keys."""
    menu = _menu(there)
    for _ in range(20):
        if menu.activeAction() is not None and menu.activeAction().text() == words:
            break
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_another_order_by_keys_and_going_on_follows_it(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        _choose(there, "Newest first")
        listed = _listed(there)
        dates = [there.session.store.document(number).date or "" for number in listed]
        assert dates == sorted(dates, reverse=True)
        assert there.review.queue._how.text() == "Newest first"
        there.review.going.open_document(listed[0])
        there.press("Ctrl+PgDown", "Ctrl+PgDown")
        assert there.article.document.id == listed[2]
        there.press("Ctrl+PgUp")
        assert there.article.document.id == listed[1]


def test_done_goes_to_the_next_of_the_list_that_is_not(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        _choose(there, "Most undecided first")
        listed = _listed(there)
        undone = [n for n in listed if there.session.store.document(n).status != "done"]
        there.review.going.open_document(undone[1])
        there.press("Ctrl+Return", "Ctrl+Return")
        assert there.article.document.id == undone[2]
        assert _listed(there) == listed  # nothing moves under the reviewer


def test_flagged_and_tagged_articles_by_mouse(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        QTest.mouseClick(there.review.queue._more, Qt.MouseButton.LeftButton)
        menu = next(one for one in there.review.queue.findChildren(QMenu) if one.isVisible())
        (flagged,) = [one for one in menu.actions() if one.text() == "Flagged only"]
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(flagged).center())
        assert _listed(there) == [5, 10, 15, 20, 25, 30]
        below = next(one.menu() for one in _menu(there).actions() if one.text() == "Tag")
        (sea,) = [one for one in below.actions() if one.text() == "sea"]
        sea.trigger()
        assert _listed(there) == [10, 20, 30]
        assert there.review.queue._how.text() == "flagged only · tag: sea"
        there.review.queue.clear()
        assert len(_listed(there)) == 30


def test_the_list_is_tomorrow_as_it_was_left(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        _choose(there, "Oldest first")
        there.press("Ctrl+Shift+B")
        there.type("3 harbours")
        there.press("Return", "Return")
        listed, here = _listed(there), there.article.document.id
        assert listed
        assert here == listed[0]
    with desk(qtbot, project) as tomorrow:
        assert _listed(tomorrow) == listed
        assert tomorrow.review.queue.field.text() == "3 harbours"
        assert tomorrow.article.document.id == here
        tomorrow.press("Ctrl+B")
        tomorrow.window.rebuild(tomorrow.session)
        assert _listed(tomorrow) == listed
    with desk(qtbot, project) as later:
        assert not later.review.queue.isVisible()


def test_the_place_in_the_list_and_what_comes_next_follow_the_list(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        there.review.going.open_document(_listed(there)[0])
        there.review.set_focus(None)
        assert "1 of 30" in _words(there.review.bar)
        assert any(one.startswith("Next: ") for one in _words(there.review.inspector.rest))
        there.session.run(lambda article, _: document_edits.set_fields(article.document, tags='["last"]'))
        there.review.queue.model.ask(Asked(tag="last"))
        assert "1 of 1" in _words(there.review.bar)
        assert not any(one.startswith("Next: ") for one in _words(there.review.inspector.rest))


def _words(part: QWidget) -> list[str]:
    return [one.text() for one in part.findChildren(QLabel)]


def test_what_is_wanted_most_is_filtered_in_its_order(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        _choose(there, "Flagged and least sure first")
        store_ = there.session.store
        assert _listed(there) == store_.listed(Asked(order=WANTED))
        there.press("Ctrl+Shift+B")
        there.type("3 harbours")
        there.press("Return")
        assert _listed(there) == store_.listed(Asked(words="3 harbours", order=WANTED))
        assert len(_listed(there)) > 3


def test_the_list_stays_where_it_was_scrolled_to_while_another_program_writes(
    qtbot: QtBot, project: Path
) -> None:
    with desk(qtbot, project) as there:
        bar = there.review.queue.list.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        left_at = bar.value()
        assert left_at > 0
        with store.open_project(project) as other:
            other.apply(document_edits.set_status(other.document(30), "done"), "Bea")
            assert there.session.poll()
            assert bar.value() == left_at
            shown = there.review.queue.model.row(29)
            assert shown is not None
            assert shown.status == "done"
            import_records(other, [_record(31)], project)
        assert there.session.poll()
        assert (bar.value(), there.review.queue.model.rowCount()) == (left_at, 31)
        _suggestions_elsewhere_leave_the_open_article(there)


def _suggestions_elsewhere_leave_the_open_article(there: Desk) -> None:
    """The row of the article follows; one that was suggested in itself is read again."""
    here, before, store_ = there.article, there.article.document.id, there.session.store
    run = store_.begin_run("suggest", "model")
    for document in (before, before + 1):
        store_.add_suggestions(run, "model", "1", [(document, [Suggestion(0, 3, "ORG", 0.9)])])
    counts = [store_.document_rows([one])[0].suggested for one in (before, before + 1)]
    there.session.wrote({before + 1})
    assert there.article is here
    there.session.wrote({before, before + 1})
    assert there.article is not here
    assert there.article.count("suggested") == counts[0]
    model = there.review.queue.model
    wait_until(lambda: [_suggested(model, one) for one in (before, before + 1)] == counts)


def _suggested(model: QueueModel, document: int) -> int:
    row = model.row(model.number_of(document) or 0)
    assert row is not None
    return row.suggested
