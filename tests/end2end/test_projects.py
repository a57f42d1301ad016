"""Projects and their articles as a person handles them, by key, paste and drop."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator import paths, store
from annotator.domain.models import ACCEPTED, DONE, REJECTED
from annotator.session.importing import import_paths
from annotator.session.sample import reset_sample, sample_project
from annotator.suggest.registry import default_name, offer
from annotator.ui.first_steps import FirstSteps
from annotator.ui.kit import Button
from annotator.ui.palette import Palette
from tests.end2end.desk import Desk, desk


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three articles of the sample that are done."""
    path = tmp_path / "p.db"
    lines = (paths.data() / "sample.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[:3]
    articles = tmp_path / "three.jsonl"
    articles.write_text("".join(lines), encoding="utf-8")
    with store.create(path) as opened:
        import_paths(opened, [articles], mode="gold")
    return path


LINE = 48
"""The pitch of the lines, in pixels."""


def _drop(there: Desk, dropped: Iterable[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in dropped])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(there.window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(there.window, QDropEvent(QPointF(50, 50), copy, data, left, none))
    there.wait_for_work()


def test_each_article_opens_where_it_was_left_also_tomorrow(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as today:
        left = {}
        for number in (1, 2, 3):
            today.review.going.open_document(number)
            bar = today.review.view.verticalScrollBar()
            bar.setValue(bar.maximum() // (number + 1))
            left[number] = today.review.view.top()
        assert all(left.values())
        today.review.going.open_document(2)
    with desk(qtbot, project) as tomorrow:
        assert tomorrow.article.document.id == 2
        for number in (2, 1, 3):
            tomorrow.review.going.open_document(number)
            assert tomorrow.review.view.top() == left[number]
            assert 0 <= tomorrow.review.view.rect_of(left[number], left[number] + 1).top() < LINE


def test_the_place_is_remembered_also_where_the_program_is_killed(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        there.review.going.open_document(3)
        there.window.pulse.resting.timeout.emit()
        settings = (Path(os.environ["ANNOTATOR_HOME"]) / "settings.json").read_text(encoding="utf-8")
        assert str(project) in settings
        assert '"places"' in settings


def test_a_pasted_text_is_an_article_and_is_open(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        QGuiApplication.clipboard().setText("The Halcyon sails again\r\n\r\nShe left Brest on Monday.")
        there.press("Ctrl+V")
        there.wait_for_work()
        assert there.article.document.title == "The Halcyon sails again"
        assert there.article.text.endswith("Brest on Monday.")
        assert there.review.queue.model.rowCount() == 4
        there.press("F2", "Tab")
        there.type("2021-05-04")
        there.press("Return")
        assert there.article.document.date == "2021-05-04"


def test_copied_files_are_pasted_as_articles(qtbot: QtBot, project: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("A new one.\n\nWith words.", encoding="utf-8")
    with desk(qtbot, project) as there:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / "new.txt"))])
        QGuiApplication.clipboard().setMimeData(data)
        there.press("Ctrl+V")
        there.wait_for_work()
        assert there.review.queue.model.rowCount() == 4


def test_an_empty_clipboard_is_said_and_nothing_changes(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        QGuiApplication.clipboard().setText(" \n")
        there.press("Ctrl+V")
        assert there.review.banner.isVisible()
        assert not there.window.work.jobs
        assert there.review.queue.model.rowCount() == 3


def test_what_is_pasted_into_a_field_stays_there(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        QGuiApplication.clipboard().setText("Brandvik")
        there.press("Ctrl+Shift+B", "Ctrl+V")
        assert there.review.queue.field.text() == "Brandvik"
        assert not there.window.work.jobs


def test_files_and_folders_are_dropped_in(qtbot: QtBot, project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(f"Article {number} of the folder.", encoding="utf-8")
    (tmp_path / "single.txt").write_text("A single article.", encoding="utf-8")
    with desk(qtbot, project) as there:
        _drop(there, [folder, tmp_path / "single.txt"])
        assert there.review.queue.model.rowCount() == 6


def test_an_empty_project_says_how_to_fill_it_and_an_import_all_that_it_has_to(
    qtbot: QtBot, project: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name, held in (("a.txt", b"Caf\xe9 in Brest"), ("b.txt", b""), ("c.jpg", b"\xff")):
        (folder / name).write_bytes(held)
    with desk(qtbot, project) as there:
        there.press("Ctrl+PgUp")
        assert there.window.status._said.text()
        there.window.files.open_or_make(tmp_path / "new.annot")
        assert there.window.status._said.text() == ""
        ways = [one for one in there.review.inspector.rest.findChildren(Button) if one.isVisible()]
        assert [one.text() for one in ways[-2:]] == ["Add articles…", "Add a folder…"]
        _drop(there, [folder])
        assert not ways[-1].isVisible()
        told = " ".join(one.text() for one in there.review.banner.findChildren(QLabel))
        for words in ("b.txt is empty", "1 article came in", "passed over", "a.txt is read as cp1252"):
            assert words in told


def test_a_project_that_is_dropped_is_opened(qtbot: QtBot, project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.annot"
    store.create(other).close()
    with desk(qtbot, project) as there:
        _drop(there, [other])
        assert there.session.store.path == other


def test_a_recent_project_is_opened_by_a_part_of_its_name(
    qtbot: QtBot, project: Path, tmp_path: Path
) -> None:
    other = tmp_path / "harbour.annot"
    store.create(other).close()
    with desk(qtbot, other) as there:
        there.window.files.open_path(project)
        there.press("Ctrl+Shift+R")
        there.type("harb")
        there.press("Return")
        assert there.session.store.path == other


def test_a_removed_article_is_put_back_from_the_list_of_them(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        there.review.going.open_document(2)
        title = there.article.document.title or ""
        there.session.remove_article()
        there.window.bindings["removed"].trigger()
        card = there.window.findChild(Palette)
        assert card is not None
        there.type(title[:8])
        there.press("Return")
        assert there.article.document.id == 2
        assert there.review.queue.model.rowCount() == 3
        there.press("Ctrl+Z")
        assert there.review.queue.model.rowCount() == 2


def test_tags_are_words_with_commas_between_them(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        there.review.going.open_document(1)
        there.press("F2", "Tab", "Tab", "Tab")
        there.type("shipping, second look,shipping")
        there.press("Return")
        assert there.article.document.tags == '["shipping", "second look"]'
        before = there.session.last_decision()
        there.press("F2", "Return")
        assert there.session.last_decision() == before


def test_the_first_start_shows_five_lines_once(qtbot: QtBot, project: Path) -> None:
    with desk(qtbot, project) as there:
        there.window.greet()
        card = there.window.findChild(FirstSteps)
        assert card is not None
        there.press("Return")
        assert there.review.view.hasFocus()
    with desk(qtbot, project) as tomorrow:
        tomorrow.window.greet()
        assert tomorrow.window.findChild(FirstSteps) is None


def test_where_the_log_is(qtbot: QtBot, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    with desk(qtbot, project) as there:
        there.window.bindings["log"].trigger()
        assert Path(opened[0].toLocalFile()) == paths.log_file().parent
        assert str(paths.log_file()) in there.window.status._said.text()


def test_the_practice_article_does_what_it_says(qtbot: QtBot) -> None:
    """Its own instructions, key by key; the sample is new again after a reset."""
    with desk(qtbot, sample_project()) as there:
        assert there.article.document.name == "practice"
        model = offer(default_name())
        assert 1 not in dict(there.session.store.pending(model.name, model.version))  # nothing comes between
        there.press("A", "X", "2", "]", "Tab", "A", "[", "Tab", "A", "N", "L")
        spans = sorted(there.article.spans.values(), key=lambda span: span.start)
        states = [span.state for span in spans]
        assert states == [ACCEPTED, REJECTED, *[ACCEPTED] * 7]
        assert [there.article.labels[span.label].name for span in spans][2] == "ORG"
        assert [spans[number].text for number in (3, 5)] == ["the island ferry company", "the harbour watch"]
        links = [there.article.link_of(span.id) for span in spans[-2:]]
        assert len({link.entity for link in links if link is not None}) == 1
        assert None not in links
        start = there.article.text.index("kelpwardens, bought")
        there.drag(start, start + len("kelpwardens"))
        there.press("2")
        assert there.focus().text == "kelpwardens"
        there.press("Ctrl+Z", "Ctrl+Y", "Ctrl+Return")
        assert there.session.store.document(1).status == DONE
        there.window.bindings["sample.reset"].trigger()
        assert there.article.document.name == "practice"
        assert there.session.last_decision() is None
    assert reset_sample() == sample_project()
