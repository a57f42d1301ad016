"""Tables come in by the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from annotator.store import create
from tests.end2end.desk import desk


def test_the_column_of_texts_is_chosen_where_it_cannot_be_told(qtbot: QtBot, tmp_path: Path) -> None:
    project = tmp_path / "p.db"
    create(project).close()
    (tmp_path / "table.csv").write_text("one,two\nHead,Some words.\n", encoding="utf-8")
    with desk(qtbot, project) as there:
        there.window.files.take([tmp_path / "table.csv"])
        there.wait_for_work()
        assert there.session.document_count() == 0
        buttons = {button.text(): button for button in there.review.banner.findChildren(QAbstractButton)}
        buttons["two"].click()
        there.wait_for_work()
        assert [one.name for one in there.session.documents(limit=9)] == ["table-2"]
