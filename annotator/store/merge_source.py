"""A project that is to be merged in: a private copy of it, and what its journal tells beyond its rows."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from annotator.domain.models import OWN_LAYER
from annotator.errors import UserError
from annotator.store import runs, schema
from annotator.store.connection import connect
from annotator.store.trouble import told

HANGING = {"link": "span", "role": "span", "relation": "from_span"}
"""Rows that are part of the decision about a span, and which one: a relation of the one where it begins."""
SECOND_PASS = "second_pass"
"""The setting of a project that is a reviewer's second look at articles of another one."""


class Touch(NamedTuple):
    """When a person last changed a row or what hangs on it, and who."""

    at: str
    by: str


class Gone(NamedTuple):
    """A place that a reviewer once had a span at and took it away from."""

    document: int
    start: int
    end: int
    label: int


class Story(NamedTuple):
    """What a journal says: last touches by span and by article, places that were given up, what
    entities were called before, and which rows it tells of."""

    spans: dict[int, Touch]
    documents: dict[int, Touch]
    gone: dict[Gone, Touch]
    names: dict[int, set[str]]
    rows: set[tuple[str, int]]


@contextmanager
def frozen(path: Path, beside: Path) -> Iterator[Path]:
    """A copy of a project for as long as it is needed, of the newest version, without open imports.

    UserError where it is none, is damaged, or is the project beside which the copy lies.
    """
    if path.exists() and beside.exists() and path.samefile(beside):
        raise UserError("merge.itself", path=str(path))
    _clear_away(beside)
    copy = beside.with_name(f".{beside.name}.{os.getpid()}.from")
    try:
        with (
            told(path),
            closing(connect(path, read_only=True, older=True)) as source,
            closing(sqlite3.connect(copy, isolation_level=None)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
            if target.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise UserError("project.corrupt", path=str(path))
            schema.migrate(target)
            for (run,) in target.execute("SELECT id FROM run WHERE state = 'open'").fetchall():
                runs.cancel(target, run)
        yield copy
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)


def _clear_away(beside: Path) -> None:
    """Copies that a program left behind which was killed."""
    for left in beside.parent.glob(f".{beside.name}.*.from*"):
        number = left.name.removeprefix(f".{beside.name}.").partition(".")[0]
        if number.isdigit() and not runs.is_running(int(number)):
            left.unlink(missing_ok=True)


def reviewer_of(connection: sqlite3.Connection, path: Path, database: str = "main") -> str:
    """Whose decisions a project holds: who decided last in it; where nobody did, the file's name.

    Whoever prepared it may have decided more than the one it was given to.
    """
    found = connection.execute(f"SELECT reviewer FROM {database}.journal ORDER BY id DESC LIMIT 1").fetchone()
    name = str(found[0]) if found else path.stem
    second = connection.execute(f"SELECT 1 FROM {database}.setting WHERE key = '{SECOND_PASS}'").fetchone()
    return f"{name} (second pass)" if second else name


def story(connection: sqlite3.Connection, database: str) -> Story:
    """Read a journal backwards."""
    teller = _Teller(connection, database)
    for at, by, changes in connection.execute(
        f"SELECT at, reviewer, changes FROM {database}.journal ORDER BY id DESC"
    ):
        for table, number, before, after in reversed(json.loads(changes)):
            teller.take(Touch(at, by), table, number, before, after)
    return Story(teller.spans, teller.documents, teller.gone, teller.names, teller.rows)


class _Teller:
    """Follows each span back through its changes."""

    def __init__(self, connection: sqlite3.Connection, database: str) -> None:
        self._db = connection
        self._database = database
        self.spans: dict[int, Touch] = {}
        self.documents: dict[int, Touch] = {}
        self.gone: dict[Gone, Touch] = {}
        self.names: dict[int, set[str]] = {}
        self.rows: set[tuple[str, int]] = set()
        self._places: dict[int, dict[str, Any] | None] = {}

    def take(
        self,
        touch: Touch,
        table: str,
        number: int,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        """One row's change, later ones having been told before."""
        self.rows.add((table, number))
        if table == "entity" and before is not None and "name" in before:
            self.names.setdefault(number, set()).add(before["name"])
        elif table == "span":
            self.spans.setdefault(number, touch)
            self._place(touch, number, before, after)
        elif table == "document":
            self.documents.setdefault(number, touch)
        elif table in HANGING:
            column = HANGING[table]
            for fields in (before, after):
                span = (fields or {}).get(column)
                if span is not None:
                    self.spans.setdefault(span, touch)
            found = self._db.execute(
                f"SELECT {column} FROM {self._database}.{table} WHERE id = ?", (number,)
            ).fetchone()
            if found is not None:
                self.spans.setdefault(found[0], touch)

    def _place(
        self, touch: Touch, number: int, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> None:
        now = self._places[number] if number in self._places else self._stands(number)
        if after is None:
            now = before
        elif before is None:
            self._places[number] = None
            return
        elif now is not None:
            now = {**now, **before}
        self._places[number] = now
        if now is None or now.get("layer") != OWN_LAYER:
            return
        if after is None or {"start", "end", "label"} & after.keys():
            place = Gone(now["document"], now["start"], now["end"], now["label"])
            if not self._taken(place):
                self.gone.setdefault(place, touch)

    def _stands(self, number: int) -> dict[str, Any] | None:
        found = self._db.execute(
            f'SELECT document, layer, start, "end", label FROM {self._database}.span WHERE id = ?', (number,)
        ).fetchone()
        return (
            None
            if found is None
            else dict(zip(("document", "layer", "start", "end", "label"), found, strict=True))
        )

    def _taken(self, place: Gone) -> bool:
        found = self._db.execute(
            f"SELECT 1 FROM {self._database}.span WHERE document = ? AND layer = {OWN_LAYER} AND start = ? "
            'AND "end" = ? AND label = ?',
            place,
        ).fetchone()
        return found is not None
