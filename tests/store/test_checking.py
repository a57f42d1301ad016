"""`check` finds each broken invariant, and `repair` mends exactly what it says it can."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.domain.changes import Message
from annotator.domain.edits import document_edits, span_edits
from annotator.errors import UserError
from annotator.messages import english
from annotator.store import Store
from tests.store.making import KIM, at

# What breaks it, what is found, and whether it can be mended.
BROKEN = {
    "references": ("DELETE FROM span WHERE id = 1", "check.references", False),
    "counts": ("UPDATE document SET suggested = 7 WHERE id = 1", "check.counts", True),
    "text": ("DELETE FROM document_text WHERE id = 2", "check.no_text", False),
    "place": ('UPDATE span SET "end" = 500 WHERE id = 3', "check.outside", False),
    "title": ("UPDATE document_text SET title = 'other' WHERE id = 1", "check.title", True),
    "another text": (
        "DROP TRIGGER text_never_changes; UPDATE document_text SET text = text || '!' WHERE id = 1",
        "check.digest",
        False,
    ),
    "key": ("INSERT INTO key_alias (key, entity) VALUES ('anna', 2)", "check.double_key", True),
    "words": ("UPDATE span SET text = 'other' WHERE id = 3", "check.span_text", True),
    "proposal": ("DELETE FROM proposal WHERE start = 13", "check.unproposed", True),
    "label of a link": ("UPDATE span SET label = 2 WHERE id = 1", "check.link_label", True),
    "rejected and linked": (
        """INSERT INTO entity (id, key, label, name) VALUES (80, 'w', 4, 'W');
        INSERT INTO link (span, entity, state, origin) VALUES (6, 80, 'accepted', 'x')""",
        "check.dead_links",
        True,
    ),
    "orphan": ("INSERT INTO entity (key, label, name) VALUES ('x', 1, 'X')", "check.orphans", True),
    "orphan with hangers-on": (
        """INSERT INTO entity (id, key, label, name) VALUES (90, 'v', 1, 'V');
        INSERT INTO key_alias (key, entity) VALUES ('y', 90);
        INSERT INTO distinct_pair (first, second) VALUES (1, 90);
        INSERT INTO link (span, entity, state, origin) VALUES (1, 90, 'rejected', 'x')""",
        "check.orphans",
        True,
    ),
    "relation": ("UPDATE relation SET document = 2", "check.foreign_relation", True),
    "index": (
        "INSERT INTO document_text_fts (document_text_fts) VALUES ('delete-all')",
        "check.search",
        True,
    ),
}


def _sql(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


def _codes(project: Store) -> list[str]:
    return [problem.message.code for problem in project.check()]


def test_a_sound_project_has_no_problem(project: Store) -> None:
    assert project.check() == []
    assert project.repair("kim") == []


@pytest.mark.parametrize(("script", "code", "repairable"), BROKEN.values(), ids=BROKEN)
def test_each_broken_invariant_is_found_and_mended(
    project: Store, path: Path, script: str, code: str, repairable: bool
) -> None:
    """A message names an example; what cannot be mended stays and is told again."""
    _sql(path, script)
    problems = {problem.message.code: problem for problem in project.check()}
    assert code in problems
    found = problems[code]
    assert found.repairable is repairable
    assert english(found.message.code, found.message.params)
    left = [problem.message.code for problem in project.repair("kim")]
    assert (code in left) is not repairable
    if repairable:
        assert left == []
        assert project.check() == []


def test_several_at_once(project: Store, path: Path) -> None:
    """Mending one thing may show the next; all of it is mended in one go."""
    for name, (script, _, repairable) in BROKEN.items():
        if repairable and name != "label of a link":
            _sql(path, script)
    assert len(_codes(project)) >= 7
    assert project.repair("kim") == []


def test_somebodys_sql_on_decided_rows_is_told_and_adopted(project: Store, path: Path) -> None:
    """Adopted, it is a row of the journal, and an undo of what was before it says so."""
    article = project.article(1)
    project.apply(span_edits.accept(article, [at(article, "Nordbank").id], KIM), "kim")
    project.apply(document_edits.set_status(project.document(2), "done"), "kim")
    _sql(path, f"UPDATE span SET state = 'rejected' WHERE id = {at(article, 'Nordbank').id}")
    _sql(path, "UPDATE document SET accepted = accepted - 1, rejected = rejected + 1 WHERE id = 1")
    [problem] = [one for one in project.check() if one.message.code == "check.outside_change"]
    assert problem.message.params["count"] == 1
    left = project.repair("kim")
    assert [one.message.code for one in left] == ["check.dead_links"] * len(left)
    assert project.history(limit=1)[0].kind == "adopt"
    project.undo("kim")
    with pytest.raises(UserError) as caught:
        project.undo("kim")
    assert caught.value.code == "undo.blocked"


@pytest.mark.parametrize(
    "script", ["DELETE FROM span WHERE id = {0}", "UPDATE span SET note = NULL WHERE id = {0}"]
)
def test_a_row_that_was_taken_out_is_told_too(project: Store, path: Path, script: str) -> None:
    article = project.article(1)
    mine = at(article, "Dahl", "PERSON").id
    project.apply(span_edits.set_note(article, mine, "mine", KIM), "kim")
    _sql(path, script.format(mine))
    assert "check.outside_change" in _codes(project)
    project.repair("kim")
    assert "check.outside_change" not in _codes(project)


def test_a_damaged_file_is_told(path: Path) -> None:
    """Where SQLite itself finds the damage nothing else is looked at."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        page = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'document_queue'"
        ).fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(page - 1) * 8192 : page * 8192] = b"\x0a" + bytes(8191)
    path.write_bytes(content)
    with store.open_project(path, read_only=True) as project:
        [problem] = project.check()
        assert (problem.message.code, problem.repairable) == ("check.damaged", False)


def test_a_check_writes_nothing(path: Path) -> None:
    """Not where the file can only be read, and not elsewhere."""
    with store.open_project(path) as project:
        version = project.document(1).revision
    with store.open_project(path, read_only=True) as project:
        assert project.check() == []
        with pytest.raises(UserError):
            project.repair("kim")
        assert project.document(1).revision == version


def test_every_message_has_its_sentence() -> None:
    for _, code, _ in BROKEN.values():
        message = Message(code, {"count": 2, "example": "span 1"})
        assert english(message.code, message.params)
