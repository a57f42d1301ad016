"""Merge, split, move, undo and link again, in any order: every invariant of a project holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import store
from annotator.domain.edits import link_edits, role_edits
from annotator.errors import UserError
from annotator.session import entities
from annotator.session.asking import questions
from annotator.session.linking import propose_links
from annotator.session.session import Session
from annotator.store import Store

WORDS = [
    "Anna Berg",
    "Berg",
    "A. Berg",
    "Carl Dahl",
    "Dahl",
    "Nordbank",
    "Nordbank Group",
    "3 May 2027",
    "charged with fraud",
]
LABELS = {
    "Nordbank": "ORG",
    "Nordbank Group": "ORG",
    "3 May 2027": "DATE",
    "charged with fraud": "ALLEGATION",
}
TEXT = "; ".join(WORDS) + "."


def _record(number: int) -> Any:
    spans = []
    for words in WORDS:
        start = (
            TEXT.index(words) if words not in ("Berg", "Dahl", "Nordbank") else TEXT.index(f"; {words};") + 2
        )
        label = LABELS.get(words, "PERSON")
        state = "suggested" if number == 3 else "accepted"
        spans.append({"start": start, "end": start + len(words), "label": label, "state": state})
    return {"id": f"a{number}", "text": f"{TEXT} {number}", "spans": spans}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> _File:
    """A project of three articles with proposed links."""
    path = tmp_path_factory.mktemp("made") / "p.db"
    with store.create(path) as project:
        run = project.begin_run("import", "test")
        project.end_run(run, project.add_records(run, map(_record, (1, 2, 3)), mode="as_is", origin="import"))
        propose_links(project)
    return _File(path.read_bytes())


class _File:
    """A project's bytes, which nobody wants to see in a report."""

    def __init__(self, content: bytes) -> None:
        self.content = content


@pytest.fixture
def session(tmp_path: Path, made: _File) -> Iterator[Session]:
    path = tmp_path / "p.db"
    path.write_bytes(made.content)
    opened = Session(store.open_project(path), "kim")
    yield opened
    opened.close()


def by_name(session: Session, name: str) -> int:
    return next(row.id for row in session.store.entity_rows(words=name) if row.name == name)


def spans_of(session: Session, entity: int, state: str | None = None) -> list[int]:
    return [
        mention.span.id
        for mention in session.mentions(entity)
        if state is None or mention.link_state == state
    ]


def all_rows(project: Store) -> Any:
    """Everything that decisions are about."""
    tables = ("entity", "link", "role", "distinct_pair", "key_alias")
    return {table: sorted(project._db.execute(f"SELECT * FROM {table}").fetchall()) for table in tables} | {
        "span": project._db.execute('SELECT id, state, "by", label FROM span ORDER BY id').fetchall()
    }


def test_a_merge_takes_mentions_names_and_key_along(session: Session) -> None:
    berg, dahl = by_name(session, "Anna Berg"), by_name(session, "Carl Dahl")
    key = session.store.whole(dahl).entity.key
    mentions = sorted(spans_of(session, berg) + spans_of(session, dahl))
    entities.merge(session, berg, dahl)
    whole = session.store.whole(berg)
    assert sorted(spans_of(session, berg)) == mentions
    assert json.loads(whole.entity.aliases) == ["Carl Dahl"]
    assert [alias.key for alias in whole.keys] == [key]
    with pytest.raises(UserError) as told:
        session.store.whole(dahl)
    assert told.value.code == "entity.missing"
    assert session.store.check() == []


def test_a_split_is_remembered_and_the_next_run_keeps_to_it(session: Session) -> None:
    berg = by_name(session, "Anna Berg")
    some = spans_of(session, berg)[:2]
    entities.split(session, berg, some, "Another Berg")
    other = by_name(session, "Another Berg")
    assert spans_of(session, other, "accepted") == some
    assert [(pair.first, pair.second) for pair in session.store.distinct_pairs()] == [(berg, other)]
    propose_links(session.store)
    assert not set(spans_of(session, berg)) & set(some)
    assert len(spans_of(session, berg)) == 7
    assert session.store.check() == []


def test_proposals_of_two_that_were_told_apart_stay(session: Session) -> None:
    berg, dahl = by_name(session, "Anna Berg"), by_name(session, "Carl Dahl")
    before = spans_of(session, berg), spans_of(session, dahl)
    entities.tell_apart(session, berg, dahl)
    entities.rename(session, dahl, "Anna Berg")
    propose_links(session.store)
    assert (spans_of(session, berg), spans_of(session, dahl)) == before


def test_mentions_move_and_come_off(session: Session) -> None:
    berg, dahl = by_name(session, "Anna Berg"), by_name(session, "Carl Dahl")
    some = spans_of(session, dahl)[:1]
    entities.move(session, dahl, some, berg)
    assert some[0] in spans_of(session, berg, "accepted")
    entities.unlink(session, berg, some)
    assert some[0] not in spans_of(session, berg)
    assert session.store.check() == []


def test_a_date_that_gets_the_value_of_another_joins_it(session: Session) -> None:
    day = by_name(session, "2027-05-03")
    some = spans_of(session, day)[:1]
    entities.split(session, day, some, "4 May", value="2027-05-04")
    other = by_name(session, "4 May")
    entities.set_value(session, other, "2027-05-03")
    assert len(spans_of(session, day)) == 3
    assert session.store.check() == []


def test_accepting_proposed_mentions_accepts_their_spans(session: Session) -> None:
    berg = by_name(session, "Anna Berg")
    entities.accept_all(session, berg, spans_of(session, berg))
    assert {mention.span.state for mention in session.mentions(berg)} == {"accepted"}
    assert {mention.link_state for mention in session.mentions(berg)} == {"accepted"}


def test_saying_twice_that_two_are_not_the_same_is_nothing_new(session: Session) -> None:
    berg, dahl = by_name(session, "Anna Berg"), by_name(session, "Carl Dahl")
    assert entities.tell_apart(session, dahl, berg) is not None
    assert entities.tell_apart(session, berg, dahl) is None
    entities.merge(session, berg, dahl)
    assert session.store.distinct_pairs() == []


def test_names_notes_and_addresses(session: Session) -> None:
    berg = by_name(session, "Anna Berg")
    entities.rename(session, berg, " Anna  B. Berg ")
    entities.set_aliases(session, berg, ["Berg", " Berg", "Anna B. Berg", ""])
    entities.set_note(session, berg, " the banker ")
    entities.set_uri(session, berg, "https://example.org/1")
    found = session.store.whole(berg).entity
    assert (found.name, found.aliases, found.note, found.uri) == (
        "Anna B. Berg",
        '["Berg"]',
        "the banker",
        "https://example.org/1",
    )
    assert entities.set_note(session, berg, "the banker") is None
    with pytest.raises(ValueError, match="name"):
        entities.rename(session, berg, "  ")


Act = Callable[[Session, int, int], object]


def _pair(session: Session, a: int, b: int) -> tuple[int, int] | None:
    """Two entities of one label, by two numbers."""
    rows = session.store.entity_rows()
    if not rows:
        return None
    first = rows[a % len(rows)]
    same = [row for row in rows if row.label == first.label and row.id != first.id]
    return (first.id, same[b % len(same)].id) if same else None


def _merge(session: Session, a: int, b: int) -> None:
    pair = _pair(session, a, b)
    if pair:
        entities.merge(session, *pair)


def _apart(session: Session, a: int, b: int) -> None:
    pair = _pair(session, a, b)
    if pair:
        entities.tell_apart(session, *pair)


def _some(session: Session, a: int, b: int) -> tuple[int, list[int]] | None:
    rows = session.store.entity_rows()
    if not rows:
        return None
    entity = rows[a % len(rows)].id
    spans = spans_of(session, entity)
    return (entity, spans[b % len(spans) :][:2]) if spans else None


def _split(session: Session, a: int, b: int) -> None:
    found = _some(session, a, b)
    if found:
        entities.split(session, *found, f"Part {a % 7}")


def _move(session: Session, a: int, b: int) -> None:
    found, pair = _some(session, a, b), _pair(session, a, b)
    if found and pair:
        entities.move(session, *found, pair[1])


def _unlink(session: Session, a: int, b: int) -> None:
    found = _some(session, a, b)
    if found:
        entities.unlink(session, *found)


def _accept(session: Session, a: int, b: int) -> None:
    found = _some(session, a, b)
    if found:
        entities.accept_all(session, *found)


def _link_new(session: Session, a: int, b: int) -> None:
    article = session.open(1 + a % 3)
    spans = sorted(span for span, one in article.spans.items() if one.state != "rejected")
    key = session.store.free_key("person:new")
    session.run(lambda article, author: link_edits.link_new(article, spans[b % len(spans)], key, author))


def _role(session: Session, a: int, b: int) -> None:
    """Say who is accused, or take a role away."""
    article = session.open(1 + a % 3)
    accused = session.store.role_types()[0]
    claim = next(span for span in article.spans.values() if span.text == "charged with fraud")
    standing = [role for role in article.roles_of(claim.id) if role.state != "rejected"]
    people = session.store.entities(1)
    if standing and b % 2:
        role = standing[b % len(standing)].id
        session.run(lambda article, author: role_edits.remove_role(article, role, accused, author))
    elif people and claim.state != "rejected":
        entity = people[b % len(people)]
        session.run(lambda article, author: role_edits.set_role(article, claim.id, accused, entity, author))


def _undo(session: Session, a: int, b: int) -> None:
    with suppress(UserError):  # nothing to undo, or something newer in the way
        session.undo()


def _redo(session: Session, a: int, b: int) -> None:
    with suppress(UserError):  # nothing to redo, or something newer in the way
        session.redo()


def _run(session: Session, a: int, b: int) -> None:
    propose_links(session.store)


DECISIONS: list[Act] = [_merge, _split, _move, _unlink, _accept, _apart, _link_new, _role]
ACTS: list[Act] = [*DECISIONS, _undo, _redo, _run]
numbers = st.integers(0, 50)


@given(st.lists(st.tuples(st.sampled_from(ACTS), numbers, numbers), max_size=12))
def test_any_order_keeps_every_invariant(made: _File, tmp_path_factory: Any, acts: Any) -> None:
    path = tmp_path_factory.mktemp("any") / "p.db"
    path.write_bytes(made.content)
    with store.open_project(path) as project:
        session = Session(project, "kim")
        for act, a, b in acts:
            before = _decided(project)
            act(session, a, b)
            if act is _run:
                assert _decided(project) == before
        assert project.check() == []
        links = project._db.execute("SELECT span FROM link WHERE state = 'accepted'").fetchall()
        assert len(links) == len(set(links))


@given(st.lists(st.tuples(st.sampled_from(DECISIONS), numbers, numbers), max_size=8))
def test_undo_of_all_brings_everything_back_and_redo_makes_it_again(
    made: _File, tmp_path_factory: Any, acts: Any
) -> None:
    path = tmp_path_factory.mktemp("undo") / "p.db"
    path.write_bytes(made.content)
    with store.open_project(path) as project:
        session = Session(project, "kim")
        before = all_rows(project)
        for act, a, b in acts:
            act(session, a, b)
        after, steps = all_rows(project), len(project.history())
        for _ in range(steps):
            session.undo()
        assert all_rows(project) == before
        for _ in range(steps):
            session.redo()
        assert all_rows(project) == after


def _decided(project: Store) -> Any:
    return project._db.execute(
        "SELECT id, span, entity, state, \"by\" FROM link WHERE state <> 'suggested' ORDER BY id"
    ).fetchall()


def test_likely_pairs_are_asked_about_until_they_are_answered(session: Session) -> None:
    berg = by_name(session, "Anna Berg")
    some = spans_of(session, berg)[:2]
    entities.split(session, berg, some, "A. Berg")
    other = by_name(session, "A. Berg")
    assert not questions(session.store)  # whoever splits has answered
    session.undo()
    entities.move(session, berg, some[:1], by_name(session, "Carl Dahl"))
    article = session.open(1)
    key = session.store.free_key("person:berg")
    session.run(lambda article, author: link_edits.link_new(article, some[1], key, author, name="A. Berg"))
    (question,) = questions(session.store)
    assert {question.first.id, question.second.id} == {berg, by_name(session, "A. Berg")}
    assert question.first.id == berg
    entities.tell_apart(session, question.first.id, question.second.id)
    assert questions(session.store) == []
    assert other not in {row.id for row in session.store.entity_rows()}
    assert article.document.id == 1
