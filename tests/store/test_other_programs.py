"""The file in other hands: the sqlite-utils command and views that need no explanation."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator import store
from annotator.domain.edits import document_edits
from tests.store.making import TEXT, put, record, span

VIEWS = {"article", "all_spans", "gold_spans", "mentions", "decisions", "open_run"}


@pytest.fixture
def reviewed(path: Path) -> Path:
    """The first article is done, a third one is in an import that goes on, the program is still open."""
    with store.open_project(path) as project:
        project.apply(document_edits.set_status(project.document(1), "done"), "kim")
        put(
            project,
            record(
                "removed", span("fraud", "ALLEGATION", state="accepted"), text=f"{TEXT} Again.", status="done"
            ),
        )
        project.apply(document_edits.remove(project.document(3)), "kim")
    return path


@pytest.fixture
def beside_an_import(reviewed: Path) -> Iterator[Path]:
    with store.open_project(reviewed) as project:
        run = project.begin_run("import", "x")
        more = record(
            "one",
            span("trial", "ORG", state="accepted", entity="bank"),
            span("Monday", "DATE", entity="bank2"),
        )
        project.add_records(
            run, [more, record("new", span("fraud", "ALLEGATION"), text=f"{TEXT} New.")], origin="x"
        )
        yield reviewed
        project.cancel_run(run)


def _rows(path: Path, query: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]


def _sqlite_utils(*arguments: object) -> Any:
    command = [sys.executable, "-m", "sqlite_utils", *map(str, arguments)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_the_gold_set_is_one_view(beside_an_import: Path) -> None:
    """Accepted spans of articles that are done, each with its place, its entity and the words around it."""
    rows = _rows(beside_an_import, "SELECT * FROM gold_spans ORDER BY start")
    assert [(row["document"], row["label"], row["text"], row["entity"]) for row in rows] == [
        ("one", "PERSON", "Anna Berg", "anna"),
        ("one", "PERSON", "Carl Dahl", "dahl"),
        ("one", "ALLEGATION", "Carl Dahl was accused of fraud", None),
    ]
    for row in rows:
        around = row["before"] + row["text"] + row["after"]
        assert around == TEXT[max(0, row["start"] - 80) : row["end"] + 80]
    assert (rows[0]["entity_name"], rows[0]["title"], rows[0]["by"]) == (
        "Anna Berg",
        "Fraud at Nordbank?",
        "kim",
    )


def test_views_show_what_lists_show(beside_an_import: Path) -> None:
    """Nothing that was removed, and nothing of an import that goes on."""
    views = {view: _rows(beside_an_import, f"SELECT * FROM {view}") for view in VIEWS}
    assert {row["name"] for row in views["article"]} == {"one", "two"}
    assert {row["document"] for row in views["all_spans"]} == {"one", "two"}
    assert "trial" not in {row["text"] for row in views["all_spans"]}
    assert len(views["all_spans"]) == 10
    assert {(row["name"], row["document"]) for row in views["mentions"]} == {
        ("Anna Berg", "one"), ("Carl Dahl", "one"), ("Carl Dahl", "two"),
        ("Nordbank", "one"), ("Nordbank", "two"), ("Monday", "one"),
    }  # fmt: skip
    assert [(row["reviewer"], row["code"], row["document"]) for row in views["decisions"]] == [
        ("kim", "document.done", "one"), ("kim", "document.removed", "removed"),
    ]  # fmt: skip


def test_columns_say_what_they_are(path: Path) -> None:
    """The comments of the schema are in the file; SQL that is well read needs no paper beside it."""
    tables = {
        row["name"]: row["sql"] for row in _rows(path, "SELECT * FROM sqlite_schema WHERE type = 'table'")
    }
    for comment in (
        "-- the words it covers",
        "-- suggested: undecided",
        "-- who decided",
        "-- how sure the origin was",
    ):
        assert comment in tables["span"]
    assert "-- in a knowledge base" in tables["entity"]
    assert "-- JSON: [table, id, before, after]" in tables["journal"]


def test_the_sqlite_utils_command_reads_it(reviewed: Path) -> None:
    """Tables with their counts, views, a search, a query."""
    tables = {row["table"]: row["count"] for row in _sqlite_utils("tables", reviewed, "--counts")}
    assert (tables["document"], tables["span"]) == (3, 11)
    assert {row["view"] for row in _sqlite_utils("views", reviewed)} == VIEWS
    assert [row["id"] for row in _sqlite_utils("search", reviewed, "document_text", "dismissed")] == [2]
    rows = _sqlite_utils("rows", reviewed, "gold_spans", "--limit", 2)
    assert [row["text"] for row in rows] == ["Anna Berg", "Carl Dahl"]
    query = "SELECT label, count(*) AS spans FROM all_spans GROUP BY label ORDER BY label"
    assert _sqlite_utils("query", reviewed, query)[0] == {"label": "ALLEGATION", "spans": 2}


def test_what_somebody_writes_by_it_is_found(path: Path) -> None:
    """Into a table of ours while the program is open: no crash, and `check` tells it."""
    with store.open_project(path) as project:
        project.apply(document_edits.set_fields(project.document(1), note="mine"), "kim")
        sql = "UPDATE document SET note = 'theirs' WHERE id = 1"
        assert _sqlite_utils("query", path, sql) == [{"rows_affected": 1}]
        assert [one.kind for one in project.news()] == ["foreign"]
        assert project.document(1).note == "theirs"
        assert [one.message.code for one in project.check()] == ["check.outside_change"]
