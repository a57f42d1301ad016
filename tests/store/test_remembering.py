"""The memory of decisions in the file: no decision is touched, every undo works, taking it back restores."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from annotator import store
from annotator.domain.changes import Message
from annotator.domain.edits import document_edits, span_edits
from annotator.domain.reasons import written
from annotator.domain.suggestion import Suggestion
from annotator.errors import UserError
from annotator.session.remembering import Memory, turn_off, turn_on
from annotator.store import Store
from tests.store.deciding import decide
from tests.store.making import KIM, at, put, record
from tests.store.situation import Choice

NEWS = "Anna Berg left Nordbank. The Harbour Trust sued Nordbank and Anna Berg."
NAMES = {"Anna Berg": "PERSON", "Nordbank": "ORG", "The Harbour Trust": "ORG", "Anna": "ORG", "sued": "ORG"}
Rows = list[tuple[object, ...]]


def _suggest(project: Store, found: list[Suggestion], document: int, by: str = "model") -> None:
    run = project.begin_run("suggest", by, "1")
    project.add_suggestions(run, by, "1", [(document, found)])
    project.end_run(run, {})


def _standing(path: Path) -> Rows:
    """The spans of all articles without what only counts them."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            'SELECT document, start, "end", label, state, origin, score, text FROM span ORDER BY 1, 2, 3, 4'
        ).fetchall()


def _said(path: Path) -> Rows:
    """What the memory says, but who decided last, of several in one second."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT document, start, \"end\", label, score, why FROM proposal WHERE suggester = 'memory' ORDER BY 1, 2, 3, 4"
        ).fetchall()


@contextmanager
def _project(made_empty: Path, articles: int = 3) -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.db"
        path.write_bytes(made_empty.read_bytes())
        with store.open_project(path) as project:
            put(project, *(record(f"a{number}", text=f"{NEWS} {number}") for number in range(articles)))
            yield project


def _everywhere(words: str, label: str) -> Suggestion:
    start = NEWS.index(words)
    return Suggestion(start, start + len(words), label, 0.5, None)


places = st.tuples(st.integers(0, len(NEWS) - 1), st.integers(1, 9), st.sampled_from(["PERSON", "ORG"]))
named = st.sampled_from([(NEWS.index(one), len(one), label) for one, label in NAMES.items()])
suggestions = st.lists(st.one_of(named, places), max_size=4)
number = st.integers(0, 60)
acts = st.lists(
    st.one_of(
        st.builds(Choice, number, number, number, number),
        suggestions,
        st.sampled_from(["memory", "memory", "undo", "redo"]),
    ),
    max_size=14,
)


_NONE = Choice(0, 0, 0, 0)


def _act(project: Store, memory: Memory, act: object, turn: int) -> None:
    document = 1 + turn % 3
    if isinstance(act, Choice):
        change = decide(project, project.article(document), KIM, act)
        if change:
            project.apply(change, KIM.name)
    elif isinstance(act, list):
        found = [Suggestion(start, min(start + size, len(NEWS)), label) for start, size, label in act]
        _suggest(project, found, document)
    elif act == "memory":
        memory.forget()  # labels may have other names
        memory.spread(project, decided=[1, 2, 3])
    else:
        try:
            project.undo(KIM.name) if act == "undo" else project.redo(KIM.name)
        except UserError as error:
            if not error.code.endswith(".nothing"):
                raise


def _decided(project: Store) -> Rows:
    return [one for one in _standing(project.path) if one[4] != "suggested"]


@given(acts)
@example(  # what the memory suggested is relabelled with all others of its label, and comes back by an undo
    [
        [(0, 9, "PERSON")],
        [],
        _NONE,
        Choice(27, 0, 0, 1),
        _NONE,
        _NONE,
        "memory",
        _NONE,
        _NONE,
        Choice(60, 0, 0, 0),
        "memory",
    ]
)
@example(  # what was decided is undone while the memory knows nothing of it: it has begun anew
    [*[_NONE] * 6, [(0, 9, "PERSON")], Choice(24, 0, 0, 0), "memory", "undo", "memory"]
)
def test_the_memory_never_touches_a_decision(made_empty: Path, acts: list[object]) -> None:
    """Whatever is decided, suggested, undone and remembered in any order; at last all of it is undone."""
    with _project(made_empty) as project:
        memory = Memory()
        for turn, act in enumerate(acts):
            before = _decided(project)
            _act(project, memory, act, turn)
            if act == "memory":
                assert _decided(project) == before
                said = _said(project.path)
                memory.spread_all(project)
                memory.spread_all(project)
                assert _decided(project) == before
                assert said == [one for one in _said(project.path) if one in said]
        assert project.check() == []
        while project.last_decision(KIM.name):
            project.undo(KIM.name)
        memory.spread_all(project)
        assert project.check() == []


@given(acts)
def test_taken_back_by_name_it_leaves_what_would_stand_without_it(
    made_empty: Path, acts: list[object]
) -> None:
    """The spans that nobody decided on are those of a project that never had a memory."""
    plain = [act for act in acts if act != "memory" and not isinstance(act, Choice)]
    with _project(made_empty) as project:
        memory = Memory()
        for turn, act in enumerate(plain):
            _act(project, memory, act, turn)
        article = project.article(1)
        for span in list(article.spans.values())[:3]:
            edit = span_edits.accept if span.start % 2 else span_edits.reject
            project.apply(edit(article, [span.id], KIM), KIM.name)
            article = project.article(1)
        before = _standing(project.path)
        memory.spread_all(project)
        turn_off(project)
        assert _standing(project.path) == before
        assert project.check() == []
        turn_on(project)


def test_an_accepted_name_is_suggested_where_it_stands_unmarked(made_empty: Path) -> None:
    """In every article that is not done, with who says so and how sure that is."""
    with _project(made_empty) as project:
        ids = {label.name: label.id for label in project.labels()}
        project.apply(document_edits.set_status(project.document(3), "done"), "kim")
        memory = Memory()
        memory.spread(project)
        start = NEWS.index("Nordbank")
        project.apply(span_edits.add(project.article(1), start, start + 8, ids["ORG"], KIM), "kim")
        report = memory.spread(project, decided=[1])
        assert report.counts["added"] == 3  # the other one in the same article, two in the next
        found = at(project.article(2), "Nordbank")
        assert (found.state, found.origin) == ("suggested", "memory")
        assert found.score is not None
        assert round(found.score, 2) == 0.67
        [proposal] = project.proposals(2, found.start, found.end)
        why = Message("reason.accepted_by", {"label": "ORG", "count": 1, "last": "kim"})
        assert proposal.why == written(why)
        assert not project.article(3).spans


def test_a_rejected_suggestion_goes_elsewhere_and_comes_back_with_the_undo(made_empty: Path) -> None:
    with _project(made_empty) as project:
        for document in (1, 2, 3):
            _suggest(project, [_everywhere("sued", "ORG")], document)
        memory = Memory()
        memory.spread(project)
        article = project.article(1)
        project.apply(span_edits.reject(article, [at(article, "sued").id], KIM), "kim")
        memory.spread(project, decided=[1])
        assert not project.article(2).spans
        _suggest(project, [_everywhere("sued", "ORG")], 2)  # the model says so again
        assert not project.article(2).spans
        project.undo("kim")
        memory.spread(project, decided=[1])
        assert at(project.article(2), "sued").origin == "model"
        assert project.check() == []


def test_what_was_not_worked_out_is_when_the_project_opens_again(made_empty: Path) -> None:
    """The program ended before its memory had heard of the decision."""
    with _project(made_empty) as project:
        for document in (1, 2):
            _suggest(project, [_everywhere("sued", "ORG")], document)
        article = project.article(1)
        project.apply(span_edits.reject(article, [at(article, "sued").id], KIM), "kim")
        Memory().spread(project)
        assert not project.article(2).spans


def test_one_slip_does_not_spoil_what_was_accepted_often(made_empty: Path) -> None:
    with _project(made_empty, articles=6) as project:
        for document in range(1, 7):
            _suggest(project, [_everywhere("Nordbank", "ORG")], document)
        for document in range(1, 6):
            article = project.article(document)
            act = span_edits.reject if document == 5 else span_edits.accept
            project.apply(act(article, [at(article, "Nordbank").id], KIM), "kim")
        memory = Memory()
        memory.spread_all(project)
        assert at(project.article(6), "Nordbank").state == "suggested"


def test_a_relabelled_name_is_relabelled_elsewhere(made_empty: Path) -> None:
    """One undecided span stands at the place: that of the memory."""
    with _project(made_empty) as project:
        ids = {label.name: label.id for label in project.labels()}
        for document in (1, 2):
            _suggest(project, [_everywhere("Nordbank", "PERSON")], document)
        article = project.article(1)
        project.apply(span_edits.relabel(article, [at(article, "Nordbank").id], ids["ORG"], KIM), "kim")
        memory = Memory()
        memory.spread(project, decided=[1])
        labels = [one.label for one in project.article(2).spans.values() if one.text == "Nordbank"]
        assert labels == [ids["ORG"], ids["ORG"]]


def test_refitted_boundaries_are_learned_for_the_same_words(made_empty: Path) -> None:
    with _project(made_empty) as project:
        for document in (1, 2):
            _suggest(project, [_everywhere("The Harbour Trust", "ORG")], document)
        article = project.article(1)
        span = at(article, "The Harbour Trust")
        project.apply(span_edits.resize(article, span.id, span.start + 4, span.end, KIM), "kim")
        memory = Memory()
        memory.spread(project, decided=[1])
        assert [one.text for one in project.article(2).spans.values()] == ["Harbour Trust"]
        assert project.check() == []


def test_what_is_refused_goes_but_where_a_longer_name_says_that_it_is_one(made_empty: Path) -> None:
    """A longer name of another kind (`The Harbour Trust`) only says once more that `Harbour` is nobody."""
    names = ("Harbour", "PERSON"), ("The Harbour Trust", "ORG"), ("Anna", "PERSON"), ("Anna Berg", "PERSON")
    with _project(made_empty) as project:
        for document in (1, 2):
            _suggest(project, [_everywhere(*one) for one in names], document)
        for refused in ("Harbour", "Anna"):
            article = project.article(1)
            project.apply(span_edits.reject(article, [at(article, refused).id], KIM), "kim")
        Memory().spread(project, decided=[1])
        left = {one.text for one in project.article(2).spans.values()}
        assert left == {"The Harbour Trust", "Anna", "Anna Berg"}
