"""Trouble with the file: one clear sentence each, nothing changed, and a way out."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from annotator import store
from annotator.domain.edits import document_edits
from annotator.errors import UserError
from annotator.store import Store, connection
from tests.store.making import put, record
from tests.store.test_sequences import dump

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


@contextmanager
def told(code: str) -> Iterator[None]:
    """The one refusal that is expected, with a sentence in which every parameter has its place."""
    with pytest.raises(UserError) as caught:
        yield
    assert caught.value.code == code
    assert "{" not in str(caught.value)


def _decide(project: Store, note: str = "x") -> None:
    project.apply(document_edits.set_fields(project.document(1), note=note), "kim")


# Files that are no project


def test_no_file(tmp_path: Path) -> None:
    with told("project.missing"):
        store.open_project(tmp_path / "none.db")


def test_a_folder(tmp_path: Path) -> None:
    with told("project.not_a_file"):
        store.open_project(tmp_path)


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "project.empty"),
        (b"Dear diary, " * 200, "project.not_a_database"),
        (b"SQLite format 3\0", "project.not_a_database"),
    ],
)
def test_something_else(tmp_path: Path, content: bytes, code: str, *, read_only: bool) -> None:
    """And it is left as it is."""
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with told(code):
        store.open_project(path, read_only=read_only)
    assert path.read_bytes() == content


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    before = path.read_bytes()
    with told("project.another_program"):
        store.open_project(path)
    assert path.read_bytes() == before


def test_a_newer_format(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    with told("project.newer"):
        store.open_project(path)


def test_an_older_format_that_cannot_be_brought_up_to_date(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 0")
    with told("project.older"):
        store.open_project(path, read_only=True)


# New files


def test_a_name_that_is_taken(path: Path) -> None:
    before = path.read_bytes()
    with told("project.exists"):
        store.create(path)
    assert path.read_bytes() == before


def test_no_folder(tmp_path: Path) -> None:
    with told("project.no_folder"):
        store.create(tmp_path / "none" / "p.db")


def test_a_project_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made aside and moved into place."""
    monkeypatch.setattr(connection.schema, "migrate", lambda draft: draft.execute("SELECT * FROM nothing"))
    with pytest.raises(sqlite3.OperationalError):
        store.create(tmp_path / "p.db")
    assert list(tmp_path.glob("*p.db*")) == []
    assert list(tmp_path.glob(".*p.db*")) == []


# Rights, as somebody who may not do everything

RIGHTS = f"""
import os, sys, sqlite_utils
from pathlib import Path
from annotator import paths, store
from annotator.errors import UserError
if os.getuid() == 0:
    os.setgroups([]), os.setgid({NOBODY}), os.setuid({NOBODY})
path, act = Path(sys.argv[1]), sys.argv[2]
try:
    project = store.create(path) if act == "create" else store.open_project(path, read_only=act == "look")
    print("open", project.read_only, project.document_count())
    project.save_copy(Path(sys.argv[3]))
    project.close()
except UserError as error:
    print(error.code)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others may look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


def _as_somebody(path: Path, act: str) -> str:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o777)
        command = [sys.executable, "-B", "-c", RIGHTS, str(path), act, f"{place}/copy.db"]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return ran.stdout.strip()


@pytest.mark.parametrize(
    ("file", "of_folder", "act", "answer"),
    [
        (0o444, 0o777, "open", "project.read_only"),
        (0o666, 0o555, "open", "project.read_only"),
        (0o000, 0o777, "open", "project.cannot_open"),
        (0o444, 0o777, "look", "open True 2"),
        (0o444, 0o555, "look", "open True 2"),
        (0o666, 0o777, "open", "open False 2"),
        (None, 0o555, "create", "project.cannot_write"),
    ],
)
def test_rights(made: Path, folder: Path, file: int | None, of_folder: int, act: str, answer: str) -> None:
    """Where nothing may be written the project can be read, and a copy saved where one may write."""
    path = folder / "p.db"
    if file is not None:
        path.write_bytes(made.read_bytes())
        path.chmod(file)
    folder.chmod(of_folder)
    assert _as_somebody(path, act) == answer


def test_a_project_that_is_only_read_refuses_every_change(path: Path) -> None:
    with store.open_project(path, read_only=True) as project:
        for act in (
            lambda: _decide(project),
            lambda: project.undo("kim"),
            lambda: project.set_setting("a", 1),
            lambda: project.begin_run("import", "x"),
            lambda: project.repair("kim"),
        ):
            with pytest.raises(UserError) as caught:
                act()
            assert caught.value.code in ("project.read_only", "undo.nothing")
        project.checkpoint()


# While it is open


def test_locked_for_long(path: Path, project: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some waiting; later it goes on."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.02)
    before = dump(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with told("project.locked"):
            _decide(project)
        other.execute("ROLLBACK")
    assert dump(path) == before
    _decide(project)


def test_locked_altogether(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program keeps everybody out."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.02)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("COMMIT")
        with told("project.locked"):
            store.open_project(path)


@pytest.mark.parametrize("act", ["moved", "deleted", "replaced"])
def test_moved_deleted_or_replaced(path: Path, project: Store, act: str, tmp_path: Path, made: Path) -> None:
    """A write would go nowhere. What is open can still be read, and saved as a copy."""
    _decide(project, "kept")
    if act == "moved":
        path.rename(tmp_path / "elsewhere.db")
    else:
        path.unlink()
    if act == "replaced":
        path.write_bytes(made.read_bytes())
    with told("project.moved"):
        _decide(project)
    project.save_copy(tmp_path / "copy.db")
    with store.open_project(tmp_path / "copy.db") as copy:
        assert copy.document(1).note == "kept"
        assert copy.check() == []


def test_moved_back(path: Path, project: Store, tmp_path: Path) -> None:
    """Then it goes on."""
    path.rename(tmp_path / "elsewhere.db")
    with told("project.moved"):
        _decide(project)
    (tmp_path / "elsewhere.db").rename(path)
    _decide(project)


def test_the_disk_is_full(path: Path, project: Store, tmp_path: Path) -> None:
    """The decision is in the file whole or not at all; with room it goes on."""
    _decide(project, "before")
    before = dump(path)
    database = project._db
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    with told("project.disk_full"):
        _decide(project, "long " * 10_000)
    run = project.begin_run("import", "x")
    with told("project.disk_full"):
        project.add_records(run, [record(f"n{i}", text=f"{i} " * 5000) for i in range(20)], origin="x")
    project.cancel_run(run)
    assert dump(path) == before
    project.save_copy(tmp_path / "copy.db")
    database.execute("PRAGMA max_page_count = 1073741823")
    _decide(project, "long " * 10_000)
    assert project.check() == []


def test_a_file_may_not_grow(path: Path, project: Store) -> None:
    """A quota: what the system refuses to write is told, and nothing has changed."""
    _decide(project, "before")
    before = dump(path)
    log = path.with_name(f"{path.name}-wal").stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log + 4096, limits[1]))
    try:
        with told("project.disk_error"):
            _decide(project, "after")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert dump(path) == before
    _decide(project, "after")
    assert project.check() == []


@pytest.mark.parametrize(
    "tables", [("span",), ("document",), ("document_text", "sqlite_autoindex_document_1")]
)
def test_damaged_pages(path: Path, tables: tuple[str, ...]) -> None:
    """Told when they are read, and by a check."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        roots = [
            other.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
            for table in tables
        ]
    content = bytearray(path.read_bytes())
    for root in roots:
        content[(root - 1) * 8192 : root * 8192] = bytes(range(256)) * 32
    path.write_bytes(content)
    with store.open_project(path) as project:
        with told("project.corrupt"):
            project.article(1)
        assert [problem.message.code for problem in project.check()] == ["check.damaged"]


def test_a_file_that_ends_too_early(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with told("project.corrupt"), store.open_project(path) as project:
        project.article(1)


@pytest.mark.parametrize("is_new", [True, False])
def test_a_disk_where_programs_cannot_share_a_log(
    path: Path, monkeypatch: pytest.MonkeyPatch, *, is_new: bool
) -> None:
    """A network folder has no shared memory, and so has this way of SQLite to lock a file."""
    connect = sqlite3.connect
    if is_new:
        with closing(connect(path)) as other:
            other.execute("PRAGMA journal_mode = DELETE")

    def without_shared_memory(name: str, **options: Any) -> sqlite3.Connection:
        return connect(name if "immutable" in name else f"{name}&vfs=unix-dotfile", **options)

    monkeypatch.setattr(sqlite3, "connect", without_shared_memory)
    with told("project.no_wal"):
        store.open_project(path)
    with store.open_project(path, read_only=True) as project:
        assert project.document_count() == 2


# Copies


def test_a_copy_holds_everything_in_one_file(project: Store, tmp_path: Path) -> None:
    """Also what is still in the log."""
    _decide(project)
    project.save_copy(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db-wal").exists()
    assert dump(tmp_path / "copy.db") == dump(project.path)
    with told("project.exists"):
        project.save_copy(tmp_path / "copy.db")
    with told("project.cannot_write"):
        project.save_copy(tmp_path / "none" / "copy.db")


def test_at_rest_the_main_file_holds_everything(project: Store, tmp_path: Path) -> None:
    """Somebody copies it with a file manager."""
    _decide(project)
    project.checkpoint()
    (tmp_path / "copy.db").write_bytes(project.path.read_bytes())
    assert dump(tmp_path / "copy.db") == dump(project.path)


def test_after_an_error_of_ours_the_project_goes_on(project: Store) -> None:
    """A record that no reader would let through takes its transaction back."""
    run = project.begin_run("import", "x")
    with pytest.raises(KeyError):
        project.add_records(run, [{"id": "without text"}], origin="x")  # type: ignore[list-item]
    project.cancel_run(run)
    put(project, record("three", text="Three."))
    assert project.check() == []
