"""What suggesters write: it never touches what a person decided, and does not come again."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import store
from annotator.domain.edits import document_edits, link_edits, role_edits, span_edits
from annotator.domain.suggestion import Suggestion
from annotator.store import Store
from tests.store.deciding import decide
from tests.store.making import KIM, TEXT, at, number, put, record, span
from tests.store.situation import Choice


def _say(words: str, label: str = "ORG", score: float | None = 0.5, why: str | None = None) -> Suggestion:
    start = TEXT.index(words)
    return Suggestion(start, start + len(words), label, score, why)


def _suggest(
    project: Store, *said: Suggestion, by: str = "model", version: str = "2", document: int = 1
) -> Counter[str]:
    run = project.begin_run("suggest", by, version)
    counts = project.add_suggestions(run, by, version, [(document, said)])
    project.end_run(run, counts)
    return counts


def _states(project: Store) -> dict[tuple[str, str], str]:
    article = project.article(1)
    return {(one.text, article.labels[one.label].name): one.state for one in article.spans.values()}


@pytest.fixture
def plain(empty: Store) -> Store:
    """A project with one article, nothing in it."""
    put(empty, record("one"))
    return empty


def test_a_suggestion_becomes_an_undecided_span(plain: Store) -> None:
    """With its score and reason; one run row says who was at work."""
    counts = _suggest(plain, _say("Nordbank", why="a name"), _say("Anna Berg", "PERSON"))
    assert counts == Counter(documents=1, spans=2)
    found = at(plain.article(1), "Nordbank")
    assert (found.state, found.origin, found.score) == ("suggested", "model", 0.5)
    [proposal] = plain.proposals(1, found.start, found.end)
    assert (proposal.suggester, proposal.why, proposal.run) == ("model", "a name", found.run)
    assert plain.check() == []


def test_what_it_does_not_find_again_goes(plain: Store) -> None:
    """Its own undecided spans, and only those that nobody else proposes."""
    _suggest(plain, _say("Nordbank"), _say("Monday"), _say("Carl Dahl"))
    _suggest(plain, _say("Monday"), by="other")
    counts = _suggest(plain, _say("Nordbank", score=0.9), version="3")
    assert counts["withdrawn"] == 1
    assert set(_states(plain)) == {("Nordbank", "ORG"), ("Monday", "ORG")}
    assert plain.check() == []


def test_what_a_person_has_looked_at_stays(plain: Store, tmp_path: Path) -> None:
    """Linked by hand, related, flagged or noted, though undecided."""
    words = ["Anna Berg", "Nordbank", "Monday", "Carl Dahl", "fraud", "trial"]
    _suggest(plain, *(_say(one, "PERSON") for one in words))
    article = plain.article(1)
    plain.apply(span_edits.set_note(article, at(article, "Anna Berg").id, "look", KIM), "kim")
    plain.apply(span_edits.set_flag(plain.article(1), at(article, "Nordbank").id, KIM, flag=True), "kim")
    ids = {one.text: one.id for one in article.spans.values()}
    with closing(sqlite3.connect(plain.path)) as connection, connection:
        connection.execute("INSERT INTO entity (key, label, name) VALUES ('x', 1, 'X')")
        connection.execute(
            "INSERT INTO link (span, entity, state, origin) VALUES (?, 1, 'accepted', 'kim')", [ids["Monday"]]
        )
        connection.execute(
            "INSERT INTO role (span, type, entity, state, origin) VALUES (?, 1, 1, 'accepted', 'kim')",
            [ids["fraud"]],
        )
        connection.execute(
            "INSERT INTO relation (document, type, from_span, to_span, state, origin) VALUES (1, 1, ?, ?, 'accepted', 'kim')",
            [ids["Carl Dahl"], ids["fraud"]],
        )
    assert _suggest(plain)["withdrawn"] == 1
    assert {text for text, _ in _states(plain)} == set(words) - {"trial"}
    assert plain.check() == []


def test_what_was_only_proposed_on_it_goes_along(plain: Store) -> None:
    """A proposed link, and an entity that nothing else mentions."""
    _suggest(plain, _say("Nordbank"))
    with closing(sqlite3.connect(plain.path)) as connection, connection:
        connection.execute("INSERT INTO entity (key, label, name) VALUES ('x', 2, 'X')")
        connection.execute(
            "INSERT INTO link (span, entity, state, origin) VALUES (1, 1, 'suggested', 'linker')"
        )
    _suggest(plain)
    assert plain.entity(1) is None
    assert plain.check() == []


@pytest.mark.parametrize("act", ["reject", "relabel", "resize", "accept"])
def test_a_decision_stands_against_every_later_run(plain: Store, act: str) -> None:
    """What was rejected, relabelled or refitted away makes no span again."""
    _suggest(plain, _say("Nordbank"))
    article = plain.article(1)
    span_id = at(article, "Nordbank").id
    person = number(plain, "PERSON")
    edit = {
        "accept": lambda: span_edits.accept(article, [span_id], KIM),
        "reject": lambda: span_edits.reject(article, [span_id], KIM),
        "relabel": lambda: span_edits.relabel(article, [span_id], person, KIM),
        "resize": lambda: span_edits.resize(article, span_id, 10, 21, KIM),
    }[act]
    plain.apply(edit(), "kim")
    before = plain.article(1).spans
    _suggest(plain, _say("Nordbank"), version="3")
    _suggest(plain, version="4")
    assert plain.article(1).spans == before
    assert plain.check() == []


@pytest.mark.parametrize("act", ["reject", "relabel", "resize"])
def test_a_decision_can_be_undone_after_later_runs(plain: Store, act: str) -> None:
    """The span is undecided again, and has a proposal."""
    _suggest(plain, _say("Nordbank"))
    article = plain.article(1)
    span_id = at(article, "Nordbank").id
    edit = {
        "reject": lambda: span_edits.reject(article, [span_id], KIM),
        "relabel": lambda: span_edits.relabel(article, [span_id], number(plain, "PERSON"), KIM),
        "resize": lambda: span_edits.resize(article, span_id, 10, 21, KIM),
    }[act]
    plain.apply(edit(), "kim")
    _suggest(plain, version="3")
    plain.undo("kim")
    assert _states(plain) == {("Nordbank", "ORG"): "suggested"}
    assert plain.check() == []


def test_a_span_that_was_once_decided_is_not_withdrawn(plain: Store) -> None:
    """Accepted, undone, then not found again: without it nothing before it could be undone."""
    _suggest(plain, _say("Nordbank"), _say("Monday", "DATE"))
    article = plain.article(1)
    plain.apply(link_edits.link_new(article, at(article, "Nordbank").id, "bank", KIM), "kim")
    plain.undo("kim")
    _suggest(plain, version="3")
    assert _states(plain) == {("Nordbank", "ORG"): "suggested"}
    plain.redo("kim")
    plain.undo("kim")
    assert plain.check() == []


def test_the_ends_of_a_relation_that_was_taken_out_are_not_withdrawn(plain: Store) -> None:
    """Its row is gone, and only the journal knows which spans its undo will ask for."""
    _suggest(plain, _say("Nordbank"), _say("Monday", "DATE"))
    article = plain.article(1)
    [type_, *_] = plain.relation_types()
    ends = at(article, "Nordbank").id, at(article, "Monday").id
    plain.apply(role_edits.relate(article, type_, *ends, KIM), "kim")
    article = plain.article(1)
    [relation] = article.relations
    plain.apply(role_edits.unrelate(article, relation, type_, KIM), "kim")
    _suggest(plain, version="3")
    assert set(_states(plain).values()) == {"suggested"}
    plain.undo("kim")
    assert list(plain.article(1).relations) == [relation]
    assert plain.check() == []


def test_an_article_that_is_done_or_gone_is_passed_over(project: Store) -> None:
    project.apply(document_edits.set_status(project.document(1), "done"), "kim")
    run = project.begin_run("suggest", "model", "2")
    assert project.add_suggestions(run, "model", "2", [(1, [_say("Nordbank")]), (99, [])]) == {"skipped": 2}


def test_a_removed_article_gets_no_suggestions(project: Store) -> None:
    """It is not pending; one that was handed out before comes to nothing worse than spans nobody sees."""
    project.apply(document_edits.remove(project.document(1)), "kim")
    assert [document for document, _ in project.pending("model", "2", again=True)] == [2]


def test_places_outside_the_text_and_unknown_labels_are_passed_over(plain: Store) -> None:
    """A model may be wrong about anything."""
    size = len(TEXT)
    wrong = [(-1, 2), (3, 3), (5, 4), (size - 1, size + 1)]
    said = [Suggestion(start, end, "ORG", None, None) for start, end in wrong]
    assert _suggest(plain, *said, _say("Monday", "WEEKDAY"))["spans"] == 0
    assert plain.check() == []


def test_what_is_pending(project: Store) -> None:
    """Articles that are not done and that this suggester, in this version, has not looked at."""
    assert [document for document, _ in project.pending("model", "2")] == [1, 2]
    _suggest(project, document=1)
    assert [document for document, _ in project.pending("model", "2")] == [2]
    assert [document for document, _ in project.pending("model", "3")] == [1, 2]
    assert [document for document, _ in project.pending("other", "2")] == [1, 2]
    assert [document for document, _ in project.pending("model", "2", again=True)] == [1, 2]
    project.apply(document_edits.set_status(project.document(2), "done"), "kim")
    assert project.pending("model", "2") == []


def test_a_run_beside_an_open_import_meets_its_spans(project: Store) -> None:
    """They are not seen yet, but their place is theirs."""
    run = project.begin_run("import", "x")
    project.add_records(run, [record("one", span("trial", "ORG"))], origin="import")
    _suggest(project, _say("trial"), by="other")
    project.end_run(run, {})
    assert _states(project)["trial", "ORG"] == "suggested"
    assert project.check() == []


places = st.tuples(st.integers(0, 12), st.integers(1, 4), st.sampled_from(["PERSON", "ORG"]))
decisions = st.builds(Choice, *[st.integers(0, 60)] * 4)
acts = st.lists(st.one_of(decisions, st.lists(places, max_size=4)), max_size=12)


@given(acts)
def test_no_run_ever_touches_a_decision(
    made_empty: Path,
    tmp_path_factory: pytest.TempPathFactory,
    acts: list[Choice | list[tuple[int, int, str]]],
) -> None:
    """Any decisions between any runs: what is not undecided is the same before and after each run."""
    path = tmp_path_factory.mktemp("any") / "p.db"
    path.write_bytes(made_empty.read_bytes())
    with store.open_project(path) as project:
        put(project, record("one"))
        for act in acts:
            article = project.article(1)
            if isinstance(act, Choice):
                change = decide(project, article, KIM, act)
                if change:
                    project.apply(change, "kim")
                continue
            before = {one.id: one for one in article.spans.values() if one.state != "suggested"}
            said = [Suggestion(start, start + size, label, None, None) for start, size, label in act]
            _suggest(project, *said)
            after = {one.id: one for one in project.article(1).spans.values() if one.state != "suggested"}
            assert after == before
        while project.last_decision("kim"):
            project.undo("kim")
        assert project.check() == []
