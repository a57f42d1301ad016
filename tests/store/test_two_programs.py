"""Two programs at work on one file: what was acknowledged is there once, what was refused had no effect."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from annotator.store import Store
from tests.store.effort import repeats
from tests.store.making import put, sample
from tests.store.working import digest

ROOT = Path(__file__).resolve().parents[2]
ACTS = repeats(suite=60, portion=200, soak=6000)


def start(project: Path, *arguments: object) -> subprocess.Popen[str]:
    """A program that works on a project and says what was acknowledged."""
    command = [sys.executable, "-m", "tests.store.working", str(project), *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def acknowledged(project: Store, lines: list[str], reviewer: str) -> set[int]:
    """Assert that everything a program was told is there; the rows of the journal that it names."""
    entries = {entry.id: entry for entry in project.history(limit=-1)}
    named = set()
    for kind, *rest in (line.split() for line in lines):
        if kind in ("do", "undo", "redo"):
            entry = entries[int(rest[0])]
            assert (entry.kind, entry.reviewer, digest(entry.changes)) == (kind, reviewer, rest[1])
            named.add(entry.id)
        elif kind == "import":
            name, count = rest
            assert listed(project, name) == int(count)
    return named


def listed(project: Store, run: str) -> int:
    """How many articles of a closed import there are, those included that were removed later."""
    with closing(sqlite3.connect(project.path)) as connection:
        query = "SELECT count(*) FROM document WHERE name LIKE ? || '-%' AND run NOT IN open_run"
        return int(connection.execute(query, [run]).fetchone()[0])


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2])
def test_every_acknowledged_act_is_there_once(empty: Store, seed: int) -> None:
    """And every refused one told and without effect: the journal tells the whole state of the file."""
    put(empty, *sample())
    programs = {name: start(empty.path, name, seed, ACTS) for name in ("kim", "lee")}
    lines = {name: program.communicate()[0].splitlines() for name, program in programs.items()}
    assert {program.returncode for program in programs.values()} == {0}
    assert empty.check() == []
    named = [acknowledged(empty, told, name) for name, told in lines.items()]
    assert not named[0] & named[1]
    assert named[0] | named[1] == {entry.id for entry in empty.history(limit=-1)}
    refused = Counter(
        line.split()[1] for told in lines.values() for line in told if line.startswith("refused")
    )
    assert refused.keys() <= {
        "change.conflict",
        "redo.nothing",
        "undo.nothing",
        "undo.blocked",
        "redo.blocked",
        "undo.overtaken",
        "redo.overtaken",
        "project.locked",  # the other one had it too long, as on a machine that is busy with more
    }


def test_a_window_follows_what_another_program_writes(empty: Store) -> None:
    """Reading only the news, it sees in the end what is in the file."""
    put(empty, *sample())
    articles = {number: empty.article(number) for number in (1, 2)}
    program = start(empty.path, "lee", 3, ACTS)
    seen: list[int] = []
    ended = False
    while not ended:
        ended = program.poll() is not None
        for news in empty.news():
            seen += [news.journal] * (news.journal is not None)
            for article in articles.values():
                article.apply(news.rows)
            if news.kind == "foreign":  # a run may have written: what has another revision is read again
                for number, article in articles.items():
                    if empty.document(number).revision != article.document.revision:
                        articles[number] = empty.article(number)
    assert program.stdout is not None
    told = program.stdout.read().splitlines()
    program.stdout.close()
    assert seen == sorted(acknowledged(empty, told, "lee"))
    for number, article in articles.items():
        assert article.spans == empty.article(number).spans
        assert article.links == empty.article(number).links
