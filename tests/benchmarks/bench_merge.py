"""Merging a second reviewer's project: time and memory, beside plain SQLite copying the same rows.

usage: python -m tests.benchmarks.bench_merge [W1|W2]

Both reviewers have the same articles; of twenty spans they decided one differently.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from annotator import store
from annotator.session.comparing import Search
from annotator.session.importing import import_paths
from annotator.session.merging import merge_projects
from tests.benchmarks import measure, workloads

SECONDS, MEBIBYTES = 60.0, 500
"""The goals for W2."""
LOOKS = 300


def main() -> None:
    """Measure on one workload."""
    name = measure.workload(__doc__ or "")
    with tempfile.TemporaryDirectory() as folder:
        into, other = _projects(name, Path(folder))
        print(f"merge: two {name}, {into.stat().st_size / 1e6:.0f} MB each")
        floor = measure.alone(_copy_rows, other, Path(folder) / "floor.db")
        took = measure.alone(_merge, into, other)
        goal = SECONDS if name == "W2" else None
        measure.tell("merge, on the wall", took.time.wall, "plain copying", floor.time.wall, goal)
        measure.tell("merge, processor", took.time.cpu, "plain copying", floor.time.cpu)
        print(f"  memory {took.mebibytes:.0f} MiB (goal {MEBIBYTES})")
        again = measure.alone(_merge, into, other)
        measure.tell("the same again", again.time.wall, "plain copying", floor.time.wall)
        with store.open_project(into) as project:
            found, looked = measure.timed(lambda: Search(project).count())
        measure.tell(f"finding {found} articles that differ", looked.wall, "plain copying", floor.time.wall)
        with store.open_project(into) as project:
            search, began = measure.timed(lambda: Search(project))
            looks = [measure.timed(lambda: search.look(lambda: False))[1].cpu for _ in range(LOOKS)]
        print(
            f"  comparing begins after {began.cpu * 1e3:.1f} ms; a look between two keys takes "
            f"{sorted(looks)[LOOKS // 2] * 1e3:.1f} ms, at most {max(looks) * 1e3:.1f} ms of processor"
        )


def _projects(name: str, place: Path) -> tuple[Path, Path]:
    source = workloads.write(name, place / "w.jsonl")
    into, other = place / "kim.db", place / "lee.db"
    with store.create(into) as project:
        import_paths(project, [source])
    source.unlink()
    shutil.copy(into, other)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute(
            "UPDATE span SET state = 'rejected', \"by\" = 'lee', at = '2026-11-24T01:02:03Z' WHERE id % 20 = 0"
        )
        connection.commit()
    return into, other


def _copy_rows(other: Path, target: Path) -> None:
    """The least that could be done: all spans and texts into tables with the same unique index."""
    with closing(sqlite3.connect(target)) as connection:
        connection.execute(f"ATTACH '{other}' AS other")
        connection.execute(
            'CREATE TABLE span (id INTEGER PRIMARY KEY, document, layer, start, "end", label, state, origin, text, '
            'UNIQUE (document, layer, start, "end", label))'
        )
        connection.execute(
            'INSERT INTO span SELECT id, document, layer, start, "end", label, state, origin, text FROM other.span'
        )
        connection.commit()


def _merge(into: Path, other: Path) -> None:
    with store.open_project(into) as project:
        merge_projects(project, [other], "kim")


if __name__ == "__main__":
    main()
