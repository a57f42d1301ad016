"""Proposed links in a project: what a run writes, what it leaves alone, bulk acceptance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import store
from annotator.domain.changes import Author
from annotator.domain.edits import link_edits, span_edits
from annotator.errors import UserError
from annotator.session.linking import accept_above, propose_links
from annotator.store import Store

KIM = Author("kim", "2026-11-24T01:02:03Z")
FIRST = "Anna Berg of Nordbank met Carl Dahl on 3 May 2027. Berg left."
SECOND = "Mr Dahl and Anna Berg spoke on 3 May 2027."
NAMES = {
    FIRST: ["Anna Berg", "Nordbank", "Carl Dahl", "3 May 2027", "Berg"],
    SECOND: ["Dahl", "Anna Berg", "3 May 2027"],
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Store]:
    """Two articles whose spans are accepted and not linked."""
    with store.create(tmp_path / "p.db") as made:
        put(made, record("one", FIRST), record("two", SECOND))
        yield made


def record(name: str, text: str, **fields: Any) -> Any:
    spans, place = [], 0
    for words in NAMES[text]:
        start = text.index(words, place)
        label = "DATE" if words[0].isdigit() else "ORG" if words == "Nordbank" else "PERSON"
        spans.append(
            {"start": start, "end": start + len(words), "label": label, "state": "accepted", **fields}
        )
        place = start + len(words)
    return {"id": name, "text": text, "spans": spans}


def put(project: Store, *records: Any) -> None:
    run = project.begin_run("import", "test")
    project.end_run(run, project.add_records(run, records, mode="as_is", origin="import"))


def links(project: Store) -> dict[tuple[str, str], tuple[str, str, str]]:
    """(article, words) -> (name of the entity, state of the link, its origin), last of each."""
    return {
        (one["id"], span["text"]): (
            one["entities"][span["entity"]]["name"],
            span["link"]["state"],
            span["link"]["origin"],
        )
        for one in project.records(spans="all", documents="all")
        for span in one["spans"]
        if "entity" in span
    }


def span_of(project: Store, document: int, words: str) -> int:
    return next(one.id for one in project.article(document).spans.values() if one.text == words)


def ours(name: str) -> tuple[str, str, str]:
    return (name, "suggested", "names-and-dates")


def test_a_run_proposes_names_inside_and_across_articles_and_dates_by_value(project: Store) -> None:
    report = propose_links(project)
    assert report.counts["proposed"] == 7
    assert links(project) == {
        ("one", "Anna Berg"): ours("Anna Berg"),
        ("one", "Berg"): ours("Anna Berg"),
        ("two", "Anna Berg"): ours("Anna Berg"),
        ("one", "Carl Dahl"): ours("Carl Dahl"),
        ("two", "Dahl"): ours("Carl Dahl"),
        ("one", "3 May 2027"): ours("2027-05-03"),
        ("two", "3 May 2027"): ours("2027-05-03"),
    }
    assert project.check() == []
    assert project.runs()[0].kind == "link"


def test_a_second_run_writes_nothing_anew(project: Store) -> None:
    propose_links(project)
    before = list(project.records(spans="all", documents="all"))
    again = propose_links(project)
    assert (again.counts["kept"], again.counts["proposed"], again.counts["withdrawn"]) == (7, 0, 0)
    assert list(project.records(spans="all", documents="all")) == before


def test_entities_keep_their_keys_when_an_article_comes_in(project: Store) -> None:
    propose_links(project)
    keys = {entity.key for entity in project.entities(1)}
    put(project, record("three", FIRST) | {"text": FIRST + " "})
    propose_links(project)
    assert {entity.key for entity in project.entities(1)} == keys


def test_what_a_person_decided_stays(project: Store) -> None:
    propose_links(project)
    dahl = span_of(project, 2, "Dahl")
    project.apply(link_edits.unlink(project.article(2), dahl, KIM), "kim")
    made = link_edits.link_new(project.article(2), span_of(project, 2, "Anna Berg"), "person:other", KIM)
    project.apply(made, "kim")
    propose_links(project)
    found = links(project)
    assert ("two", "Dahl") not in found
    assert found["two", "Anna Berg"] == ("Anna Berg", "accepted", "reviewer")
    assert project.check() == []


def test_a_decided_name_draws_the_others(project: Store) -> None:
    made = link_edits.link_new(
        project.article(1), span_of(project, 1, "Carl Dahl"), "person:boss", KIM, name="The boss"
    )
    project.apply(made, "kim")
    propose_links(project)
    assert links(project)["two", "Dahl"] == ours("The boss")


def test_an_earlier_proposal_that_does_not_hold_any_more_is_withdrawn(project: Store) -> None:
    propose_links(project)
    for document in (1, 2):
        article = project.article(document)
        berg = [one.id for one in article.spans.values() if "Berg" in one.text]
        project.apply(span_edits.delete(article, berg[:1], KIM), "kim")
    article = project.article(1)
    rest = [one.id for one in article.spans.values() if one.text == "Berg"]
    project.apply(span_edits.reject(article, rest, KIM), "kim")
    propose_links(project)
    assert not [name for name, _, _ in links(project).values() if name == "Anna Berg"]
    assert project.check() == []


def test_bulk_acceptance_is_one_step_and_leaves_undecided_spans_alone(project: Store) -> None:
    propose_links(project)
    changed = accept_above(project, 0.8, "kim")
    assert changed is not None
    states = {key: state for key, (_, state, _) in links(project).items()}
    assert states["one", "Berg"] == "accepted"
    assert states["two", "Dahl"] == "suggested"  # 0.65: only the surname stands there
    assert project.counts()["in_progress"] == 2
    project.undo("kim")
    assert {state for _, state, _ in links(project).values()} == {"suggested"}
    assert project.counts()["new"] == 2
    assert accept_above(project, 1.0, "kim") is None


def test_bulk_acceptance_passes_over_undecided_spans(tmp_path: Path) -> None:
    with store.create(tmp_path / "p.db") as project:
        put(project, record("one", FIRST, state="suggested"), record("two", SECOND, state="suggested"))
        assert propose_links(project).counts["proposed"] == 7
        assert accept_above(project, 0.0, "kim") is None


def test_progress_is_told_and_a_run_can_be_cancelled(project: Store) -> None:
    seen: list[tuple[int, int]] = []
    propose_links(project, progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (1, 4)
    assert seen[-1] == (4, 4)
    report = propose_links(project, cancelled=lambda: True)
    assert report.cancelled
    assert project.runs()[0].state == "cancelled"
    assert len(links(project)) == 7


def test_a_linker_that_is_not_there_is_told(project: Store) -> None:
    with pytest.raises(UserError) as told:
        propose_links(project, "nobody")
    assert told.value.code == "link.unknown"
    assert "names-and-dates" in str(told.value)
