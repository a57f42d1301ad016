"""Import and export of a corpus, beside plain sqlite3 and orjson doing the least that could be done.

usage: python -m tests.benchmarks.bench_import_export [W1|W2]
"""

from __future__ import annotations

import sqlite3
import tempfile
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import orjson

from annotator import store
from annotator.session.exporting import export
from annotator.session.importing import import_paths
from tests.benchmarks import measure, workloads

FLOOR = "plain sqlite3 + orjson"


def main() -> None:
    """Measure the floor, then ours, on the same file."""
    name = measure.workload(__doc__ or "")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = workloads.write(name, place / f"{name}.jsonl")
        print(f"import and export: {name}, {source.stat().st_size / 1e6:.1f} MB")

        _, floor = measure.timed(lambda: _plain_import(source, place / "plain.db"))
        _, ours = measure.timed(lambda: _import(source, place / "project.db"))
        measure.tell("import (processor)", ours.cpu, FLOOR, floor.cpu)
        measure.tell("import (wall)", ours.wall, FLOOR, floor.wall)

        _, floor = measure.timed(lambda: _plain_export(place / "plain.db", place / "plain.jsonl"))
        spans, ours = measure.timed(lambda: _export(place / "project.db", place / "out.jsonl"))
        measure.tell("export (processor)", ours.cpu, FLOOR, floor.cpu)
        measure.tell("export (wall)", ours.wall, FLOOR, floor.wall)

        sizes = [(place / file).stat().st_size for file in ("project.db", source.name)]
        print(f"  {spans} spans; the project is {sizes[0] / sizes[1]:.2f} x its JSONL")


def _import(source: Path, project: Path) -> None:
    with store.create(project) as opened:
        assert not import_paths(opened, [source]).refused


def _export(project: Path, out: Path) -> int:
    with store.open_project(project, read_only=True) as opened:
        return export(opened, out, spans="all", documents="all").spans


def _plain_import(source: Path, file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.executescript(
        "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE document (id INTEGER PRIMARY KEY, name TEXT, title TEXT, text TEXT);"
        'CREATE TABLE span (id INTEGER PRIMARY KEY, document INTEGER, start INTEGER, "end" INTEGER, '
        "label TEXT, state TEXT, text TEXT);"
    )
    with connection, source.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            record = orjson.loads(line)
            connection.execute(
                "INSERT INTO document VALUES (?, ?, ?, ?)",
                (number, record["id"], record["title"], record["text"]),
            )
            connection.executemany(
                "INSERT INTO span VALUES (NULL, ?, ?, ?, ?, ?, ?)",
                [
                    (number, *itemgetter("start", "end", "label", "state", "text")(span))
                    for span in record["spans"]
                ],
            )
        connection.execute("CREATE INDEX span_document ON span (document, start)")
    connection.close()


def _plain_export(file: Path, out: Path) -> None:
    connection = sqlite3.connect(file)
    spans = groupby(
        connection.execute(
            'SELECT document, start, "end", label, state, text FROM span ORDER BY document, start'
        ),
        key=itemgetter(0),
    )
    names = ("start", "end", "label", "state", "text")
    with out.open("wb") as lines:
        for number, name, title, text in connection.execute("SELECT * FROM document ORDER BY id"):
            document, rows = next(spans)
            assert document == number
            found = [dict(zip(names, row[1:], strict=True)) for row in rows]
            lines.write(orjson.dumps({"id": name, "title": title, "text": text, "spans": found}) + b"\n")
    connection.close()


if __name__ == "__main__":
    main()
