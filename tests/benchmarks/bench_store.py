"""The project file under load: import, export, edits, opening, search, bulk acts, memory.

usage: python -m tests.benchmarks.bench_store [W1|W2]

Each beside a floor that is measured on the same machine in the same run: plain sqlite3 and orjson
doing the least that could be done, or one write that the disk holds.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles

from annotator import store
from annotator.domain.changes import Author, ChangeSet, Message
from annotator.domain.edits import span_edits
from annotator.domain.models import STATES
from annotator.domain.suggestion import Suggestion
from annotator.session.exporting import ExportChoice, export
from annotator.session.importing import import_paths
from annotator.store import Store
from tests.benchmarks import measure, plain, workloads

KIM = Author("kim", "2026-11-24T01:02:03Z")
EDITS = 200
BULK = 10_000
SLICE = 16
QUERIES = (
    "officials|Zür|prot|world cup|acme corp|nestl|society|grego|Red Cross|Kowalczyk|müller|rossi announced|supreme|"
    "fla|hurricane warned|tokyo trading|strike|north sea|Bogotá|according officials familiar|billion|shares fell|"
    "nguyễn|O’Connor|in the old harbour|crédit|wildf|xyzzy|monday|percent|lagos|baltic|election signed|"
    "João|são paulo metals|ing|spokesman report|eastern|testified|statements expected soon|ava silva|emma|markets|"
    "protest march in paris|ceasefire negotiations|kwame|mount etna|reuters|gulf of mexico|jakarta hearing"
).split("|")


def main() -> None:
    """Measure everything on one workload."""
    name = measure.workload(__doc__ or "")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = workloads.write(name, place / f"{name}.jsonl")
        print(f"store: {name}, {source.stat().st_size / 1e6:.1f} MB")
        _in_and_out(source, place)
        _open(place / "project.db", place / "plain.db", place)
        _search(place / "project.db", place / "plain.db")
        _edit(place / "project.db", place)
        _bulk(place / "project.db", place / "plain.db")
        memory = measure.alone(_look_around, place / "project.db").mebibytes
        print(f"  memory with the project open, without a window: {memory:.0f} MiB (goal 250)")


def _in_and_out(source: Path, place: Path) -> None:
    project, floor_file = place / "project.db", place / "plain.db"
    floor = measure.alone(plain.import_, source, floor_file)
    ours = measure.alone(_import, source, project)
    measure.tell("import (processor)", ours.time.cpu, plain.NAME, floor.time.cpu)
    measure.tell("import (wall)", ours.time.wall, plain.NAME, floor.time.wall, goal=15)
    memory = [ours.mebibytes]
    floor = measure.alone(plain.export, floor_file, place / "plain.jsonl")
    ours = measure.alone(_export, project, place / "out.jsonl")
    measure.tell("export (processor)", ours.time.cpu, plain.NAME, floor.time.cpu)
    measure.tell("export (wall)", ours.time.wall, plain.NAME, floor.time.wall, goal=5)
    memory.append(ours.mebibytes)
    print("  memory of import and export: {:.0f} and {:.0f} MiB (goal 200)".format(*memory))
    ratio = project.stat().st_size / source.stat().st_size
    print(f"  the project is {ratio:.2f} x its JSONL (goal 1.3)")


def _import(source: Path, project: Path) -> None:
    with store.create(project) as opened:
        assert not import_paths(opened, [source]).refused


def _export(project: Path, out: Path) -> None:
    with store.open_project(project, read_only=True) as opened:
        export(opened, out, ExportChoice(spans="all", documents="all"))


def _open(project: Path, floor_file: Path, place: Path) -> None:
    """Against a project of a hundred articles, which shows what depends on their number."""
    small = place / "small.db"
    with store.create(small) as opened:
        run = opened.begin_run("import", "small")
        articles = workloads.records("W1")
        opened.add_records(run, (next(articles) for _ in range(100)), origin="import")
        opened.end_run(run, {})
    floor = median(_walls(lambda: plain.open_(floor_file), range(20)))
    few = median(_walls(lambda: _first_article(small), range(20)))
    many = median(_walls(lambda: _first_article(project), range(20)))
    measure.tell("open, list, first article", many, "plain sqlite3", floor)
    print(f"    that is {(many - few) * 1000:.1f} ms more than with 100 articles (goal 100)")


def _first_article(project: Path) -> None:
    with store.open_project(project) as opened:
        [first, *_] = opened.documents(limit=60)
        opened.document_count()
        opened.article(first.id)


def _search(project: Path, floor_file: Path) -> None:
    """The first fifty hits of each query with their places, in queue order."""
    assert len(QUERIES) == 50
    with closing(sqlite3.connect(floor_file)) as connection:
        floor = _p95([_walls(lambda words=words: plain.search(connection, words))[0] for words in QUERIES])
    with store.open_project(project) as opened:
        ours = _p95([median(_walls(lambda words=words: opened.search(words), range(3))) for words in QUERIES])
    measure.tell("search, p95 of 50 queries", ours, "LIKE, no places", floor, goal=0.020)


def _edit(project: Path, place: Path) -> None:
    """One decision with its commit, while another program writes suggestions all the time."""
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(project)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    assert writer.stdin is not None
    source = random.Random(1)
    ours: list[float] = []
    floor: list[float] = []
    with store.open_project(project) as opened:
        documents = source.sample([row.id for row in opened.documents()], EDITS)
        writer.stdout.readline()
        for document in documents:
            article = opened.article(document)
            change = span_edits.delete(article, [min(article.spans)], KIM)
            ours += _walls(lambda change=change: opened.apply(change, "kim"))
            floor += _walls(lambda: plain.sync(place / "log"))
    told, _ = writer.communicate("\n")
    assert writer.returncode == 0
    measure.tell("edit with its commit, p95", _p95(ours), "one write and sync, p95", _p95(floor))
    excess = (_p95(ours) - _p95(floor)) * 1000
    print(f"    beside {told.strip()}; {excess:.1f} ms beyond one sync (goal 5)")


_WRITER = """
import sys, threading
from pathlib import Path
from tests.benchmarks.bench_store import write_suggestions
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), ended.set()), daemon=True).start()
print("at work", flush=True)
print(write_suggestions(Path(sys.argv[1]), ended.is_set), "written suggestions")
"""


def write_suggestions(project: Path, ended: Callable[[], bool]) -> int:
    """Suggest the same places of many articles again and again; how many were written."""
    written = 0
    with store.open_project(project) as opened:
        documents = [row.id for row in opened.documents(limit=4000)]
        version = 0
        while not ended():
            version += 1
            run = opened.begin_run("suggest", "model", str(version))
            for start in range(0, len(documents), SLICE):
                some = [(document, _suggestions(version)) for document in documents[start : start + SLICE]]
                opened.add_suggestions(run, "model", str(version), some)
                written += sum(len(found) for _, found in some)
                if ended():
                    break
            opened.end_run(run, {})
    return written


def _suggestions(version: int) -> list[Suggestion]:
    return [Suggestion(start, start + 5, "ORG", 0.5, None) for start in range(version % 2, 1000, 50)]


def _bulk(project: Path, floor_file: Path) -> None:
    """Ten thousand spans get another label, and that is taken back."""
    with store.open_project(project) as opened:
        change = _relabelling(opened, min(BULK, opened.counts()["accepted"]))
        spans = sum(row.table == "span" for row in change.rows)
        _, floor = measure.timed(lambda: plain.relabel(floor_file, spans))
        _, ours = measure.timed(lambda: opened.apply(change, "kim"))
        _, undone = measure.timed(lambda: opened.undo("kim"))
    measure.tell(f"relabel {spans} spans (wall)", ours.wall, "plain UPDATE", floor.wall, goal=1)
    measure.tell("undo that (wall)", undone.wall, "plain UPDATE", floor.wall, goal=1)


def _relabelling(opened: Store, count: int) -> ChangeSet:
    label = opened.labels()[0].id
    rows = []
    for listed in opened.documents():
        article = opened.article(listed.id)
        spans = [
            span.id for span in article.in_order(STATES) if span.label != label and span.state == "accepted"
        ]
        rows += span_edits.relabel(article, spans[:count], label, KIM).rows
        count -= len(spans[:count])
        if not count:
            break
    return ChangeSet(Message("span.relabelled_many", {"count": len(rows), "label": "PERSON"}), tuple(rows))


def _look_around(project: Path) -> None:
    """What somebody does in an hour: lists, searches, articles, an entity's page."""
    with store.open_project(project) as opened:
        for words in QUERIES:
            opened.documents(words=words, limit=60)
            opened.search(words)
        for row in opened.documents(limit=200):
            opened.article(row.id)
        opened.counts()
        opened.label_counts()


def _walls(work: Callable[[], object], times: Iterable[int] = (0,)) -> list[float]:
    return [measure.timed(work)[1].wall for _ in times]


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
