"""Decisions: all of one or nothing, undone and done again in any article, refused where others were quicker."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet, Message, RowChange
from annotator.domain.edits import document_edits, label_edits, link_edits, span_edits
from annotator.errors import UserError
from annotator.store import Store
from tests.store.making import KIM, at, put, record, span
from tests.store.test_sequences import dump

LEE = Author("lee", "2026-11-24T02:02:03Z")


@pytest.fixture
def article(project: Store) -> Article:
    return project.article(1)


@pytest.fixture
def other(path: Path) -> Iterator[Store]:
    """The same project in a second program."""
    with store.open_project(path) as opened:
        yield opened


def _run(path: Path, *statements: str) -> None:
    """Somebody's SQL."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_decision_is_in_the_file_with_its_journal_row(project: Store, article: Article) -> None:
    """Counts and revision follow, and the answer says what changed."""
    before = project.document_row(1)
    bank = at(article, "Nordbank")
    changed = project.apply(span_edits.accept(article, [bank.id], KIM), "kim")
    assert (changed.kind, changed.documents, changed.document, changed.span) == ("do", {1}, 1, bank.id)
    after = project.document_row(1)
    assert before is not None
    assert after is not None
    assert (after.suggested, after.decided) == (before.suggested - 1, before.decided + 1)
    assert project.document(1).revision == article.document.revision + 1
    [entry] = project.history(document=1)
    assert (entry.id, entry.reviewer, entry.kind, entry.title.code) == (
        changed.journal,
        "kim",
        "do",
        "span.accepted",
    )
    assert entry.changes == changed.rows
    assert project.article(1).spans[bank.id].state == "accepted"


def test_new_rows_get_ids_and_those_that_name_them_follow(project: Store, article: Article) -> None:
    """An entity and the link to it come in one decision."""
    span = at(article, "Dahl", "PERSON")
    changed = project.apply(link_edits.link_new(article, span.id, "new", KIM), "kim")
    entity, link = (next(row for row in changed.rows if row.table == table) for table in ("entity", "link"))
    assert entity.id > 0
    assert link.after is not None
    assert link.after["entity"] == entity.id
    made = project.entity(entity.id)
    assert made is not None
    assert made.name == "Dahl"


def test_a_conflict_changes_nothing(project: Store, other: Store, article: Article, path: Path) -> None:
    """Two programs decide on one span: the later one is told, and not one row of it is written."""
    bank, dahl = at(article, "Nordbank"), at(article, "Dahl", "PERSON")
    other.apply(span_edits.reject(other.article(1), [bank.id], LEE), "lee")
    before = dump(path)
    with pytest.raises(UserError) as caught:
        project.apply(span_edits.accept(article, [dahl.id, bank.id], KIM), "kim")
    assert caught.value.code == "change.conflict"
    assert dump(path) == before
    assert [entry.reviewer for entry in project.history()] == ["lee"]


def test_a_place_that_was_taken_meanwhile_is_a_conflict(
    project: Store, other: Store, article: Article
) -> None:
    person = at(article, "Anna Berg").label
    other.apply(span_edits.add(other.article(1), 0, 4, person, LEE), "lee")
    with pytest.raises(UserError, match="changed meanwhile"):
        project.apply(span_edits.add(article, 0, 4, person, KIM), "kim")


def test_a_row_that_somebody_hung_on_a_deleted_one_is_a_conflict(
    project: Store, article: Article, path: Path
) -> None:
    """Nothing that somebody decided goes that its reviewer has not seen; a proposal of a run goes along."""
    mine = project.apply(span_edits.add(article, 0, 4, at(article, "Anna Berg").label, KIM), "kim").span
    fresh = project.article(1)
    _run(path, f"INSERT INTO link (span, entity, state, origin) VALUES ({mine}, 1, 'accepted', 'import')")
    with pytest.raises(UserError, match="changed meanwhile"):
        project.apply(span_edits.delete(fresh, [mine or 0], KIM), "kim")
    _run(path, f"UPDATE link SET state = 'suggested' WHERE span = {mine}")
    gone = project.apply(span_edits.delete(fresh, [mine or 0], KIM), "kim").rows
    assert [(row.table, row.after) for row in gone] == [("link", None), ("span", None)]


@pytest.mark.parametrize("first", ["link", "relabel", "reject"])
@pytest.mark.parametrize("second", ["link", "relabel", "reject"])
def test_who_links_a_span_and_who_gives_it_another_label_meet(
    project: Store, other: Store, article: Article, first: str, second: str
) -> None:
    """No row of one is in the change of the other; the later one is a conflict all the same."""
    dahl = at(article, "Dahl", "PERSON")
    anna = project.entities(dahl.label)[0]
    edits: dict[str, Callable[[Author], ChangeSet]] = {
        "link": lambda author: link_edits.link(article, dahl.id, anna, author),
        "relabel": lambda author: span_edits.relabel(article, [dahl.id], dahl.label + 1, author),
        "reject": lambda author: span_edits.reject(article, [dahl.id], author),
    }
    accepted = span_edits.accept(article, [dahl.id], Author("kim", "2026-11-23T01:02:03Z"))
    article.apply(project.apply(accepted, "kim").rows)
    other.apply(edits[first](LEE), "lee")
    with pytest.raises(UserError, match="changed meanwhile"):
        project.apply(edits[second](KIM), "kim")
    assert project.check() == []


def test_only_what_an_edit_reads_is_compared(project: Store, other: Store, article: Article) -> None:
    """A note that another program wrote does not stand in the way of accepting, and stays."""
    bank = at(article, "Nordbank")
    other.apply(span_edits.set_note(other.article(1), bank.id, "theirs", LEE), "lee")
    project.apply(span_edits.accept(article, [bank.id], KIM), "kim")
    found = project.article(1).spans[bank.id]
    assert (found.state, found.note) == ("accepted", "theirs")


def test_an_entity_goes_with_its_last_mention_and_comes_back(project: Store, path: Path) -> None:
    """Its merged keys, refusals and distinct pairs as well, each under its own id."""
    _run(
        path,
        "INSERT INTO entity (key, label, name) VALUES ('lone', 1, 'Lone')",
        "INSERT INTO key_alias (key, entity) VALUES ('loner', last_insert_rowid())",
        "INSERT INTO distinct_pair (first, second) SELECT 1, max(id) FROM entity",
        "INSERT INTO link (span, entity, state, origin) SELECT 7, max(id), 'rejected', 'model' FROM entity",
        "INSERT INTO link (span, entity, state, origin) SELECT 1, max(id), 'rejected', 'model' FROM entity",
    )
    article = project.article(1)
    dahl = at(article, "Dahl", "PERSON")
    lone = project.entities(1, "Lone")[0]
    project.apply(link_edits.link(article, dahl.id, lone, KIM), "kim")
    before = dump(path)
    project.apply(link_edits.unlink(project.article(1), dahl.id, KIM), "kim")
    assert project.entity(lone.id) is None
    assert project.check() == []
    project.undo("kim")
    assert dump(path) == before


@pytest.mark.parametrize("kept", ["note = 'x'", "uri = 'x'", "known = 1"])
def test_an_entity_with_something_of_its_own_stays(
    project: Store, article: Article, path: Path, kept: str
) -> None:
    """A note, a uri, a knowledge base."""
    _run(path, f"UPDATE entity SET {kept} WHERE key = 'dahl'")
    for number in (1, 2):
        found = project.article(number)
        spans = [span for span in found.spans if found.link_of(span)]
        project.apply(span_edits.reject(found, spans, KIM), "kim")
    assert [one.key for one in project.entities(1, "Dahl")] == ["dahl"]


def test_an_entity_goes_with_the_note_that_kept_it(project: Store, path: Path) -> None:
    """Taken off its last mention first."""
    _run(path, "INSERT INTO entity (id, key, label, name, note) VALUES (90, 'x', 1, 'X', 'kept')")
    row = RowChange("entity", 90, {"note": "kept"}, {"note": None})
    project.apply(ChangeSet(Message("span.noted", {"text": "X"}), (row,)), "kim")
    assert project.entity(90) is None
    project.undo("kim")
    assert project.check() == []


def test_undo_takes_the_newest_decision_in_whatever_article(project: Store, path: Path) -> None:
    """Each reviewer their own, over restarts; redo in the opposite order."""
    states = [dump(path)]
    for number in (1, 2, 1):
        project.apply(document_edits.set_fields(project.document(number), note=f"note {len(states)}"), "kim")
        states.append(dump(path))
    assert project.last_decision("kim") == project.history(limit=1)[0]
    assert project.last_decision("lee") is None
    with pytest.raises(UserError) as caught:
        project.undo("lee")
    assert caught.value.code == "undo.nothing"
    assert [project.undo("kim").document for _ in range(2)] == [1, 2]
    assert dump(path) == states[1]
    with store.open_project(path) as reopened:
        assert reopened.undo("kim").document == 1
        assert dump(path) == states[0]
        assert [reopened.redo("kim").document for _ in range(3)] == [1, 2, 1]
        assert dump(path) == states[3]
        with pytest.raises(UserError) as caught:
            reopened.redo("kim")
        assert caught.value.code == "redo.nothing"


def test_a_new_decision_ends_redo(project: Store) -> None:
    project.apply(document_edits.set_status(project.document(1), "done"), "kim")
    project.undo("kim")
    project.apply(document_edits.set_status(project.document(2), "done"), "kim")
    with pytest.raises(UserError) as caught:
        project.redo("kim")
    assert caught.value.code == "redo.nothing"


def test_the_decisions_of_others_do_not_end_redo(project: Store) -> None:
    project.apply(document_edits.set_status(project.document(1), "done"), "kim")
    project.undo("kim")
    project.apply(document_edits.set_status(project.document(2), "done"), "lee")
    assert project.redo("kim").document == 1


@pytest.mark.parametrize("kind", ["undo", "redo"])
def test_a_newer_change_that_stands_in_the_way_is_named(project: Store, path: Path, kind: str) -> None:
    """And nothing is changed."""
    project.apply(document_edits.set_status(project.document(1), "done"), "kim")
    if kind == "redo":
        project.undo("kim")
    theirs = document_edits.set_status(project.document(1), "in_progress" if kind == "undo" else "new")
    project.apply(theirs, "lee")
    before = dump(path)
    with pytest.raises(UserError) as caught:
        project.undo("kim") if kind == "undo" else project.redo("kim")
    assert caught.value.code == f"{kind}.blocked"
    assert caught.value.params["newer"] == theirs.title
    assert dump(path) == before


def test_another_status_is_no_conflict_for_a_note(project: Store) -> None:
    """Undo looks at the fields of the decision, not at the whole row."""
    project.apply(document_edits.set_fields(project.document(1), note="mine"), "kim")
    project.apply(document_edits.set_status(project.document(1), "done"), "lee")
    project.undo("kim")
    assert (project.document(1).note, project.document(1).status) == (None, "done")


def test_the_history_of_an_article(project: Store) -> None:
    """Newest first, undone ones with the row that undoes them."""
    project.apply(document_edits.set_status(project.document(1), "done"), "kim")
    project.apply(document_edits.set_status(project.document(2), "done"), "kim")
    project.undo("kim")
    assert [(entry.kind, entry.target is None) for entry in project.history(document=2)] == [
        ("undo", False),
        ("do", True),
    ]
    assert [entry.kind for entry in project.history(document=1)] == ["do"]
    assert len(project.history(limit=2)) == 2


def test_a_mistake_of_ours_is_no_sentence_for_a_person(project: Store, article: Article) -> None:
    """An empty change, an unknown field, a value that the schema refuses, an article out of nothing."""
    title, bank = Message("span.noted", {"text": ""}), at(article, "Nordbank")
    wrong = [
        ((), ValueError),
        ((RowChange("span", bank.id, {"colour": 1}, {"colour": 2}),), ValueError),
        ((RowChange("document", -1, None, {"name": "x"}),), ValueError),
        ((RowChange("span", bank.id, {"state": "suggested"}, {"state": "odd"}),), sqlite3.IntegrityError),
    ]
    for rows, error in wrong:
        with pytest.raises(error):
            project.apply(ChangeSet(title, rows), "kim")
    assert project.history() == []
    assert project.check() == []


def test_an_import_in_the_place_of_what_an_undo_puts_back_is_told(project: Store) -> None:
    label = project.labels()[0]
    project.apply(label_edits.change(label, name="NAME"), "kim")
    put(project, record("new", span("Anna", label.name, "Anna."), text="Anna."))
    with pytest.raises(UserError) as caught:
        project.undo("kim")
    assert caught.value.code == "undo.overtaken"
