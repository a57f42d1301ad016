"""Archives as folders, what is told of the files in them, and readers in a process of their own."""

from __future__ import annotations

import io
import itertools
import os
import signal
import stat
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.domain.changes import Message
from annotator.errors import UserError
from annotator.formats import Sources, archives
from annotator.formats.apart import Apart
from tests.formats.conftest import Make

SAMPLES = Path(__file__).parent / "samples"


def zipped(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return made.getvalue()


def told(path: Path, alive: Callable[[], None] = lambda: None) -> list[tuple[str, list[str] | str]]:
    """The name of each file, with its texts or the code of what is wrong with it."""
    found: list[tuple[str, list[str] | str]] = []
    with Sources([path], alive) as sources:
        for source in sources.files:
            name = source.shown.relative_to(path.parent).as_posix()
            try:
                reading = sources.read(source, None, {})
                found.append((name, [record["text"] for record in reading.records]))
            except UserError as error:
                found.append((name, error.code if str(source.shown) in str(error) else str(error)))
    return found


def test_an_archive_is_a_folder_in_which_one_bad_file_stops_no_other(make: Make) -> None:
    path = make(
        "news.zip",
        zipped(
            {
                "b.txt": b"Second.",
                "a/deep.txt": b"First.",
                "bad.jsonl": b"{",
                "inner.zip": zipped({"c.txt": b"Third."}),
                "photo.jpg": b"x",
                "__MACOSX/._b.txt": b"x",
            }
        ),
    )
    assert told(path) == [
        ("news.zip/b.txt", ["Second."]),
        ("news.zip/bad.jsonl", "read.bad_json"),
        ("news.zip/inner.zip/c.txt", ["Third."]),
        ("news.zip/a/deep.txt", ["First."]),
    ]


def test_an_archive_of_documents_is_no_document(make: Make) -> None:
    path = make("a.zip", b"")
    with zipfile.ZipFile(path, "w") as file:  # as they are: what they begin with is seen in the archive
        for name in ("news.pdf", "news.docx", "news.rtf"):
            file.write(SAMPLES / name, name)
    assert [name for name, _ in told(path)] == ["a.zip/news.docx", "a.zip/news.pdf", "a.zip/news.rtf"]
    assert [name for name, _ in told(path.rename(path.with_suffix("")))] == [
        "a/news.docx",
        "a/news.pdf",
        "a/news.rtf",
    ]


def test_notes_name_a_file_as_the_person_knows_it(make: Make) -> None:
    path = make("news.zip", zipped({"a.txt": "Ähnlich wie früher, sagte er.".encode("cp1252")}))
    with Sources([path]) as sources:
        reading = sources.read(sources.files[0], None, {})
        list(reading.records)
        assert [note.params["path"] for note in reading.notes] == [path / "a.txt"]


def nested(depth: int) -> bytes:
    content = zipped({"a.txt": b"x"})
    for _ in range(depth):
        content = zipped({"in.zip": content})
    return content


def link() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        entry = zipfile.ZipInfo("a.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(entry, "/etc/passwd")
    return made.getvalue()


def locked() -> bytes:
    data = bytearray(zipped({"a.txt": b"x"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({"../a.txt": b"x"}), "read.archive_escapes"),
        (zipped({"a/../../b.txt": b"x"}), "read.archive_escapes"),
        (zipped({"/tmp/a.txt": b"x"}), "read.archive_escapes"),
        (zipped({"C:\\a.txt": b"x"}), "read.archive_escapes"),
        (zipped({"..\\a.txt": b"x"}), "read.archive_escapes"),
        (link(), "read.archive_escapes"),
        (zipped({"a.txt": b"a" * 2_000_000}), "read.archive_explodes"),
        (locked(), "read.encrypted"),
        (zipped({"photo.jpg": b"x"}), "read.empty_archive"),
        (zipped({"a.txt": b"x"})[:60], "read.bad_archive"),
        (b"PK\x03\x04" + b"x" * 100, "read.bad_archive"),
    ],
    ids=itertools.count(),
)
def test_a_hostile_archive_is_refused_and_leaves_nothing(
    make: Make, tmp_path: Path, content: bytes, code: str
) -> None:
    path = make("in/a.zip", content)
    before = sorted(tmp_path.rglob("*"))
    assert told(path) == [("a.zip", code)]
    assert sorted(tmp_path.rglob("*")) == before


def test_archives_nest_three_deep_and_no_deeper(make: Make) -> None:
    assert told(make("a.zip", nested(2))) == [("a.zip/in.zip/in.zip/a.txt", ["x"])]
    assert told(make("b.zip", nested(10))) == [("b.zip/in.zip/in.zip/in.zip", "read.archive_nests")]


def test_what_archives_in_an_archive_unpack_to_counts_together(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives.Budget.__init__, "__defaults__", (2500, 100))
    inner = zipped({"a.txt": os.urandom(900)})
    path = make("a.zip", zipped({"1.zip": inner, "2.zip": inner}))
    assert [code for _, code in told(path)][1] == "read.archive_too_large"


def test_a_cancelled_import_leaves_no_folder_behind(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "home"))

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Sources([make("a.zip", zipped({"a.txt": b"x"}))], stop)
    assert list((tmp_path / "home").iterdir()) == []


def test_documents_are_read_in_one_process_that_ends_with_the_import(make: Make) -> None:
    with Sources([SAMPLES / "news.pdf", SAMPLES / "news.docx", make("c.rtf", "{\\rtf1 }")]) as sources:
        texts = []
        for source in sources.files[:2]:
            texts += [record["text"] for record in sources.read(source, None, {}).records]
        assert all("Harbour Holdings" in text for text in texts)
        with pytest.raises(UserError, match=r"c\.rtf holds no text"):
            list(sources.read(sources.files[2], None, {}).records)
        process = sources._apart._process
        assert process is not None
        assert process.is_alive()


def test_a_file_that_takes_too_long_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Apart(seconds=0.0) as process, pytest.raises(UserError, match="given up: it did not open"):
        list(process.records("pdf", SAMPLES / "news.pdf", [], {}))


def test_a_reader_that_dies_costs_one_file() -> None:
    ends: list[int] = []

    def alive() -> None:
        child = process._process
        if child is not None and child.pid is not None and not ends:
            ends.append(child.pid)
            os.kill(child.pid, signal.SIGKILL)

    with Apart(alive) as process:
        with pytest.raises(UserError, match="crashes what reads it"):
            list(process.records("pdf", SAMPLES / "news.pdf", [], {}))
        notes: list[Message] = []
        records = list(process.records("pdf", SAMPLES / "news.pdf", notes, {}))
        assert len(records) == 1


def test_memory_is_bounded(make: Make) -> None:
    path = make("a.rtf", b"{\\rtf1 %b}" % (b"x" * 150_000_000))
    with Apart(memory=300_000_000) as process, pytest.raises(UserError, match="too much memory"):
        list(process.records("rtf", path, [], {}))


def test_names_of_a_mac_are_read_as_it_means_them(make: Make) -> None:
    """It writes UTF-8 and does not say so."""
    packed = zipped({"Müller.txt": b"Ann won."})
    entry = packed.index(b"PK\x01\x02")
    flags = bytearray(packed)
    flags[7] &= ~0x08
    flags[entry + 9] &= ~0x08
    assert told(make("a.zip", bytes(flags))) == [("a.zip/Müller.txt", ["Ann won."])]


def test_two_files_of_one_name_are_both_read(make: Make) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file, warnings.catch_warnings(action="ignore"):
        for name, text in (("a.txt", "Ann won."), ("a.txt", "Bob won."), ("A.txt", "Cy won.")):
            file.writestr(name, text)
    found = told(make("a.zip", made.getvalue()))
    assert sorted(texts[0] for _, texts in found) == ["Ann won.", "Bob won.", "Cy won."]
    broken = make("b.zip", zipped({"a": b"x", "a/b.txt": b"y"}))
    assert told(broken) == [("b.zip", "read.bad_archive")]
