"""Differences between reviewers: found, settled, undone, and what stands in the end is what was meant."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import store
from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet
from annotator.domain.conflicts import MINE, THEIRS, Conflict
from annotator.domain.edits import role_edits, span_edits
from annotator.domain.models import RelationType
from annotator.session import Session
from annotator.session.comparing import Search, open_conflicts, settle
from annotator.session.importing import import_paths
from annotator.store import Store
from annotator.store.importing import GOLD
from tests.end2end import two_reviewers
from tests.store.making import KIM, at, put, sample
from tests.store.reviewers import decided, merge, said
from tests.store.situation import Choice

LEE = Author("lee", "2026-11-25T01:02:03Z")
numbers = st.integers(0, 60)
choices = st.lists(st.builds(Choice, numbers, numbers, numbers, numbers), max_size=12)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the two articles of `making.sample`."""
    path = tmp_path_factory.mktemp("made") / "p.db"
    with store.create(path) as project:
        put(project, *sample())
    return path


def _project(path: Path, records: list[two_reviewers.Record]) -> Path:
    with store.create(path) as project:
        source = two_reviewers.write(records, path.with_suffix(".jsonl"))
        report = import_paths(project, [source], mode=GOLD)
        assert not report.refused
    return path


def _all(project: Store) -> Iterator[tuple[int, Conflict]]:
    """Each open difference, the articles in their order; settling one may end others."""
    while True:
        search = Search(project)
        search.look(lambda: True)
        number = search.following(0, 1)
        if number is None:
            return
        yield number, open_conflicts(project, number)[0]


def test_settling_for_the_right_side_gives_gold(tmp_path: Path) -> None:
    """Two reviewers of four gold articles; of each difference the one who has it as gold does is taken."""
    gold = two_reviewers.gold(4)
    mine, theirs = two_reviewers.two(gold, seed=7)
    into, other = _project(tmp_path / "ann.db", mine), _project(tmp_path / "ben.db", theirs)
    right = set(two_reviewers.essence(gold))
    merge(into, other)
    with store.open_project(into) as project:
        session = Session(project, "kim")
        assert two_reviewers.essence(project.records()) != sorted(right, key=repr)
        count = 0
        for number, conflict in _all(project):
            session.open(number)
            assert settle(session, conflict, _right_side(session, conflict, right))
            count += 1
        assert count > 20
        assert two_reviewers.essence(project.records()) == sorted(right, key=repr)
        assert project.check() == []


def _right_side(session: Session, conflict: Conflict, right: set[tuple[object, ...]]) -> str:
    """By gold: who has the span, with its entity, as it should be."""
    assert session.article is not None
    labels = {label.id: label.name for label in session.labels()}
    places = {(one[1], one[2], one[3]): one[4] for one in right if one[0] == session.article.document.name}

    def wrong(opinion: object) -> bool:
        if opinion is None:
            return (*conflict.place[:2], labels[conflict.place[2]]) in places
        span, entity, *_ = opinion  # type: ignore[misc]
        found = session.entity(entity) if entity is not None else None
        place = (span.start, span.end, labels[span.label])
        return place not in places or places[place] != (found and (found.value or found.key))

    return THEIRS if wrong(conflict.mine) else MINE


@given(choices, choices, st.sampled_from([MINE, THEIRS]))
@settings(max_examples=15)
def test_every_difference_can_be_settled_either_way_and_undone(
    made: Path, mine: list[Choice], theirs: list[Choice], side: str
) -> None:
    """Kept: what stood stands. Taken: no difference is left. Undone: all are open again."""
    with TemporaryDirectory() as folder:
        into, other = Path(folder) / "kim.db", Path(folder) / "lee.db"
        for path, who, what in ((into, "kim", mine), (other, "lee", theirs)):
            path.write_bytes(made.read_bytes())
            with store.open_project(path) as project:
                decided(project, who, what)
        merge(into, other)
        merged = said(into)
        with store.open_project(into) as project:
            session = Session(project, "ann")
            settled = 0
            for number, conflict in _all(project):
                session.open(number)
                settle(session, conflict, side)
                settled += 1
            assert project.check() == []
            if side == MINE:
                assert {**said(into), "articles": []} == {**merged, "articles": []}
            else:
                with closing(sqlite3.connect(into)) as connection:
                    connection.execute("DELETE FROM settled")
                    connection.commit()
                assert [one.kind for _, one in _all(project)] == []
                return
            for _ in range(settled):
                session.undo()
        assert said(into) == merged


def test_an_own_decision_settles_and_a_newer_one_of_theirs_opens_it_again(made: Path, tmp_path: Path) -> None:
    """Who settled what is in the file and in the journal."""
    into, other = tmp_path / "kim.db", tmp_path / "lee.db"
    for path in (into, other):
        path.write_bytes(made.read_bytes())
    _decide(into, span_edits.accept, KIM)
    _decide(other, span_edits.reject, LEE)
    merge(into, other)
    with store.open_project(into) as project:
        session = Session(project, "ann")
        session.open(1)
        [conflict] = _about(project, "Nordbank")
        assert conflict.kind == "state"
        session.run(
            lambda article, who: span_edits.set_note(article, at(article, "Nordbank").id, "seen", who)
        )
        settle(session, conflict, MINE)
        assert _about(project, "Nordbank") == []
        assert project.history(limit=1)[0].reviewer == "ann"
        assert [(one.by, one.choice) for one in project.settled(1)] == [("ann", MINE)]
    merge(into, other)
    with store.open_project(into) as project:
        assert _about(project, "Nordbank") == []
    _decide(
        other,
        lambda article, ids, who: span_edits.relabel(article, ids, 1, who),
        Author("lee", "2027-01-01T00:00:00Z"),
    )
    merge(into, other)
    with store.open_project(into) as project:
        assert [one.kind for one in _about(project, "Nordbank")] == ["label"]


def test_a_relation_is_compared_between_spans_that_stand(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Theirs takes the place of ours, can be undone; what they take back later is no difference any more."""
    into, other = tmp_path / "kim.db", tmp_path / "lee.db"
    for path, who in ((into, KIM), (other, LEE)):
        path.write_bytes(made.read_bytes())
        _decide(path, span_edits.accept, who)
    with store.open_project(other) as project:
        works, related = (_type(project, name) for name in ("works for", "related to"))
        article = project.article(1)
        [old] = article.relations.values()
        project.apply(role_edits.unrelate(article, old.id, works, LEE), "lee")
        project.apply(role_edits.relate(project.article(1), related, old.from_span, old.to_span, LEE), "lee")
    merge(into, other)
    with store.open_project(into) as project:
        session = Session(project, "kim")
        session.open(1)
        [conflict] = open_conflicts(project, 1)
        assert (conflict.kind, conflict.span.text) == ("relation", "Anna Berg")
        settle(session, conflict, THEIRS)
        assert [one.type for one in project.article(1).relations.values()] == [related.id]
        assert open_conflicts(project, 1) == []
        session.undo()
        assert [one.kind for one in open_conflicts(project, 1)] == ["relation"]
        settle(session, conflict, MINE)
        assert [one.type for one in project.article(1).relations.values()] == [works.id]
        session.undo()
    with store.open_project(other) as project:
        article = project.article(1)
        [mine] = article.relations.values()
        monkeypatch.setattr("annotator.store.store.now", lambda: "2027-01-01T00:00:00Z")
        project.apply(role_edits.unrelate(article, mine.id, related, LEE), "lee")
    merge(into, other)
    with store.open_project(into) as project:
        assert open_conflicts(project, 1) == []


def _type(project: Store, name: str) -> RelationType:
    return next(one for one in project.relation_types() if one.name == name)


def _about(project: Store, words: str) -> list[Conflict]:
    return [one for one in open_conflicts(project, 1) if one.span.text == words]


def _decide(path: Path, edit: Callable[[Article, list[int], Author], ChangeSet], who: Author) -> None:
    with store.open_project(path) as project:
        article = project.article(1)
        project.apply(edit(article, [at(article, "Nordbank").id], who), who.name)
