"""The floor of the store's benchmarks: plain sqlite3 and orjson, doing the least that could be done."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import orjson

NAME = "plain sqlite3 + orjson"
_SPAN = ("start", "end", "label", "state", "text")


def import_(source: Path, file: Path) -> None:
    """Articles and spans in one transaction, an index on the spans at the end."""
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
                [(number, *itemgetter(*_SPAN)(span)) for span in record["spans"]],
            )
        connection.execute("CREATE INDEX span_document ON span (document, start)")
    connection.close()


def export(file: Path, out: Path) -> None:
    """The same back, a line an article."""
    connection = sqlite3.connect(file)
    spans = groupby(
        connection.execute(
            'SELECT document, start, "end", label, state, text FROM span ORDER BY document, start'
        ),
        key=itemgetter(0),
    )
    with out.open("wb") as lines:
        for number, name, title, text in connection.execute("SELECT * FROM document ORDER BY id"):
            document, rows = next(spans)
            assert document == number
            found = [dict(zip(_SPAN, row[1:], strict=True)) for row in rows]
            lines.write(orjson.dumps({"id": name, "title": title, "text": text, "spans": found}) + b"\n")
    connection.close()


def open_(file: Path) -> None:
    """An article and its spans."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT * FROM document WHERE id = 1").fetchall()
        connection.execute("SELECT * FROM span WHERE document = 1").fetchall()


def search(connection: sqlite3.Connection, words: str) -> None:
    """The first fifty articles with a string in them."""
    connection.execute("SELECT id FROM document WHERE text LIKE ? LIMIT 50", [f"%{words}%"]).fetchall()


def relabel(file: Path, count: int) -> None:
    """So many rows by one statement, and the commit."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE span SET label = 'OTHER' WHERE id <= ?", [count])


def sync(file: Path, content: bytes = bytes(3 * 8192)) -> None:
    """What a small commit must at least do: write some pages and have the disk hold them."""
    with file.open("ab", buffering=0) as log:
        log.write(content)
        os.fdatasync(log.fileno())
