"""Two reviewers in the real window: merged, compared and settled by keys; the export is the gold that was meant."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator import store
from annotator.domain.conflicts import MINE, Conflict
from annotator.session.comparing import open_conflicts
from annotator.session.exporting import ExportChoice, export
from annotator.session.importing import import_paths
from annotator.session.past import past
from annotator.store import snapshots
from annotator.store.importing import GOLD
from annotator.ui.agreement_card import AgreementCard
from annotator.ui.export_card import ExportCard
from annotator.ui.history import HistoryCard
from annotator.ui.snapshots_card import SnapshotsCard
from tests.end2end import two_reviewers
from tests.end2end.desk import Desk, desk
from tests.store.reviewers import said

ARTICLES = 3


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The projects of ann and ben, made from gold with seeded errors."""
    made = two_reviewers.two(two_reviewers.gold(ARTICLES), seed=11)
    return _project(tmp_path / "ann.annot", made[0]), _project(tmp_path / "ben.annot", made[1])


def _project(path: Path, records: list[two_reviewers.Record]) -> Path:
    with store.create(path) as project:
        import_paths(project, [two_reviewers.write(records, path.with_suffix(".jsonl"))], mode=GOLD)
    return path


def _conflict(made: Desk) -> Conflict | None:
    """The difference in focus; both its versions are in the text."""
    found = made.review.comparing.current
    if found is not None:
        shown = made.review.view._layout.spans.by_id
        assert all(one.span.id in shown for one in (found.mine, found.theirs) if one is not None)
    return found


def test_all_differences_are_settled_by_keys_and_the_export_is_gold(
    qtbot: QtBot, files: tuple[Path, Path], tmp_path: Path
) -> None:
    """Merge from the menu's act, then one key each; ann may undo, and every settlement is in the history."""
    gold = two_reviewers.gold(ARTICLES)
    right = two_reviewers.essence(gold)
    into, other = files
    with desk(qtbot, into) as made:
        made.window.keeping.merge_paths([other])
        made.wait_for_work()
        assert [one.reason for one in snapshots.found(into)] == [snapshots.MERGE]
        made.press("Ctrl+Shift+D")
        qtbot.waitUntil(lambda: made.review.comparing._search.finished)
        pressed = 0
        while (conflict := _conflict(made)) is not None:
            made.press("K" if _is_right(made, conflict, right) else "T")
            pressed += 1
            if pressed == 3:
                made.press("Ctrl+Z")
                assert _conflict(made) == conflict
            if _conflict(made) is None:  # the article is settled: on to the next one that differs
                made.press("Tab")
        assert pressed > 15
        assert not any(open_conflicts(made.session.store, row.id) for row in made.session.documents())
        made.press("Esc")
        assert not made.review.comparing.on
        assert len({entry.reviewer for entry in made.session.store.history(limit=-1)}) == 1
        export(made.session.store, tmp_path / "out.jsonl", ExportChoice())
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert two_reviewers.essence(json.loads(line) for line in lines) == right


def _is_right(made: Desk, conflict: Conflict, right: list[tuple[object, ...]]) -> bool:
    """Whether this project has the place as gold does."""
    labels = {label.id: label.name for label in made.session.labels()}
    here = {one[1:4]: one[4] for one in right if one[0] == made.article.document.name}
    if conflict.mine is None:
        return (*conflict.place[:2], labels[conflict.place[2]]) not in here
    span, entity, *_ = conflict.mine
    found = made.session.entity(entity) if entity is not None else None
    place = (span.start, span.end, labels[span.label])
    return place in here and here[place] == (found and (found.value or found.key))


def test_a_new_decision_by_digit_and_in_the_text(qtbot: QtBot, files: tuple[Path, Path]) -> None:
    """A label's digit settles it; the other keys of the text decide on the span in focus as ever."""
    into, other = files
    with desk(qtbot, into) as made:
        made.window.keeping.merge_paths([other])
        made.wait_for_work()
        made.press("Ctrl+Shift+D")
        first = _conflict(made)
        assert first is not None
        made.press("4")
        article = made.session.store.article(first.span.document)
        mine = first.mine.span if first.mine is not None else first.span
        found = article.span_at(mine.start, mine.end, 4)
        assert found is not None
        assert found.state == "accepted"
        assert [one.choice for one in made.session.store.settled(first.span.document)] == [MINE]
        while (second := _conflict(made)) is not None and (second.mine is None or second.kind == "state"):
            made.press("Tab")
        assert second is not None
        assert second.mine is not None
        assert made.review.view.hasFocus()
        made.press("]")
        assert made.focus().end > second.mine.span.end
        assert _conflict(made) is not None
        made.press("Ctrl+Z", "Space", "Shift+Space")
        assert _conflict(made) == second
        made.press("Ctrl+Shift+D", "K")
        assert made.review.selecting.armed is not None


def test_going_among_differences(qtbot: QtBot, files: tuple[Path, Path]) -> None:
    """Tab, arrows and the list go through an article, then to the next that differs; a click shows one."""
    into, other = files
    with desk(qtbot, into) as made:
        made.window.keeping.merge_paths([other])
        made.wait_for_work()
        made.press("Ctrl+Shift+D")
        comparing, panel = made.review.comparing, made.review.inspector.compare
        qtbot.waitUntil(lambda: comparing._search.finished)
        first, here, count = _conflict(made), made.article.document.id, len(comparing._found)
        made.press("Tab")
        second = _conflict(made)
        assert second != first
        made.push_row(panel.list, 0)
        assert _conflict(made) == first
        made.press("Down")
        assert _conflict(made) == second
        made.press(*["Tab"] * (count - 1))
        assert made.article.document.id != here
        made.press("Shift+Tab")
        assert made.article.document.id == here
        assert _conflict(made) == comparing._found[-1]
        made.press("Ctrl+PgDown")
        assert made.article.document.id != here
        theirs = next(one for one in comparing._found if one.mine is None)
        made.click(theirs.span.start)
        current = _conflict(made)
        assert current is not None
        made.push(panel.there.button)
        assert (current.reviewer.layer, current.place) not in {
            (one.reviewer.layer, one.place) for one in comparing._found
        }
        made.review.view.setFocus()
        made.press("Shift+T")
        assert comparing._found == []
        made.press("Esc")
        assert not comparing.on
        assert made.review.view._layout.spans.by_id.keys() == made.article.spans.keys()


def test_agreement_history_and_snapshots_open_and_close(qtbot: QtBot, files: tuple[Path, Path]) -> None:
    """Each says what is there; going back to a snapshot brings the earlier state."""
    into, other = files
    with desk(qtbot, into) as made:
        before = said(into)
        made.window.bindings["agreement"].trigger()
        assert "No other reviewer" in made.window.status._said.text()
        made.window.keeping.merge_paths([other])
        made.wait_for_work()
        made.window.bindings["agreement"].trigger()
        card = made.window.findChild(AgreementCard)
        assert card is not None
        assert card._found is not None
        assert set(card._found.spans) == {"PERSON", "ORG", "DATE", "ALLEGATION"}
        card.close_card()
        made.press("Ctrl+Shift+D", "T", "Ctrl+Shift+D")
        made.window.bindings["history.project"].trigger()
        log = made.window.findChild(HistoryCard)
        assert log is not None
        assert log._list.model().rowCount() == 1
        log._field.setText("nobody")
        assert log._list.model().rowCount() == 0
        log.close_card()
        made.window.bindings["snapshots"].trigger()
        card_ = made.window.findChild(SnapshotsCard)
        assert card_ is not None
        made.press("Return", "Return")
        assert said(into) == before
        assert made.session.store.reviewers() == []


def test_the_snapshot_of_the_day_and_a_damaged_file(qtbot: QtBot, files: tuple[Path, Path]) -> None:
    """One a day in the background; damage is told in the window instead."""
    into, other = files
    with desk(qtbot, into) as made:
        made.window.keeping.take_daily()
        made.window.keeping.stop()
        assert [one.reason for one in snapshots.found(into)] == [snapshots.DAILY]
    content = bytearray(other.read_bytes())
    with closing(sqlite3.connect(other)) as connection:
        [page] = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'entity_name'"
        ).fetchone()
    content[(page - 1) * 8192 : page * 8192] = bytes([7] * 8192)
    other.write_bytes(content)
    with desk(qtbot, other) as made:
        made.window.keeping.take_daily()
        qtbot.waitUntil(made.review.banner.isVisible)
        assert snapshots.found(other) == []


def test_the_history_of_a_span(qtbot: QtBot, files: tuple[Path, Path]) -> None:
    """What was decided about it alone, from what to what."""
    with desk(qtbot, files[0]) as made:
        made.press("Down", "]", "H")
        span = made.focus()
        (step,) = past(made.session, made.article, span).steps
        assert [change.field for change in step.changes] == ["text"]
        assert made.review.inspector.shows(made.review.inspector.past)
        made.press("Space")
        assert past(made.session, made.article, made.focus()).steps == []


def test_an_export_without_names(qtbot: QtBot, files: tuple[Path, Path]) -> None:
    """Ctrl+E, a label pressed, Enter: no person is named in the file."""
    with desk(qtbot, files[0]) as made:
        made.press("Ctrl+E")
        card = made.window.findChild(ExportCard)
        assert card is not None
        target = Path(card._target.text()).expanduser()
        card._names["PERSON"].click()
        card._go.click()
        made.wait_for_work()
    text = target.read_text(encoding="utf-8")
    assert "PERSON 1" in text
    assert "Solveig" not in text
