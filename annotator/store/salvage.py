"""What a damaged project still holds, as rows by table.

Rows are read from the pages themselves. Which table a page belongs to is said by the tree that leads
to it; where the tree is damaged, by its rows: no two of our large tables look alike.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from annotator.store import schema
from annotator.store.pages import INTERIOR, LEAF, BrokenError, Cell, Field, Pages

_MAGIC: Final = b"SQLite format 3\x00"
_TYPES: Final[dict[str, tuple[type, ...]]] = {"INTEGER": (int,), "TEXT": (str,), "REAL": (float, int)}
_SMALL: Final = ("setting", "role_type", "relation_type", "layer", "label", "run_addition")
"""Tables of a page or two: where a page without a tree may be of one of these or of another, it is the other's."""


class Column(NamedTuple):
    name: str
    types: tuple[type, ...]
    is_id: bool
    required: bool


Tables = dict[str, list[Column]]
Rows = dict[str, dict[int, tuple[Field, ...]]]


class Salvaged(NamedTuple):
    """Rows by table and row number, and how many pages could not be read."""

    rows: Rows
    broken: int


def tables(connection: sqlite3.Connection) -> Tables:
    """Our tables and their columns, of a sound project."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT' ORDER BY rowid"
        )
    ]
    return {
        name: [
            Column(column, _TYPES[kind], bool(key) and kind == "INTEGER", bool(required) or bool(key))
            for _, column, kind, required, _, key in connection.execute(f"PRAGMA table_info({name})")
        ]
        for name in names
    }


def read(path: Path) -> Salvaged:
    """All rows that are whole. Nothing is written."""
    pages = Pages(path.read_bytes(), schema.PAGE_SIZE)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        fresh.execute(f"PRAGMA page_size = {schema.PAGE_SIZE}")
        schema.migrate(fresh)
        known = tables(fresh)
        roots = dict(fresh.execute("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'"))
    return _Reader(pages, known, roots).salvaged()


class _Reader:
    def __init__(self, pages: Pages, known: Tables, roots: dict[str, int]) -> None:
        """`roots` are where the trees of a new project begin."""
        self._pages = pages
        self._known = known
        self._usual = roots
        self._rows: Rows = defaultdict(dict)
        self._seen: set[int] = set()
        self._broken = 0

    def salvaged(self) -> Salvaged:
        unused: set[int] = set()
        if self._pages.count and self._pages.page(1).startswith(_MAGIC):
            unused = self._pages.unused()
            found = dict(self._roots())
            for name, root in found.items():
                for leaf in self._leaves(root):
                    self._take(name, leaf)
            self._take_usual(found)
        else:
            self._take_usual({})
        for number in range(1, self._pages.count + 1):
            if number not in self._seen and number not in unused and self._is_leaf(number):
                self._take_orphan(number)
        return Salvaged(dict(self._rows), self._broken)

    def _roots(self) -> Iterator[tuple[str, int]]:
        """Tables by the schema, as far as it can be read."""
        for leaf in self._leaves(1):
            for cell in self._pages.cells(leaf):
                match cell.fields:
                    case ("table", str(name), _, int(root), _) if name in self._known:
                        yield name, root
                    case ("table", _, _, int(root), _):
                        self._seen.update(self._leaves(root))  # of the search index and of SQLite itself

    def _take_usual(self, found: dict[str, int]) -> None:
        """Where the schema is lost, a table's tree begins where it does in a new project, if its rows fit."""
        for name in self._known.keys() - found.keys():
            for leaf in self._leaves(self._usual[name]):
                cells = self._cells(leaf)
                if leaf not in self._seen and cells and all(_fits(self._known[name], cell) for cell in cells):
                    self._take(name, leaf)

    def _leaves(self, root: int) -> list[int]:
        """The leaves below a page, each page once."""
        found, waiting, met = [], [root], set[int]()
        while waiting:
            number = waiting.pop()
            if number in met:
                continue
            met.add(number)
            try:
                kind = self._pages.kind(number)
                if kind == INTERIOR:
                    waiting += reversed(self._pages.children(number))
                elif kind == LEAF:
                    found.append(number)
                else:
                    self._broken += 1
            except BrokenError:
                self._broken += 1
        return found

    def _is_leaf(self, number: int) -> bool:
        return self._pages.kind(number) == LEAF

    def _cells(self, number: int) -> list[Cell]:
        try:
            return [*self._pages.cells(number)]
        except BrokenError:
            return []

    def _take(self, name: str, number: int) -> None:
        self._seen.add(number)
        for cell in self._cells(number):
            if _fits(self._known[name], cell):
                self._rows[name].setdefault(cell.rowid, cell.fields)

    def _take_orphan(self, number: int) -> None:
        """A leaf that no tree leads to: of the table that all of its rows fit."""
        cells = self._cells(number)
        fitting = [
            name
            for name, columns in self._known.items()
            if cells and all(_fits(columns, cell) for cell in cells)
        ]
        large = [name for name in fitting if name not in _SMALL]
        if fitting:
            self._take((large or fitting)[0], number)


def _fits(columns: list[Column], cell: Cell) -> bool:
    if len(columns) != len(cell.fields):
        return False
    return all(
        value is None
        if column.is_id
        else isinstance(value, column.types) or (value is None and not column.required)
        for column, value in zip(columns, cell.fields, strict=True)
    )


def counted(salvaged: Salvaged) -> Counter[str]:
    """How many rows there are by table."""
    return Counter({name: len(rows) for name, rows in salvaged.rows.items()})
