"""An acknowledged act is in the file: when the program is killed, when the disk is full, when the log is cut."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.domain.edits import document_edits
from annotator.store import Store
from tests.soak.trace_sync import judge
from tests.store.effort import repeats
from tests.store.making import record
from tests.store.test_two_programs import acknowledged, listed, start

RUNS = repeats(suite=4, portion=24, soak=200)
RUNS_OF_A_PROJECT = 20
CUTS = repeats(suite=12, portion=50, soak=1000)
FULL = 2
MORE_THAN_IT_GETS = 100_000  # so that a slow kill still meets it at work


def work_and_kill(project: Path, seed: int, after: int, *pages: int) -> list[str]:
    """Kill a program some time after so many acts; what it was told."""
    program = start(project, "kim", seed, MORE_THAN_IT_GETS, *pages)
    assert program.stdout is not None
    told = [program.stdout.readline() for _ in range(after)]
    program.kill()
    told += [line for line in program.stdout if line.endswith("\n")]
    program.stdout.close()
    assert program.wait() < 0, "it had ended by itself"
    return told


def suggested(project: Store) -> int:
    """Suggestion runs that were closed."""
    return sum(run.kind == "suggest" and run.state == "closed" for run in project.runs(limit=-1))


@pytest.mark.soak
@pytest.mark.parametrize("batch", range(-(-RUNS // RUNS_OF_A_PROJECT)))
def test_nothing_acknowledged_is_lost_when_the_program_is_killed(path: Path, batch: int) -> None:
    """SIGKILL at random moments, every third time with a disk that fills up on the way.

    After it: every decision that was told, with what it held; at most the one that was being told
    besides; imports whole or not at all; and the journal still tells the state of every row.
    """
    source = random.Random(f"kill {batch}")
    for run in range(batch * RUNS_OF_A_PROJECT, min(RUNS, (batch + 1) * RUNS_OF_A_PROJECT)):
        with store.open_project(path) as project:
            before = {entry.id for entry in project.history(limit=-1)}
            runs = suggested(project)
        pages = [source.randint(0, 60)] if run % 3 == 2 else []
        told = work_and_kill(path, run, source.randint(1, 60), *pages)
        with store.open_project(path) as project:
            assert project.check() == []
            entries = {entry.id for entry in project.history(limit=-1)} - before
            assert 0 <= len(entries - acknowledged(project, told, "kim")) <= 1
            assert 0 <= suggested(project) - runs - sum(line.startswith("suggest") for line in told) <= 1
            _whole_or_not_at_all(project)


def _whole_or_not_at_all(project: Store) -> None:
    """The number of articles that each closed import says it brought in; none of any other."""
    for run in project.runs(limit=-1):
        if run.kind == "import" and run.name != "test":
            assert (listed(project, run.name) > 0) == (run.state == "closed")
    with closing(sqlite3.connect(project.path)) as connection:
        query = "SELECT count(*) FROM document JOIN run ON run.id = document.run WHERE run.state <> 'closed'"
        assert connection.execute(query).fetchone() == (0,)


@pytest.mark.soak
def test_a_log_cut_at_any_byte_opens_as_a_prefix_of_what_was_acknowledged(path: Path, tmp_path: Path) -> None:
    """As after a power cut: the file opens clean, up to some act, with nothing that came after it."""
    told = [line.split() for line in work_and_kill(path, 1, 60)]
    log = path.with_name(f"{path.name}-wal")
    whole = log.read_bytes()
    source = random.Random("cut")
    frame, header = 8192 + 24, 32
    boundaries = range(header, len(whole), frame)
    cuts = {0, header, len(whole), *(source.randrange(len(whole)) for _ in range(CUTS))}
    cuts |= {
        edge + near
        for edge in source.sample(boundaries, min(CUTS // 4, len(boundaries)))
        for near in (-1, 0, 1)
    }
    reached = 0
    for number, cut in enumerate(sorted(cuts)):
        place = tmp_path / f"cut{number}"
        place.mkdir()
        shutil.copy(path, place / "p.db")
        (place / "p.db-wal").write_bytes(whole[:cut])
        with store.open_project(place / "p.db") as project:
            assert project.check() == []
            there = [_is_there(project, act) for act in told if act[0] in ("do", "undo", "redo", "import")]
            count = sum(there)
            assert there == [True] * count + [False] * (len(there) - count)
            assert count >= reached
            reached = count
        shutil.rmtree(place)
    assert reached == sum(act[0] in ("do", "undo", "redo", "import") for act in told)


def _is_there(project: Store, act: list[str]) -> bool:
    if act[0] == "import":
        return listed(project, act[1]) == int(act[2])
    with closing(sqlite3.connect(project.path)) as connection:
        return bool(connection.execute("SELECT 1 FROM journal WHERE id = ?", [act[1]]).fetchone())


@pytest.mark.parametrize(
    ("calls", "early"),
    [
        (["pwrite64(4</p.db-wal>, ...", "fdatasync(4</p.db-wal>) = 0", 'write(1<pipe>, "do 1 x"'], 0),
        (["pwrite64(4</p.db-wal>, ...", 'write(1<pipe>, "do 1 x"', "fdatasync(4</p.db-wal>) = 0"], 1),
        (["pwrite64(4</p.db-wal>, ...", "fdatasync(3</p.db>) = 0", 'write(1<pipe>, "do 1 x"'], 1),
        (["pwrite64(4</p.db-wal>, ...", 'write(1<pipe>, "refused x"', 'write(2<pipe>, "x"'], 0),
    ],
)
def test_a_trace_is_judged_rightly(calls: list[str], early: int) -> None:
    """What `make soak` looks at in the system calls."""
    assert judge(calls, "p.db-wal")[1] == early


def test_the_store_asks_for_a_synced_log(project: Store) -> None:
    """For a decision and the end of a run, not for each part of a run.

    That SQLite then syncs it before each acknowledgement is seen by `tests/soak/trace_sync.py`.
    """

    def synced() -> bool:
        return bool(project._db.execute("PRAGMA synchronous").fetchone()[0] == FULL)

    project.apply(document_edits.set_fields(project.document(1), note="x"), "kim")
    assert synced()
    run = project.begin_run("import", "x")
    project.add_records(run, [record("x", text="X.")], origin="x")
    assert not synced()
    project.end_run(run, {})
    assert synced()
