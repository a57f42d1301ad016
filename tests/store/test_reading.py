"""What lists, searches and entity pages are made of."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator import store
from annotator.domain.edits import document_edits, span_edits
from annotator.errors import UserError
from annotator.store import Store
from annotator.store.reading import CONTEXT
from tests.store.making import KIM, TEXT, at, put, record, span


def _names(project: Store, words: str = "", *statuses: str) -> list[str]:
    return [row.name for row in project.documents(statuses, words)]


@pytest.fixture
def many(empty: Store) -> Store:
    """Eleven articles, every third of them done."""
    put(
        empty,
        *(
            record(
                f"n{i}",
                text=f"Article {i} about number{i % 2}.",
                status="new" if i % 3 else "done",
                source="A_B" if i == 4 else None,
            )
            for i in range(11)
        ),
    )
    return empty


def test_the_list(many: Store) -> None:
    """In queue order, by status, a page at a time."""
    assert _names(many) == [f"n{i}" for i in range(11)]
    assert _names(many, "", "done") == ["n0", "n3", "n6", "n9"]
    assert [row.name for row in many.documents(limit=2, offset=3)] == ["n3", "n4"]
    assert many.document_count() == 11
    assert many.document_count(["new", "in_progress"]) == 7


def test_the_list_by_words(many: Store) -> None:
    """Of title, text or source; the last word may be unfinished."""
    assert _names(many, "number1") == [f"n{i}" for i in range(11) if i % 2]
    assert _names(many, "ARTIC numb") == []
    assert _names(many, "article numb", "done") == ["n0", "n3", "n6", "n9"]
    assert _names(many, "A_B") == ["n4"]
    assert many.document_count((), "number0") == 6


def test_where_an_article_stands(many: Store) -> None:
    number = many.documents()[4].id
    assert many.position(number) == 4
    assert many.position(number, ["done"]) == 2
    assert many.neighbour(number, 1) == number + 1
    assert many.neighbour(number, -1, ["done"]) == number - 1
    assert many.neighbour(1, -1) is None


def test_a_removed_article_is_in_no_list(many: Store) -> None:
    """It can still be looked at, to put it back."""
    many.apply(document_edits.remove(many.document(1)), "kim")
    assert "n0" not in _names(many)
    assert many.document_row(1) is None
    assert many.search("number0")[0].name == "n2"
    assert many.document(1).removed == 1
    with pytest.raises(UserError, match="not in the project any more"):
        many.article(99)


def test_a_search_shows_its_place(project: Store) -> None:
    """Marked, in queue order, by title as well; accents do not matter."""
    [one, two] = project.search("nordb")
    assert (one.name, two.name) == ("one", "two")
    assert "\ue000Nordbank\ue001" in two.snippet
    assert [hit.name for hit in project.search("fraud at")] == ["one"]
    put(project, record("three", text="Crédit à Zürich"))
    assert [hit.name for hit in project.search("credit zurich")] == ["three"]
    assert [hit.name for hit in project.search("nordbank", limit=1, offset=1)] == ["two"]


@given(st.text(max_size=12))
@example('"')
@example("a OR")
@example("NEAR(a b)")
@example("title: x")
@example("* -a ^b")
@example("é\u0301 ﬁ İ")
@example("\0")
def test_whatever_somebody_types_is_a_search(made: Path, words: str) -> None:
    """Never an error, and no operator."""
    with store.open_project(made, read_only=True) as project:
        hits = project.search(words)
        assert len(hits) <= 2
        assert project.document_count((), words) >= len(hits)


def test_mentions_with_their_context(project: Store) -> None:
    """Over all articles, decided and proposed ones."""
    dahl = project.entities(1, "dahl")[0]
    one, two = project.mentions(dahl.id)
    assert (one.document, one.link_state, two.document, two.link_state) == (
        "one",
        "accepted",
        "two",
        "suggested",
    )
    assert one.before == TEXT[: one.span.start][-CONTEXT:]
    assert one.after == TEXT[one.span.end :][:CONTEXT]
    assert project.mentions(dahl.id, limit=1) == [one]
    assert project.mention_counts([dahl.id, 99]) == {dahl.id: (1, 1), 99: (0, 0)}


@pytest.mark.parametrize("start", [0, 1, CONTEXT - 1, CONTEXT, CONTEXT + 1])
def test_a_context_never_begins_before_the_text(empty: Store, start: int) -> None:
    text = "x" * start + "Anna" + "y" * 200
    put(empty, record("a", span("Anna", "PERSON", text, entity="anna", state="accepted"), text=text))
    [mention] = empty.mentions(1)
    assert (mention.before, mention.after) == ("x" * min(start, CONTEXT), "y" * CONTEXT)


def test_entities_by_name_or_alias(project: Store) -> None:
    """A part of a name; letters that LIKE would take for patterns are letters."""
    assert [one.key for one in project.entities(1)] == ["anna", "dahl"]
    assert [one.key for one in project.entities(1, "A. B")] == ["anna"]
    assert project.entities(1, "%") == []
    assert project.entities(1, "_") == []
    assert [one.key for one in project.entities(1, limit=1)] == ["anna"]
    assert [one.key for one in project.entities_like(1, ["dahl", "nobody"])] == ["dahl"]
    assert project.entities_like(1, []) == []
    assert project.entity(99) is None


def test_free_keys(project: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for key in ("anna-2", "anna-x", "annabel", "a*b"):
            connection.execute("INSERT INTO entity (key, label, name) VALUES (?, 1, 'N')", [key])
        connection.execute("INSERT INTO key_alias (key, entity) VALUES ('anna-3', 1)")
    assert [project.free_key(base) for base in ("anna", "dahl", "ann", "a*b")] == [
        "anna-4",
        "dahl-2",
        "ann",
        "a*b-2",
    ]


def test_counts(project: Store) -> None:
    assert project.counts() == {
        "documents": 2, "new": 1, "in_progress": 1, "done": 0, "suggested": 5, "accepted": 4, "rejected": 1,
        "entities": 4, "links": 3,
    }  # fmt: skip
    assert ("PERSON", "accepted", 2) in project.label_counts()
    assert sum(count for _, _, count in project.label_counts()) == 10


def test_settings_are_json(project: Store) -> None:
    assert project.setting("threshold") is None
    project.set_setting("threshold", {"ORG": 0.5})
    project.set_setting("threshold", {"ORG": 0.7, "x": [1, None]})
    assert project.setting("threshold") == {"ORG": 0.7, "x": [1, None]}


def test_news(project: Store, path: Path) -> None:
    """What another program decided comes row by row; what it wrote otherwise is told as a last entry."""
    assert project.news() == []
    article = project.article(1)
    project.apply(span_edits.accept(article, [at(article, "Nordbank").id], KIM), "kim")
    assert project.news() == []
    with store.open_project(path) as other:
        changed = other.apply(document_edits.set_status(other.document(2), "done"), "lee")
        news = project.news()
        assert [one.kind for one in news] == ["do", "foreign"]
        assert (news[0].journal, news[0].rows, news[0].documents) == (changed.journal, changed.rows, {2})
        assert project.news() == []
        other.undo("lee")
        project.undo("kim")
        assert [(one.kind, one.document) for one in project.news()] == [("undo", 2), ("foreign", None)]
        put(other, record("three", text="Three."))
        assert [one.kind for one in project.news()] == ["foreign"]
    assert project.news() == []


def test_runs_are_news_unless_they_tell_what_they_wrote(project: Store, path: Path) -> None:
    """Those of this program do; of others' only an import lets other articles into the lists."""
    with store.open_project(path) as other, closing(sqlite3.connect(path)) as third:
        run = other.begin_run("memory", "memory")
        assert project.news() == []
        other.end_run(run, {})
        assert project.news() == []
        run = other.begin_run("suggest", "model")
        third.execute("UPDATE run SET owner = 'elsewhere:1' WHERE id = ?", (run,))
        third.commit()
        assert [(one.kind, one.listed) for one in project.news()] == [("foreign", False)]
        put(other, record("three", text="Three."))
        assert [(one.kind, one.listed) for one in project.news()] == [("foreign", True)]
        other.end_run(run, {})
        assert [(one.kind, one.listed) for one in project.news()] == [("foreign", False)]
        other.apply(document_edits.remove(other.document(2)), "lee")
        assert [one.listed for one in project.news()] == [True, False]


def test_a_decision_between_two_polls_is_news_once(project: Store, path: Path) -> None:
    """Also where one's own came after it."""
    with store.open_project(path) as other:
        other.apply(document_edits.set_status(other.document(2), "done"), "lee")
        project.apply(document_edits.set_status(project.document(1), "done"), "kim")
        other.apply(document_edits.set_fields(other.document(2), note="x"), "lee")
        assert [(one.kind, one.document) for one in project.news()] == [
            ("do", 2),
            ("do", 2),
            ("foreign", None),
        ]
        assert project.news() == []
