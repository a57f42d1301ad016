"""A second pass is blind, and merged back it is agreement with oneself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import store
from annotator.domain.changes import Author
from annotator.domain.edits import document_edits, span_edits
from annotator.domain.models import OWN_LAYER
from annotator.errors import UserError
from annotator.session.agreement import agree
from annotator.session.second_pass import second_pass
from annotator.store import Store
from tests.store.making import KIM, at, put, record, span
from tests.store.reviewers import merge

LATER = Author("kim", "2027-01-01T00:00:00Z")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three articles, two of them done by kim, who added a span and rejected one."""
    path = tmp_path / "p.db"
    with store.create(path) as project:
        for name in ("one", "two", "three"):
            text = f"Anna Berg of Nordbank, said {name}."
            put(
                project, record(name, span("Anna Berg", "PERSON", text), span("said", "ORG", text), text=text)
            )
        for number in (1, 2):
            _review(project, number, KIM, wrong="said")
            article = project.article(number)
            project.apply(span_edits.add(article, 13, 21, 2, KIM), "kim")
            project.apply(document_edits.set_status(project.document(number), "done"), "kim")
    return path


def _review(project: Store, number: int, who: Author, wrong: str) -> None:
    article = project.article(number)
    project.apply(span_edits.reject(article, [at(article, wrong).id], who), who.name)
    article = project.article(number)
    project.apply(span_edits.accept(article, [at(article, "Anna Berg").id], who), who.name)


def test_nothing_of_the_first_pass_is_in_it(path: Path, tmp_path: Path) -> None:
    """Only articles that are done, all undecided, with what was suggested."""
    out = tmp_path / "second.db"
    with store.open_project(path) as project:
        assert second_pass(project, out, 9) == 2
        with pytest.raises(UserError, match="there already"):
            second_pass(project, out, 9)
        assert second_pass(project, tmp_path / "one.db", 1) == 1
    with store.open_project(out) as again:
        assert [row.name for row in again.documents()] == ["one", "two"]
        for number in (1, 2):
            found = again.article(number).spans.values()
            assert sorted((one.text, one.state) for one in found) == [
                ("Anna Berg", "suggested"),
                ("said", "suggested"),
            ]
        assert again.history() == []
        assert again.check() == []
    with closing(sqlite3.connect(out)) as connection:
        assert connection.execute('SELECT count(*) FROM span WHERE "by" IS NOT NULL').fetchone() == (0,)


def test_agreement_with_oneself(path: Path, tmp_path: Path) -> None:
    """The same person, merged back into a layer of its own; what was done before stands."""
    out = tmp_path / "second.db"
    with store.open_project(path) as project:
        second_pass(project, out, 9)
    with store.open_project(out) as again:
        for number in (1, 2):
            _review(again, number, LATER, wrong="said")
            again.apply(document_edits.set_status(again.document(number), "done"), "kim")
    merge(path, out)
    with store.open_project(path) as project:
        [layer] = project.reviewers()
        assert (layer.name, layer.articles) == ("kim (second pass)", 2)
        found = agree(project, layer.id, OWN_LAYER)
        assert found.spans["PERSON"][:4] == (2, 2, 1.0, 1.0)
        assert found.spans["ORG"][:3] == (2, 0, 0.0)
        assert found.articles[0].f1 == pytest.approx(2 / 3)
        assert at(project.article(1), "Nordbank").state == "accepted"


def test_without_a_done_article_there_is_nothing(tmp_path: Path) -> None:
    with store.create(tmp_path / "p.db") as project, pytest.raises(UserError, match="No article is done"):
        second_pass(project, tmp_path / "o.db", 3)
