from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.formats import Fit, Format, files, read, registry
from tests.formats.conftest import Make, all_of, refusal


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.txt", "Plain.", "txt"),
        ("a.TXT", "Plain.", "txt"),
        ("a.jsonl", '{"text": "a"}', "jsonl"),
        ("a.txt", '{"id": 5, "text": "a"}', "jsonl"),
        ("article", "Plain.", "txt"),
        ("notes.md", "Plain.", "txt"),
        ("a.jsonl", "not json", "jsonl"),
        ("a.txt", '\ufeff\n {"project" : {}}', "jsonl"),
        ("a.txt", "{braces} in a text", "txt"),
    ],
)
def test_the_format_is_guessed_from_content_and_name(
    make: Make, name: str, content: str, format: str
) -> None:
    assert registry.guess(make(name, content)).name == format


def test_a_named_format_is_not_guessed(make: Make) -> None:
    path = make("a.txt", '{"text": "a"}')
    assert all_of(path, "txt")[0][0]["text"] == '{"text": "a"}'


def test_an_unknown_format_is_refused_with_those_there_are(make: Make) -> None:
    with pytest.raises(UserError, match=r"no format xml.*jsonl.*txt"):
        read(make("a.txt", "a"), "xml")


def test_a_format_that_is_only_read_cannot_be_written() -> None:
    with pytest.raises(UserError, match="no format txt"):
        registry.writer("txt")


def test_missing_files_folders_and_other_things_are_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.txt").code == "read.missing"
    assert refusal(tmp_path).code == "read.empty_folder"
    fifo = tmp_path / "pipe.txt"
    os.mkfifo(fifo)
    assert refusal(fifo).code == "read.no_file"


def test_a_disk_error_while_reading_is_told(
    make: Make, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    def fail(path: Path, notes: list[Message]) -> Iterator[Record]:
        yield {"id": "a", "text": "a"}
        raise OSError(5, "Input/output error")

    _install(monkeypatch, request, Format("torn", (".torn",), None, fail))
    error = refusal(make("a.torn", "a"))
    assert (error.code, error.params["why"]) == ("read.failed", "Input/output error")


def test_a_plug_in_is_a_format_like_ours(
    make: Make, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    def shout(path: Path, notes: list[Message]) -> Iterator[Record]:
        yield {"id": "a", "text": path.read_text().upper()}

    def fit(head: bytes) -> Fit:
        return Fit.SURE if head.startswith(b"SHOUT") else Fit.NO

    _install(monkeypatch, request, Format("shout", (".shout",), fit, shout))
    assert all_of(make("a.txt", "SHOUT it"))[0][0]["text"] == "SHOUT IT"
    assert all_of(make("b.shout", "it"))[0][0]["text"] == "IT"
    assert make("c.shout", "it") in files([make("c.shout", "it").parent])


def test_a_plug_in_that_does_not_load_is_named(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    _register(monkeypatch, request, EntryPoint("torn", "no_such_module:FORMAT", registry.GROUP))
    assert "csv" in registry.formats()
    assert "torn" not in registry.formats()
    error = registry.known().broken["torn"]
    assert "The format torn is left out" in str(error)
    with pytest.raises(UserError, match="The format torn is left out"):
        registry.reader("torn")


def test_a_plug_in_that_fails_at_a_file_is_left_out_and_stops_no_other_one(
    make: Make, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    def fit(head: bytes) -> Fit:
        raise ZeroDivisionError

    _install(monkeypatch, request, Format("torn", (".torn",), fit, lambda _path, _notes: iter(())))
    assert all_of(make("a.txt", "It rains."))[0][0]["text"] == "It rains."
    assert list(registry.known().broken) == ["torn"]


def test_what_a_plug_in_raises_is_told_of_its_file(
    make: Make, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    def read(path: Path, notes: list[Message]) -> Iterator[Record]:
        raise KeyError("page")
        yield

    _install(monkeypatch, request, Format("torn", (".torn",), read=read))
    with pytest.raises(UserError, match="is damaged, or no torn file"):
        all_of(make("a.torn", "It rains."))


def test_folders_are_expanded_in_order_and_each_file_once(make: Make, tmp_path: Path) -> None:
    for name in (
        "in/b.txt",
        "in/a.jsonl",
        "in/sub/c.txt",
        "in/photo.jpg",
        "in/.hidden.txt",
        "in/.git/x.txt",
        "in/~$c.txt",
    ):
        make(name, "a")
    single = make("z.dat", "a")
    found = files([single, tmp_path / "in", tmp_path / "in" / "b.txt"])
    names = [path.relative_to(tmp_path).as_posix() for path in found]
    assert names == ["z.dat", "in/a.jsonl", "in/b.txt", "in/sub/c.txt"]


def test_a_folder_without_articles_and_a_missing_file_stay_to_be_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / "empty", tmp_path / "gone.txt"]
    assert files(paths) == paths


def _install(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, format: Format) -> None:
    """Have the registry find this format as an entry point of some other package."""
    monkeypatch.setattr(f"{__name__}._plug_in", format, raising=False)
    _register(monkeypatch, request, EntryPoint(format.name, f"{__name__}:_plug_in", registry.GROUP))


def _register(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, point: EntryPoint) -> None:
    ours = registry.entry_points
    monkeypatch.setattr(registry, "entry_points", lambda group: [*ours(group=group), point])
    registry.known.cache_clear()
    request.addfinalizer(registry.known.cache_clear)
