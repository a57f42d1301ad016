"""Each constraint of the schema, violated once: a list that forgets one fails."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator import store

Row = dict[str, Any]

# For each table two valid rows that differ in every column that is unique; in an order in which
# references are there. Ids are 101 and 102, which is what they refer to as well.
ROWS: dict[str, tuple[Row, Row]] = {
    "setting": ({"key": "a", "value": "1"}, {"key": "b", "value": "1"}),
    "run": (
        {"kind": "import", "name": "a", "state": "open", "started": "t"},
        {"kind": "suggest", "name": "b", "state": "closed", "started": "t", "ended": "t"},
    ),
    "label": (
        {"name": "A", "key": "x", "hue": 1, "style": "fill", "kind": "name", "position": 1},
        {"name": "B", "key": "y", "hue": 2, "style": "band", "kind": "claim", "position": 2},
    ),
    "role_type": ({"name": "a", "position": 1}, {"name": "b", "position": 2}),
    "relation_type": (
        {"name": "a", "position": 1, "from_label": 101, "to_label": 102},
        {"name": "b", "position": 2},
    ),
    "layer": ({"name": "a"}, {"name": "b"}),
    "document": (
        {"name": "a", "digest": "d", "run": 101, "replaces": 102, "same_text_as": 102},
        {"name": "b", "digest": "e"},
    ),
    "document_text": ({"text": "first"}, {"text": "second"}),
    "span": (
        {"document": 101, "layer": 0, "start": 0, "end": 1, "label": 101, "state": "accepted", "origin": "o", "text": "f"}
        | {"suggested_start": 0, "suggested_end": 2, "suggested_label": 101, "suggested_by": "m", "run": 101},
        {"document": 102, "layer": 101, "start": 1, "end": 2, "label": 102, "state": "accepted", "origin": "o", "text": "e"},
    ),
    "proposal": (
        {"document": 101, "start": 0, "end": 1, "label": 101, "suggester": "a", "run": 101},
        {"document": 102, "start": 1, "end": 2, "label": 102, "suggester": "b", "run": 102},
    ),
    "seen": (
        {"document": 101, "suggester": "a", "version": "1", "run": 101},
        {"document": 102, "suggester": "b", "version": "1", "run": 101},
    ),
    "entity": (
        {"key": "a", "label": 101, "name": "A", "value": "2018", "run": 101},
        {"key": "b", "label": 102, "name": "B", "value": "2019"},
    ),
    "key_alias": ({"key": "c", "entity": 101}, {"key": "d", "entity": 102}),
    "link": (
        {"span": 101, "entity": 101, "state": "accepted", "origin": "o", "run": 101},
        {"span": 102, "entity": 102, "state": "suggested", "origin": "o"},
    ),
    "role": (
        {"span": 101, "type": 101, "entity": 101, "state": "accepted", "origin": "o", "run": 101},
        {"span": 102, "type": 102, "entity": 102, "state": "accepted", "origin": "o"},
    ),
    "relation": (
        {"document": 101, "type": 101, "from_span": 101, "to_span": 102, "state": "accepted", "origin": "o", "run": 101},
        {"document": 101, "type": 102, "from_span": 102, "to_span": 101, "state": "accepted", "origin": "o"},
    ),
    "distinct_pair": ({"first": 101, "second": 102}, {"first": 101, "second": 103}),
    "journal": (
        {"at": "t", "reviewer": "kim", "kind": "do", "code": "span.added", "changes": "[]"},
        {"at": "t", "reviewer": "kim", "kind": "undo", "code": "span.added", "changes": "[]", "target": 101},
    ),
    "run_addition": ({"run": 101, "document": 101}, {"run": 102, "document": 102}),
    "review": (
        {"document": 101, "layer": 101, "status": "done", "taken": 1},
        {"document": 102, "layer": 102, "status": "new"},
    ),
    "settled": (
        {"document": 101, "layer": 101, "start": 0, "end": 1, "label": 101, "choice": "mine"},
        {"document": 102, "layer": 102, "start": 1, "end": 2, "label": 102, "choice": "theirs"},
    ),
}  # fmt: skip

SUGGESTED = ("suggested_start", "suggested_end", "suggested_label", "suggested_by")
# What a CHECK refuses, each with the columns that break it and no other one.
REFUSED: list[tuple[str, Row]] = [
    ("setting", {"value": "{"}),
    ("run", {"kind": "other"}),
    ("run", {"settings": "[]"}),
    ("run", {"state": "other", "ended": "t"}),
    ("run", {"ended": "t"}),
    ("run", {"counts": "[]"}),
    ("label", {"name": ""}),
    ("label", {"key": ""}),
    ("label", {"hue": 360}),
    ("label", {"style": "other"}),
    ("label", {"kind": "other"}),
    ("role_type", {"name": ""}),
    ("relation_type", {"name": ""}),
    ("layer", {"name": ""}),
    ("document", {"name": ""}),
    ("document", {"status": "other"}),
    ("document", {"flag": 2}),
    ("document", {"tags": "{}"}),
    ("document", {"meta": "[]"}),
    ("document", {"extra": "[]"}),
    ("document", {"removed": 2}),
    ("document", {"id": 103, "replaces": 103}),
    ("document", {"id": 103, "same_text_as": 103}),
    ("document", {"revision": -1}),
    ("document", {"suggested": -1}),
    ("document", {"accepted": -1}),
    ("document", {"rejected": -1}),
    ("document_text", {"text": ""}),
    ("span", {"start": -1}),
    ("span", {"start": 1}),
    ("span", {"state": "other"}),
    ("span", {"origin": ""}),
    ("span", {"score": 1.5}),
    ("span", {"flag": 2}),
    ("span", {"mod": "other"}),
    ("span", {"suggested_start": -1}),
    ("span", {"suggested_end": 0}),
    ("span", {"suggested_by": ""}),
    ("span", {"extra": "[]"}),
    *(("span", {column: None}) for column in SUGGESTED),
    ("proposal", {"start": -1}),
    ("proposal", {"start": 1}),
    ("proposal", {"suggester": ""}),
    ("proposal", {"score": -0.1}),
    ("seen", {"suggester": ""}),
    ("entity", {"key": ""}),
    ("entity", {"name": ""}),
    ("entity", {"aliases": "{}"}),
    ("entity", {"fields": "[]"}),
    ("entity", {"known": 2}),
    ("entity", {"extra": "[]"}),
    ("key_alias", {"key": ""}),
    ("link", {"state": "other"}),
    ("link", {"origin": ""}),
    ("link", {"score": 2.0}),
    ("role", {"state": "other"}),
    ("role", {"origin": ""}),
    ("role", {"score": 2.0}),
    ("relation", {"to_span": 101}),
    ("relation", {"state": "other"}),
    ("relation", {"origin": ""}),
    ("distinct_pair", {"second": 1}),
    ("journal", {"reviewer": ""}),
    ("journal", {"kind": "other"}),
    ("journal", {"kind": "undo"}),
    ("journal", {"code": ""}),
    ("journal", {"params": "[]"}),
    ("journal", {"changes": "{}"}),
    ("review", {"layer": 0}),
    ("review", {"status": "other"}),
    ("review", {"head": "[]"}),
    ("review", {"taken": -1}),
    ("settled", {"layer": 0}),
    ("settled", {"start": -1}),
    ("settled", {"start": 1}),
    ("settled", {"choice": "other"}),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A new project with both rows of each table; the tests leave no trace in it."""
    path = tmp_path_factory.mktemp("schema") / "p.db"
    store.create(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table, rows in ROWS.items():
            for number, row in enumerate(rows, 101):
                _insert(connection, table, row if table == "setting" else {"id": number, **row})
        _insert(connection, "entity", {"id": 103, "key": "third", "label": 101, "name": "C"})
        connection.execute("COMMIT")
        yield connection


def _insert(connection: sqlite3.Connection, table: str, row: Row) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values()))


def _refusal(connection: sqlite3.Connection, table: str, row: Row) -> sqlite3.IntegrityError:
    connection.execute("BEGIN")
    try:
        with pytest.raises(sqlite3.IntegrityError) as caught:
            _insert(connection, table, row)
    finally:
        connection.execute("ROLLBACK")
    return caught.value


def _tables(connection: sqlite3.Connection) -> dict[str, str]:
    """Our own tables and how they were made."""
    return dict(
        connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\' "
            "AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
        ).fetchall()
    )


def _checks(sql: str) -> list[str]:
    """The expressions of the CHECKs in a table's definition."""
    found = []
    for opening in re.finditer(r"CHECK \(", sql):
        depth, end = 1, opening.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        found.append(sql[opening.end() : end - 1])
    return found


def test_every_table_has_rows_here_and_is_strict(project: sqlite3.Connection) -> None:
    assert set(_tables(project)) == set(ROWS)
    strict = {row[1] for row in project.execute("PRAGMA table_list") if row[5]}
    assert strict >= set(ROWS)
    assert project.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_each_check_refuses_something(project: sqlite3.Connection) -> None:
    """And every CHECK of the schema is met by one of REFUSED."""
    refused = set()
    for table, broken in REFUSED:
        row = ROWS[table][0] | broken
        error = _refusal(project, table, row)
        assert error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_CHECK, (table, broken, error)
        refused.add((table, str(error).removeprefix("CHECK constraint failed: ")))
    known = {(table, check) for table, sql in _tables(project).items() for check in _checks(sql)}
    assert {(table, " ".join(check.split())) for table, check in refused} == {
        (table, " ".join(check.split())) for table, check in known
    }


@pytest.mark.parametrize("table", ROWS)
def test_what_must_be_there_must_be_there(project: sqlite3.Connection, table: str) -> None:
    """NOT NULL, column by column."""
    for _, column, _, not_null, _, key in project.execute(f"PRAGMA table_info({table})").fetchall():
        if not_null and not (key and column == "id"):
            error = _refusal(project, table, ROWS[table][0] | {column: None})
            assert error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_NOTNULL, column


@pytest.mark.parametrize("table", ROWS)
def test_nothing_refers_to_what_is_not_there(project: sqlite3.Connection, table: str) -> None:
    """Foreign keys, one by one. A row with free unique values names a row that is not there."""
    for reference in project.execute(f"PRAGMA foreign_key_list({table})").fetchall():
        column = reference[3]
        row = _fresh(table) | {column: 999 if column == "second" else -1}  # the second is the greater
        error = _refusal(project, table, row)
        assert error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY, column


@pytest.mark.parametrize("table", ROWS)
def test_what_is_unique_comes_once(project: sqlite3.Connection, table: str) -> None:
    """Each unique index: a new row that agrees with an old one in just these columns."""
    old = ROWS[table][0] | ({} if table == "setting" else {"id": 101})
    for _, index, unique, *_ in project.execute(f"PRAGMA index_list({table})").fetchall():
        if unique:
            columns = [row[2] for row in project.execute(f"PRAGMA index_info({index})")]
            row = _fresh(table) | {column: old[column] for column in columns}
            error = _refusal(project, table, row)
            told = ", ".join(f"{table}.{column}" for column in columns)
            assert str(error) == f"UNIQUE constraint failed: {told}"


def _fresh(table: str) -> Row:
    """A row that would be taken: unlike both that are there in every unique column."""
    fresh: dict[str, Row] = {
        "label": {"name": "C", "key": "z"},
        "document": {"name": "c"},
        "document_text": {"id": 103},
        "span": {"start": 2, "end": 3} | {column: ROWS["span"][0][column] for column in SUGGESTED},
        "seen": {"suggester": "c"},
        "entity": {"key": "e", "value": "2020"},
        "link": {"span": 101, "entity": 102, "state": "suggested"},
        "role": {"span": 101, "entity": 102},
        "relation": {"type": 1},
        "distinct_pair": {"first": 102, "second": 103},
        "run_addition": {"document": 101},
        "proposal": {"suggester": "c"},
        "review": {"document": 101},
        "settled": {"start": 0},
    }
    default = {"key": "free"} if table in ("setting", "key_alias") else {"name": "free"}
    if "name" in default and "name" not in ROWS[table][1]:
        default = {}
    return ROWS[table][1] | default | fresh.get(table, {})


@pytest.mark.parametrize("table", ROWS)
def test_a_fresh_row_is_taken(project: sqlite3.Connection, table: str) -> None:
    """Or the tests before this one would prove nothing."""
    project.execute("BEGIN")
    try:
        if table == "document_text":
            _insert(project, "document", {"id": 103, **_fresh("document")})
        _insert(project, table, _fresh(table))
    finally:
        project.execute("ROLLBACK")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document_text SET text = 'other' WHERE id = 101",
        "UPDATE journal SET reviewer = 'other' WHERE id = 101",
        "DELETE FROM journal WHERE id = 102",
    ],
)
def test_a_text_and_the_journal_stay(project: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"never changes|only grows"):
        project.execute(statement)


def test_ids_are_never_given_twice(project: sqlite3.Connection) -> None:
    """An old journal row must not hit a new span."""
    counting = [table for table, sql in _tables(project).items() if "AUTOINCREMENT" in sql]
    assert set(ROWS) - set(counting) == {"setting", "document_text"}


def test_a_new_title_is_searched_at_once(project: sqlite3.Connection) -> None:
    query = "SELECT rowid FROM document_text_fts WHERE document_text_fts MATCH 'title: Zürich'"
    project.execute("BEGIN")
    try:
        project.execute("UPDATE document SET title = 'Aus Zürich' WHERE id = 101")
        assert project.execute(query).fetchall() == [(101,)]
        project.execute("UPDATE document SET title = NULL WHERE id = 101")
        assert project.execute(query).fetchall() == []
    finally:
        project.execute("ROLLBACK")


def test_a_project_says_what_it_is(tmp_path: Path) -> None:
    """The numbers in its header, and the rows that every project begins with."""
    store.create(tmp_path / "p.db").close()
    with closing(sqlite3.connect(tmp_path / "p.db")) as connection:
        header = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "page_size", "journal_mode")
        ]
        assert header == [0x416E6E6F, 2, 8192, "wal"]
        labels = connection.execute("SELECT name FROM label ORDER BY position").fetchall()
        assert labels == [("PERSON",), ("ORG",), ("DATE",), ("ALLEGATION",)]
        assert connection.execute("SELECT id FROM layer").fetchall() == [(0,)]
