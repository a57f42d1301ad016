"""Mutated files into a project, one after the other, as a program that its caller restarts when it ends.

usage: python -m tests.formats.fuzzing SEED COUNT FIRST FOLDER SAMPLE...

COUNT mutants of each sample, of the first of them from number FIRST on. Each number of a seed makes the
same file of a sample again, on every machine; it is printed before the file is read. What ends the
program is a finding: five seconds pass, memory is over the limit in our own code, an error is raised
that is no UserError, or a refused file left a row.
"""

from __future__ import annotations

import io
import random
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from annotator.domain.changes import Message
from annotator.domain.record import Record
from annotator.formats import Columns, guarded, registry
from annotator.formats.apart import Apart
from annotator.session.importing import import_paths
from annotator.store import Store, create

SECONDS = 5
"""Of the processor: a machine that others use as well is no finding. Ten times that on the clock."""
MEMORY = 2 << 30
TABLES = "document span entity link role relation label proposal".split()
_TOKENS = (
    *(
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\r",
        b"\n\n",
        b"../",
        b"%s%n",
        b"\\u0000",
        b"\\ud800",
    ),
    *(b"-1", b"0", b"99999999999999999999", b"1e999", b"NaN", b"null", b"true", b'"', b"'", b"&#0;", b"&a;"),
    *(
        b'<!DOCTYPE a [<!ENTITY a "b">]>',
        b"<a>" * 300,
        b"[" * 3000,
        b"{" * 300,
        b"(" * 300,
        b"<!--",
        b"]]>",
        b"<",
    ),
)


def main(seed: int, count: int, first: int, folder: Path, samples: list[Path]) -> None:
    """Read the mutants; those of a sample that were refused are counted."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    Apart.records = _here  # type: ignore[method-assign]
    for at, sample in enumerate(samples):
        # what a reader loads at its first file is not what a file takes
        if not registry.is_archive(sample):
            list(guarded.records(registry.guess(sample), sample, [], {}))
        refused = 0
        project = Path(tempfile.mkdtemp(dir=folder), "fuzz.annot")
        with create(project) as store, closing(sqlite3.connect(project)) as outside:
            for number in range(first, count):
                chance = random.Random(f"{seed} {sample.name} {number}")
                path = mutant(sample, chance, folder)
                sys.stdout.write(f"{at} {number}\n")
                sys.stdout.flush()
                named = registry.guess(sample).name if chance.random() < 0.5 else None
                refused += _is_refused(store, outside, path, named)
        sys.stdout.write(f"{sample.name}: {count - first} read, {refused} refused\n")
        first = 0


def mutant(sample: Path, chance: random.Random, folder: Path) -> Path:
    """A sample with something wrong in it; of a folder, in one of its files."""
    path = folder / sample.name
    if sample.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(sample, path)
        file = chance.choice(sorted(file for file in path.rglob("*") if file.is_file()))
        file.write_bytes(_mutated(file.read_bytes(), chance))
    else:
        path.write_bytes(_mutated(sample.read_bytes(), chance))
    return path


def _mutated(data: bytes, chance: random.Random) -> bytes:
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _in_archive(data, chance)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        data = _change(data, chance)
    return data


def _in_archive(data: bytes, chance: random.Random) -> bytes:
    """An archive that is whole, with one of its files changed: else nothing gets past the checksums."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        names = old.namelist()
        changed = chance.choice(names)
        for name in names:
            content = old.read(name)
            kind = old.getinfo(name).compress_type
            new.writestr(
                zipfile.ZipInfo(name), _mutated(content, chance) if name == changed else content, kind
            )
    return made.getvalue()


def _change(data: bytes, chance: random.Random) -> bytes:
    at, other = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    if chance.random() < 0.7:
        other = min(other, at + chance.choice((1, 2, 8, 64)))
    return chance.choice(
        (
            lambda: data[:at] + chance.randbytes(other - at) + data[other:],
            lambda: data[:at] + data[other:],
            lambda: data[:other] + data[at:other] * chance.choice((1, 3, 50)) + data[other:],
            lambda: data[:at] + chance.choice(_TOKENS) + data[other:],
            lambda: data[:at] + chance.choice(_TOKENS) + data[at:],
            lambda: data[: at if chance.random() < 0.3 else len(data)],
            lambda: _flipped(data, chance),
        )
    )()[:1_000_000]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    """With other bits here and there, about one of fifty bytes."""
    made = bytearray(data)
    for at in chance.choices(range(len(made)), k=len(made) // 50 + 1) if made else ():
        made[at] ^= 1 << chance.randrange(8)
    return bytes(made)


def _is_refused(store: Store, outside: sqlite3.Connection, path: Path, format: str | None) -> bool:
    before = _rows(outside)
    _alarm(SECONDS)
    report = import_paths(store, [path], format=format)
    _alarm(0)
    if len(report.refused) == len(report.files) and _rows(outside) != before:
        raise AssertionError(f"a part of a refused file came in: {before}, then {_rows(outside)}")
    for one in report.refused:
        str(one.error)
    for message in report.messages():
        str(message)
    return bool(report.refused)


def _alarm(seconds: int) -> None:
    """Have the process end, as signals do by default, when it works or waits for too long."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(10 * seconds)


def _rows(project: sqlite3.Connection) -> list[int]:
    return [project.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]


def _here(_self: Apart, format: str, path: Path, notes: list[Message], columns: Columns) -> Iterator[Record]:
    """In this process: an error that the other one would have hidden is seen."""
    return guarded.records(registry.reader(format), path, notes, columns)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), Path(sys.argv[4]), list(map(Path, sys.argv[5:])))
