"""A day's work in the real window, by key and mouse alone, and the gold set that comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import formats, paths
from annotator.domain.models import ACCEPTED, DONE, REJECTED, SUGGESTED
from annotator.domain.record import Record
from annotator.store import open_project
from annotator.ui.export_card import ExportCard
from annotator.ui.field import Field
from annotator.ui.same import SameCard
from tests.end2end.desk import Desk, desk


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Two articles of the sample in a file of their own; both speak of Solveig Brandvik."""
    lines = (paths.data() / "sample.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    two = [line for line in lines if "Solveig Brandvik" in line][:2]
    assert len(two) == 2
    path = tmp_path / "two.jsonl"
    path.write_text("".join(two), encoding="utf-8")
    return path


@pytest.mark.spacy
def test_a_days_work(qtbot: QtBot, tmp_path: Path, articles: Path) -> None:
    project = tmp_path / "day.db"
    with desk(qtbot, project, [articles]) as morning:
        assert morning.review.view.hasFocus()
        decided = _decide(morning)
        added = _add_and_link(morning)
        _undo_and_redo(morning)
        _finish_article(morning)
        before = {number: morning.session.store.article(number).spans for number in (1, 2)}
        here = morning.article.document.id
    with desk(qtbot, project) as evening:
        assert evening.article.document.id == here
        for number, spans in before.items():
            assert evening.session.store.article(number).spans == spans
        _undo_after_restart(evening)
        out = _export(evening, tmp_path / "gold.jsonl")
    _compare(project, out, decided, added)


def _decide(desk: Desk) -> dict[str, int]:
    """Accept, reject, relabel, move both ends: one key each; the focus goes on to the next undecided."""
    accepted = desk.focus()
    desk.press("A")
    assert desk.span(accepted.id).state == ACCEPTED
    rejected = desk.focus()
    assert rejected.id != accepted.id
    assert rejected.state == SUGGESTED
    desk.press("X")
    assert desk.span(rejected.id).state == REJECTED
    relabelled = desk.focus()
    other = next(label for label in desk.review.labels if label.id != relabelled.label)
    desk.press(other.key or "")
    assert desk.span(relabelled.id)[:6] != relabelled[:6]
    assert (desk.span(relabelled.id).label, desk.span(relabelled.id).state) == (other.id, ACCEPTED)
    resized = desk.focus()
    desk.press("]")
    grown = desk.span(resized.id)
    assert grown.end > resized.end
    assert grown.state == ACCEPTED
    assert desk.focus().id == resized.id
    desk.press("[", "{", "}", "Ctrl+]", "Ctrl+[")
    assert (desk.span(resized.id).start, desk.span(resized.id).end) == (resized.start, resized.end)
    desk.press("Tab")
    assert desk.focus().state == SUGGESTED
    return {"accepted": accepted.id, "rejected": rejected.id, "relabelled": relabelled.id}


def _add_and_link(desk: Desk) -> int:
    """Drag over a name, label it, make it an entity; link the same name in the other article to it."""
    person = next(label for label in desk.review.labels if label.name == "PERSON")
    first = _name(desk, person.key or "")
    desk.press("N")
    link = desk.article.link_of(first)
    assert link is not None
    assert link.state == ACCEPTED
    desk.press("Ctrl+PgDown")
    second = _name(desk, person.key or "")
    assert desk.review.candidates()[0].entity.id == link.entity
    desk.press("L")
    linked = desk.article.link_of(second)
    assert linked is not None
    assert linked.entity == link.entity
    mentions = desk.session.mentions(link.entity)
    assert [mention.span.id for mention in mentions] == [first, second]
    _open_the_other_mention(desk, second, first)
    return first


def _name(desk: Desk, key: str) -> int:
    """Make the first `Solveig Brandvik` a PERSON, or find that it is suggested, and focus it."""
    start = desk.article.text.index("Solveig Brandvik")
    desk.drag(start, start + len("Solveig Brandvik"))
    assert desk.review.view.selection() == (start, start + len("Solveig Brandvik"))
    desk.press(key)
    found = desk.focus()
    assert (found.text, found.state) == ("Solveig Brandvik", ACCEPTED)
    return found.id


def _open_the_other_mention(desk: Desk, here: int, there: int) -> None:
    """One click on a mention in the panel goes to its article, one key comes back."""
    desk.click(desk.span(here).start)
    desk.review.set_focus(here)
    shown = desk.review.inspector.span.mentions
    assert [mention.span for mention in shown.model().mentions] == [there]  # type: ignore[attr-defined]
    place = shown.visualRect(shown.model().index(0, 0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.focus().id == there
    desk.press("Alt+Up")
    assert desk.focus().id == here


def _undo_and_redo(desk: Desk) -> None:
    """Every act so far is taken back, over both articles, and made again."""
    store = desk.session.store
    after = {number: store.article(number).spans for number in (1, 2)}
    acts = 0
    while store.last_decision("Ada") is not None:
        desk.press("Ctrl+Z")
        acts += 1
        assert acts < 100
    for number in (1, 2):
        spans = store.article(number).spans.values()
        assert {span.state for span in spans} == {SUGGESTED}
    for _ in range(acts):
        desk.press("Ctrl+Y")
    assert {number: store.article(number).spans for number in (1, 2)} == after


def _finish_article(desk: Desk) -> None:
    """Undecided suggestions are said first; a second press leaves them undecided and goes on."""
    desk.review.going.open_document(1)
    desk.press("Ctrl+Return")
    assert desk.article.document.status != DONE
    assert desk.review.banner.isVisible()
    desk.press("Ctrl+Return")
    assert desk.session.store.document(1).status == DONE
    assert desk.article.document.id == 2


def _undo_after_restart(desk: Desk) -> None:
    desk.press("Ctrl+Z")
    assert desk.session.store.document(1).status != DONE
    assert desk.article.document.id == 1
    desk.press("Ctrl+Y")
    assert desk.session.store.document(1).status == DONE


def _export(desk: Desk, target: Path) -> Path:
    desk.press("Ctrl+E", "Shift+Tab")
    card = desk.window.findChild(ExportCard)
    assert card is not None
    field = card.findChild(Field)
    assert field is not None
    field.setFocus()
    field.selectAll()
    desk.type(str(target))
    desk.press("Return")
    desk.wait_for_work()
    return target


def _compare(project: Path, out: Path, decided: dict[str, int], added: int) -> None:
    """Done articles with accepted spans and links, exactly; nothing else."""
    read: list[Record] = list(formats.read(out).records)
    with open_project(project) as store:
        article = store.article(1)
        (record,) = read
        assert record["id"] == article.document.name
        accepted = {
            (span.start, span.end, article.labels[span.label].name)
            for span in article.spans.values()
            if span.state == ACCEPTED
        }
        assert {(span["start"], span["end"], span["label"]) for span in record["spans"]} == accepted
        assert all(record["text"][s["start"] : s["end"]] == s["text"] for s in record["spans"])
        assert article.spans[decided["accepted"]].state == ACCEPTED
        assert article.spans[decided["rejected"]].state == REJECTED
        linked = [span for span in record["spans"] if "entity" in span]
        assert [(s["start"], s["text"]) for s in linked] == [(article.spans[added].start, "Solveig Brandvik")]
        assert store.check() == []


def test_the_same_text_elsewhere_is_one_key_and_enter(qtbot: QtBot, tmp_path: Path, articles: Path) -> None:
    """After a decision `E` lists the other places over all articles; Enter takes the ticked ones, undone as one."""
    with desk(qtbot, tmp_path / "same.db", [articles]) as there:
        person = next(label for label in there.review.labels if label.name == "PERSON")
        _name(there, person.key or "")
        before = {number: there.session.store.article(number).spans for number in (1, 2)}
        there.press("E")
        card = there.window.findChild(SameCard)
        assert card is not None
        there.press("Return")
        assert there.review.view.hasFocus()
        texts = [
            span.text
            for number in (1, 2)
            for span in there.session.store.article(number).spans.values()
            if span.state == ACCEPTED
        ]
        assert texts.count("Solveig Brandvik") >= 2
        there.press("Ctrl+Z")
        assert {number: there.session.store.article(number).spans for number in (1, 2)} == before
