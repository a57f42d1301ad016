"""Snapshots: consistent, few, and what is restored is what was there, row by row."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import store
from annotator.domain.edits import span_edits
from annotator.errors import UserError
from annotator.store import Store, snapshots
from tests.store.deciding import decide
from tests.store.making import KIM, at
from tests.store.situation import Choice

RELEASED = Path(__file__).parent / "released"
numbers = st.integers(0, 60)
choices = st.lists(st.builds(Choice, numbers, numbers, numbers, numbers), min_size=1, max_size=8)


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as another program reads it."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if "_fts" not in name and name != "sqlite_sequence"
        ]
        return {
            table: connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()
            for table in tables
        }


def _accept(project: Store) -> None:
    article = project.article(1)
    project.apply(span_edits.accept(article, [at(article, "Nordbank").id], KIM), "kim")


def _decide_all(project: Store, choices: list[Choice]) -> None:
    for choice in choices:
        change = decide(project, project.article(1 + choice.a % 2), KIM, choice)
        if change:
            project.apply(change, KIM.name)


@given(choices, choices)
@settings(max_examples=10)
def test_a_restored_project_is_what_it_was_row_by_row(
    made: Path, before: list[Choice], after: list[Choice]
) -> None:
    """Whatever was decided since; and going back to what was there before the restore brings that back."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.db"
        path.write_bytes(made.read_bytes())
        with store.open_project(path) as project:
            _decide_all(project, before)
            taken = project.take_snapshot(snapshots.ASKED)
            then = everything(path)
            _decide_all(project, after)
        later = everything(path)
        assert snapshots.restore(path, taken.path) is None
        assert everything(path) == then
        [back] = [one for one in snapshots.found(path) if one.reason == snapshots.RESTORE]
        snapshots.restore(path, back.path)
        assert everything(path) == later


def test_a_program_that_has_it_open_sees_the_restored_state(project: Store, path: Path) -> None:
    taken = project.take_snapshot(snapshots.ASKED)
    _accept(project)
    snapshots.restore(path, taken.path)
    assert project.news()
    assert project.last_decision("kim") is None
    _accept(project)
    assert project.check() == []


def test_ten_are_kept_and_not_more_than_five_times_the_size(
    project: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest stay; where there is room for none, still two."""
    monkeypatch.setattr(snapshots, "TIMES", 100)
    names = [project.take_snapshot(f"r{number:02}x").path.name for number in range(12)]
    assert {one.path.name for one in snapshots.found(path)} == set(names[2:])
    monkeypatch.setattr(snapshots, "TIMES", 0)
    last = project.take_snapshot("zz").path.name
    assert [one.path.name for one in snapshots.found(path)] == [last, names[-1]]


def test_one_a_day(project: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert snapshots.due(path)
    project.take_snapshot(snapshots.DAILY)
    assert not snapshots.due(path)
    monkeypatch.setattr(snapshots, "now", lambda: "2999-01-01T00:00:00Z")
    assert snapshots.due(path)


def test_a_damaged_project_gets_no_snapshot_and_keeps_the_old_ones(path: Path) -> None:
    """Or ten bad copies would push out the last good one."""
    with store.open_project(path) as project:
        good = project.take_snapshot(snapshots.ASKED)
        then = everything(path)
    _spoil(path, "document_queue")
    with store.open_project(path) as project, pytest.raises(UserError, match="damaged"):
        project.take_snapshot(snapshots.DAILY)
    assert [one.path for one in snapshots.found(path)] == [good.path]
    aside = snapshots.restore(path, good.path)
    assert aside is not None
    assert aside.exists()
    assert everything(path) == then


def test_a_project_that_opens_no_more_is_restored_too(path: Path) -> None:
    with store.open_project(path) as project:
        good = project.take_snapshot(snapshots.ASKED)
    content = path.read_bytes()
    path.write_bytes(b"\xa5" * 8192 + content[8192:])
    aside = snapshots.restore(path, good.path)
    assert aside is not None
    assert aside.read_bytes()[:4] == b"\xa5" * 4
    with store.open_project(path) as project:
        assert project.check() == []


def test_a_damaged_snapshot_is_not_restored(project: Store, path: Path) -> None:
    taken = project.take_snapshot(snapshots.ASKED)
    taken.path.write_bytes(taken.path.read_bytes()[:20000])
    before = everything(path)
    with pytest.raises(UserError, match="is damaged"):
        snapshots.restore(path, taken.path)
    assert everything(path) == before


def test_other_files_in_the_folder_are_passed_over(project: Store, path: Path) -> None:
    project.take_snapshot(snapshots.ASKED)
    (snapshots.folder(path) / "notes.txt").write_text("mine", encoding="utf-8")
    (snapshots.folder(path) / "other.db").write_text("mine", encoding="utf-8")
    [one] = snapshots.found(path)
    assert snapshots.named(path, one.path.stem) == one
    with pytest.raises(UserError, match="no snapshot x"):
        snapshots.named(path, "x")


@pytest.mark.parametrize("version", sorted(one.name for one in RELEASED.iterdir()))
def test_every_older_version_is_brought_up_to_date_after_a_snapshot(version: str, tmp_path: Path) -> None:
    """Nothing that was in it changes; an undo reaches back behind the migration."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((RELEASED / version).read_bytes()))
    old = everything(path)
    with pytest.raises(UserError, match="brought up to date"):
        store.open_project(path, read_only=True)
    with store.open_project(path) as project:
        assert project.check() == []
        new = everything(path)
        assert {table: new[table] for table in old if "migrations" not in table} == {
            table: rows for table, rows in old.items() if "migrations" not in table
        }
        [taken] = snapshots.found(path)
        assert taken.reason == snapshots.MIGRATION
        assert everything(taken.path) == old
        project.undo("kim")
        project.undo("kim")
        assert at(project.article(1), "Nordbank").state == "suggested"
    store.create(tmp_path / "new.db").close()
    assert _schema(path) == _schema(tmp_path / "new.db")


def _schema(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()


def _spoil(path: Path, name: str) -> None:
    """Overwrite the root page of a table or an index."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(page - 1) * 8192 : page * 8192] = b"\x0a" + bytes(8191)
    path.write_bytes(content)
