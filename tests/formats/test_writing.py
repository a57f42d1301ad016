from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import About, Format, files, read, registry, write, writing
from tests.formats.records import records
from tests.store.effort import repeats

RECORDS: list[Record] = [
    {"id": "a", "text": "Ann Lee won.", "spans": [{"start": 0, "end": 7, "label": "PERSON"}]},
    {"id": "b", "text": "👩‍🚀\u2028"},
]
GOLDEN = Path(__file__).parent.parent / "golden" / "interchange.jsonl"


def failing(error: BaseException) -> Iterator[Record]:
    yield RECORDS[0]
    raise error


@pytest.fixture(params=["there", "not there"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A target in a folder of its own, with and without an older export in its place."""
    path = tmp_path / "out" / "set.jsonl"
    path.parent.mkdir()
    if request.param == "there":
        path.write_bytes(b"old\n")
    return path


def state_of(target: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in target.parent.iterdir()}


@settings(
    max_examples=repeats(suite=20, portion=300, soak=10_000),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(st.lists(records(), min_size=1, max_size=3))
def test_a_round_trip_loses_nothing(tmp_path: Path, items: list[Any]) -> None:
    path = tmp_path / "set.jsonl"
    counts = write(path, items)
    assert (counts.documents, counts.spans) == (len(items), sum(len(item["spans"]) for item in items))
    assert list(read(path).records) == items
    first = path.read_bytes()
    write(path, read(path).records)
    assert path.read_bytes() == first


def test_the_written_bytes_are_those_of_the_golden_file(tmp_path: Path) -> None:
    items = list(read(GOLDEN).records)
    write(tmp_path / "set.jsonl", items)
    assert (tmp_path / "set.jsonl").read_bytes() == GOLDEN.read_bytes()


def test_the_golden_file_holds_every_field_of_the_interchange_record() -> None:
    from annotator.domain.record import DOCUMENT_FIELDS, ENTITY_FIELDS, SPAN_FIELDS

    items: list[Any] = list(read(GOLDEN).records)
    of_spans = [span for item in items for span in item["spans"]]
    of_entities = [entity for item in items for entity in item.get("entities", {}).values()]
    assert frozenset().union(*items) >= DOCUMENT_FIELDS
    # the gold files' plain lists are read only
    assert frozenset().union(*of_spans) >= SPAN_FIELDS - {"accused", "accuser"}
    assert frozenset().union(*of_entities) >= ENTITY_FIELDS


def test_an_older_export_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "set.jsonl"
    target.write_bytes(b"old\n")
    target.chmod(0o640)
    write(target, RECORDS)
    assert [record["id"] for record in read(target).records] == ["a", "b"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(tmp_path.glob(".*.part*")) == []


def test_a_new_export_has_the_usual_permissions(tmp_path: Path) -> None:
    write(tmp_path / "set.jsonl", RECORDS)
    (tmp_path / "plain").write_bytes(b"")
    assert (tmp_path / "set.jsonl").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    real = tmp_path / "real.jsonl"
    real.write_bytes(b"old\n")
    (tmp_path / "link.jsonl").symlink_to(real)
    write(tmp_path / "link.jsonl", RECORDS)
    assert (tmp_path / "link.jsonl").is_symlink()
    assert real.read_bytes() != b"old\n"


@pytest.mark.parametrize(
    "error", [ValueError("a bug"), UserError("read.missing", path="a"), KeyboardInterrupt()]
)
def test_an_exception_in_the_middle_leaves_things_as_they_were(target: Path, error: BaseException) -> None:
    before = state_of(target)
    with pytest.raises(type(error)):
        write(target, failing(error))
    assert state_of(target) == before


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_things_as_they_were(
    target: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = state_of(target)
    monkeypatch.setattr(*((writing.os, "fsync") if call == "fsync" else (Path, "replace")), fail)
    with pytest.raises(UserError, match=r"No space left on device.*unchanged"):
        write(target, RECORDS)
    assert state_of(target) == before


def test_a_disk_that_fills_up_leaves_things_as_they_were(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(items: Iterable[Record], path: Path, about: About) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(registry, "formats", lambda: {"full": Format("full", (), write=fill)})
    before = state_of(target)
    with pytest.raises(UserError, match="No space left on device"):
        write(target, RECORDS, "full")
    assert state_of(target) == before


def test_nothing_moves_into_place_before_the_disk_has_it(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    sync, move = os.fsync, Path.replace
    monkeypatch.setattr(writing.os, "fsync", lambda file: (calls.append("fsync"), sync(file))[1])
    monkeypatch.setattr(Path, "replace", lambda self, to: (calls.append("replace"), move(self, to))[1])
    write(target, RECORDS)
    assert calls == ["fsync", "replace", "fsync"]


def test_a_target_without_permission_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    before = state_of(target)
    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(UserError, match="Permission denied"):
        write(target, RECORDS)
    monkeypatch.undo()
    assert state_of(target) == before


def test_a_target_that_may_not_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "set.jsonl"
    target.write_bytes(b"old\n")
    monkeypatch.setattr(writing.os, "access", lambda path, mode: False)
    with pytest.raises(UserError) as caught:
        write(target, RECORDS)
    assert caught.value.code == "write.onto_file"
    assert target.read_bytes() == b"old\n"


@pytest.mark.parametrize("name", ["p.db", "p.db-wal", "p.db-shm", "p.db-journal"])
def test_a_project_is_never_written_over(tmp_path: Path, name: str) -> None:
    connection = sqlite3.connect(tmp_path / "p.db")
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    before = (tmp_path / "p.db").read_bytes()
    with pytest.raises(UserError) as caught:
        write(tmp_path / name, RECORDS)
    assert caught.value.code == "write.onto_project"
    assert (tmp_path / "p.db").read_bytes() == before


def test_folders_and_missing_folders_are_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "write.onto_folder"), (tmp_path / "no" / "a.jsonl", "write.no_folder")):
        with pytest.raises(UserError) as caught:
            write(path, RECORDS)
        assert caught.value.code == code
        assert str(path) in str(caught.value)


def test_a_format_of_several_files_is_a_folder_moved_into_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_each(items: Iterable[Record], folder: Path, about: About) -> None:
        folder.mkdir()
        for item in items:
            (folder / f"{item['id']}.txt").write_text(item["text"], encoding="utf-8")

    monkeypatch.setattr(
        registry, "formats", lambda: {"each": Format("each", (), write=one_each, folder=True)}
    )
    assert write(tmp_path / "new", RECORDS, "each").documents == 2
    assert sorted(state_of(tmp_path / "new" / "x")) == ["a.txt", "b.txt"]
    with pytest.raises(UserError, match="not empty"):
        write(tmp_path / "new", RECORDS, "each")
    with pytest.raises(ValueError, match="a bug"):
        write(tmp_path / "newer", failing(ValueError("a bug")), "each")
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["new"]


@pytest.mark.parametrize(("format", "name"), [("csv", "set.csv"), ("labelbuddy", "set.json")])
def test_what_stands_beside_an_export_is_no_article_of_its_folder(
    format: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / "sets").mkdir()
    items: Any = [{"id": "a", "text": "Ann fell.", "note": "Look again.", "tags": ["x"]}]
    write(tmp_path / "sets" / name, items, format)
    write(tmp_path / "sets" / "set.conll", items, "conll2003")
    told = sorted(path.name for path in (tmp_path / "sets").glob("*.losses.md"))
    assert "set.conll.losses.md" in told  # each beside its own
    assert files([tmp_path / "sets"]) == [tmp_path / "sets" / "set.conll", tmp_path / "sets" / name]
