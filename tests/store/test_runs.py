"""Runs: an import is seen whole or not at all, whatever becomes of the program that writes it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.domain.changes import ChangeSet, Message, RowChange
from annotator.domain.edits import link_edits, span_edits
from annotator.domain.models import Entity, Value
from annotator.domain.record import Record
from annotator.errors import UserError
from annotator.store import Store
from annotator.store.runs import SILENCE, SLICE
from tests.store.making import KIM, TEXT, at, put, record, span
from tests.store.test_sequences import dump

ROOT = Path(__file__).resolve().parents[2]


def _news() -> list[Record]:
    """New articles, one with the text of a known one, and spans, links and roles for known articles."""
    more = record(
        "one",
        span("Nordbank", "ORG", entity="bank"),
        span("Berg", "PERSON", entity="berg", state="accepted"),
        span("fraud", "ALLEGATION", roles={"accused": [{"entity": "anna"}, {"entity": "berg"}]}),
        span("A trial", "TRIAL", id="t"),
        span("Monday", "DATE", id="m"),
        relations=[{"id": "x", "type": "related to", "from": "t", "to": "m"}],
        entities={"berg": {"label": "PERSON", "name": "Berg"}, "bank": {"label": "ORG", "name": "Nordbank"}},
    )
    twin = record("twin", span("Nordbank", "ORG"), title="Another title")
    return [more, twin, *(record(f"new {i}", text=f"Text {i} of Anna.") for i in range(SLICE))]


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that an import may leave behind but the labels that it made."""
    return {table: rows for table, rows in dump(path).items() if table != "label"}


def _seen(project: Store) -> object:
    """Everything that a view, a search or an export shows."""
    return (
        project.documents(),
        project.counts(),
        project.label_counts(),
        project.search("Anna"),
        [_shown(project, row.id) for row in project.documents()],
        [project.entities(label.id) for label in project.labels()[:4]],
        [project.mentions(entity) for entity in range(1, 6)],
        list(project.records(spans="all", documents="all")),
    )


def _shown(project: Store, document: int) -> object:
    article = project.article(document)
    return article.document, article.spans, article.links, article.roles, article.relations, article.entities


def test_an_open_import_is_in_no_list_search_or_export(project: Store, path: Path) -> None:
    """Neither its articles nor what it adds to others, until it is closed."""
    before = _seen(project)
    with store.open_project(path) as writer:
        run = writer.begin_run("import", "news.jsonl")
        counts = writer.add_records(run, _news(), origin="other")
        assert _seen(project) == before
        assert project.check() == []
        writer.end_run(run, counts)
    assert project.document_count() == 2 + 1 + SLICE
    assert at(project.article(1), "Berg").state == "accepted"
    assert project.document_row(1).suggested == 4  # type: ignore[union-attr]
    assert project.check() == []


def test_a_cancelled_import_leaves_nothing(project: Store, path: Path) -> None:
    """But the labels and types it made, and its row among the runs."""
    before, seen = _rows(path), _seen(project)
    run = project.begin_run("import", "news.jsonl")
    project.add_records(run, _news(), origin="other")
    project.cancel_run(run)
    assert (_rows(path), _seen(project)) == (before, seen)
    assert project.check() == []
    assert project.runs(limit=1)[0].state == "cancelled"
    put(project, *_news())
    assert project.document_count() == 2 + 1 + SLICE


def test_what_a_person_linked_meanwhile_stays(project: Store, path: Path) -> None:
    """A date's entity is one; it is there already where an import has made it."""
    text = "In March 2027."
    dated = record("d", span("March 2027", "DATE", text, value="2027-03"), text=text)
    run = project.begin_run("import", "news.jsonl")
    project.add_records(run, [dated], origin="other")
    article = project.article(1)
    day = at(article, "Monday")
    made = project.entity_with_value(day.label, "2027-03")
    assert made is not None
    project.apply(link_edits.link(article, day.id, made, KIM), "kim")
    project.cancel_run(run)
    assert project.entity(made.id) == made
    assert project.check() == []


def test_an_entity_that_only_a_cancelled_import_still_named_goes(project: Store) -> None:
    """Its last mention was taken away while the import was open."""
    text = "Anna and Anna."
    anna = {"anna": {"label": "PERSON", "name": "Anna Berg"}}
    run = project.begin_run("import", "news.jsonl")
    more = record("x", span("Anna", "PERSON", text, entity="anna"), text=text, entities=anna)
    project.add_records(run, [more], origin="other")
    known = project.entities(1, "Anna")[0]
    project.apply(set_fields_of_entity(known, uri=None), "kim")
    article = project.article(1)
    project.apply(span_edits.reject(article, [at(article, "Anna Berg").id], KIM), "kim")
    assert project.entity(known.id) is not None
    project.cancel_run(run)
    assert project.entity(known.id) is None
    assert project.check() == []


def set_fields_of_entity(entity: Entity, **fields: Value) -> ChangeSet:
    before = {name: entity._asdict()[name] for name in fields}
    return ChangeSet(
        Message("span.noted", {"text": entity.name}), (RowChange("entity", entity.id, before, fields),)
    )


def test_decisions_between_keep_their_counts(project: Store) -> None:
    """The import adds to the counts that are there when it closes."""
    run = project.begin_run("import", "news.jsonl")
    counts = project.add_records(run, _news(), origin="other")
    article = project.article(1)
    project.apply(span_edits.accept(article, [at(article, "Dahl", "PERSON").id], KIM), "kim")
    project.end_run(run, counts)
    assert project.check() == []
    assert project.document(1).revision == 2


@pytest.fixture
def killed(path: Path) -> Path:
    """A project in which a program was killed in the middle of an import."""
    code = (
        "import sys, os, signal; from pathlib import Path; from annotator import store\n"
        "from tests.store.test_runs import _news\n"
        "project = store.open_project(Path(sys.argv[1])); run = project.begin_run('import', 'x')\n"
        "project.add_records(run, _news(), origin='other'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    return path


def test_a_crashed_import_is_cleaned_away_when_the_project_is_opened(killed: Path, made: Path) -> None:
    fresh = killed.with_name("fresh.db")
    fresh.write_bytes(made.read_bytes())
    with store.open_project(killed) as project, store.open_project(fresh) as like:
        assert project.runs()[0].state == "crashed"
        assert project.documents() == like.documents()
        assert project.check() == []
    before, after = _rows(fresh), _rows(killed)
    assert after == before


def test_a_run_that_is_silent_for_long_is_dead_whoever_has_its_number(project: Store, path: Path) -> None:
    """And its program, were it only asleep, is told when it goes on."""
    run = project.begin_run("import", "news.jsonl")
    project.add_records(run, _news(), origin="other")
    with store.open_project(path) as other:
        assert other.runs()[0].state == "open"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE run SET beat = beat - ? WHERE id = ?", (SILENCE + 60, run))
    store.open_project(path).close()
    for go_on in (
        lambda: project.add_records(run, _news(), origin="other"),
        lambda: project.end_run(run, {}),
        lambda: project.add_suggestions(run, "model", "1", [(1, [])]),
    ):
        with pytest.raises(UserError) as caught:
            go_on()
        assert caught.value.code == "run.ended"
    project.cancel_run(run)  # nothing is left to do
    assert project.runs()[0].state == "crashed"


def test_a_run_of_another_machine_or_user_is_left_alone(project: Store, path: Path) -> None:
    """Nobody can look whether it is at work."""
    run = project.begin_run("import", "news.jsonl")
    for owner in ("elsewhere:1", f"{os.uname().nodename}:1"):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE run SET owner = ? WHERE id = ?", (owner, run))
        assert project.clean_crashed() == 0


def test_a_suggestion_run_keeps_what_it_finished(project: Store) -> None:
    """Its articles are whole one by one."""
    run = project.begin_run("suggest", "model", "2", {"threshold": 0.5})
    project.add_suggestions(run, "model", "2", [(1, [])])
    project.cancel_run(run)
    assert project.pending("model", "2") == [(2, 0)]
    newest = project.runs(limit=1)[0]
    assert (newest.kind, newest.version, newest.settings, newest.state) == (
        "suggest",
        "2",
        '{"threshold": 0.5}',
        "cancelled",
    )


def test_texts_of_an_open_import_do_not_count_as_known(project: Store, path: Path) -> None:
    """It may be taken back; what is imported meanwhile comes in by itself."""
    with store.open_project(path) as other:
        run = other.begin_run("import", "first")
        other.add_records(run, [record("same", text="One text.")], origin="a")
        put(project, record("same", text="One text."))
        other.cancel_run(run)
    assert [row.name for row in project.documents()][2:] == ["same-2"]
    assert TEXT in project.text(1)


def test_a_run_is_named_after_a_file_whose_name_is_no_text(project: Store) -> None:
    project.end_run(project.begin_run("import", "caf\udce9.txt"), {})
    assert project._db.execute("SELECT name FROM run ORDER BY id DESC").fetchone() == ("caf\ufffd.txt",)
