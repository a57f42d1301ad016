"""Entities of a knowledge base into the project: known, so that they may stand without mentions."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from annotator.domain.models import Row
from annotator.store.connection import immediate
from annotator.store.reading import free_key

_SLICE = 200
_COLUMNS = ("label", "name", "aliases", "uri", "note")


def add(connection: sqlite3.Connection, run: int, entries: Iterable[Row]) -> Counter[str]:
    """Write entries (fields of an entity, `key` as a wish) under an open import run.

    One that the project has (same key or uri, same label) stays as it is.
    """
    counts: Counter[str] = Counter()
    for part in _parts(entries):
        with immediate(connection):
            for entry in part:
                there = _is_there(connection, entry)
                counts["met" if there else "added"] += 1
                if not there:
                    _insert(connection, run, entry)
    return counts


def _is_there(connection: sqlite3.Connection, entry: Row) -> bool:
    found = connection.execute(
        "SELECT 1 FROM entity WHERE label = ?1 AND (key = ?2 AND name = ?3 OR uri = ?4) LIMIT 1",
        (entry["label"], entry["key"], entry["name"], entry["uri"]),
    )
    return found.fetchone() is not None


def _insert(connection: sqlite3.Connection, run: int, entry: Row) -> None:
    connection.execute(
        "INSERT INTO entity (key, label, name, aliases, uri, note, known, run) VALUES (?, ?, ?, ?, ?, ?, 1, ?)",
        (free_key(connection, str(entry["key"])), *(entry[name] for name in _COLUMNS), run),
    )


def _parts(entries: Iterable[Row]) -> Iterator[Sequence[Row]]:
    waiting = iter(entries)
    while part := list(islice(waiting, _SLICE)):
        yield part
