"""What is known of an article, its removal and its history, by keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from annotator import paths, store
from annotator.domain.edits import document_edits
from annotator.session.importing import import_paths
from annotator.ui.details import DetailsCard
from annotator.ui.history import HistoryCard
from annotator.ui.kit import Button
from tests.end2end.desk import desk


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three articles of the sample that are done, so that no model is asked."""
    path = tmp_path / "p.db"
    lines = (paths.data() / "sample.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[:3]
    articles = tmp_path / "three.jsonl"
    articles.write_text("".join(lines), encoding="utf-8")
    with store.create(path) as opened:
        import_paths(opened, [articles], mode="gold")
    return path


def test_the_date_of_an_article_is_corrected_and_taken_back(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        there.review.going.open_document(1)
        before = there.article.document.date
        there.press("F2", "Tab", "Ctrl+A")
        there.type("2020-02-03")
        there.press("Return")
        assert there.article.document.date == "2020-02-03"
        assert there.session.store.document(1).date == "2020-02-03"
        assert there.review.view.hasFocus()
        there.press("Ctrl+Z")
        assert there.article.document.date == before


def test_a_removed_article_leaves_the_list_and_comes_back(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        there.review.going.open_document(2)
        there.press("F2")
        card = there.window.findChild(DetailsCard)
        assert card is not None
        (out,) = [one for one in card.findChildren(Button) if one.text() == "Remove the article"]
        out.setFocus()
        there.press("Space")
        assert there.article.document.id == 3
        assert there.review.queue.model.rowCount() == 2
        there.press("Ctrl+Z")
        assert there.article.document.id == 2
        assert there.review.queue.model.rowCount() == 3
        there.press("Ctrl+Y")
        assert there.article.document.id == 3
        assert there.review.queue.model.rowCount() == 2


def test_the_history_says_who_did_what(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        there.review.going.open_document(1)
        start = there.article.text.index("Gannet Research")
        there.drag(start, start + len("Gannet Research"))
        there.press("2", "Ctrl+Z", "Ctrl+Shift+H")
        card = there.window.findChild(HistoryCard)
        assert card is not None
        (shown,) = card.findChildren(QListView)
        model = shown.model()
        said = [model.index(row, 0).data() for row in range(model.rowCount())]
        assert [one.partition(", ")[2] for one in said] == [
            "Ada: Undone: added “Gannet Research” as ORG",
            "Ada: Added “Gannet Research” as ORG",
        ]


def test_a_date_in_an_article_without_one_asks_for_it(qtbot: QtBot, tmp_path: Path) -> None:
    """Once it is given, the words have a day."""
    source, path = tmp_path / "one.jsonl", tmp_path / "p.db"
    span = {"start": 0, "end": 6, "label": "DATE", "state": "suggested"}
    source.write_text(
        json.dumps({"id": "one", "text": "Monday was cold.", "spans": [span]}), encoding="utf-8"
    )
    with store.create(path) as opened:
        import_paths(opened, [source])
    with desk(qtbot, path) as there:
        there.click(2)
        panel = there.review.inspector.span
        assert "no date" in panel._none.text()
        there.session.run(lambda a, _: document_edits.set_fields(a.document, date="2018-03-21"))
        there.review.set_focus(there.focus().id)
        assert "2018-03-19" in panel._none.text()
