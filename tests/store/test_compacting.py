"""Compaction: the present state stays, the log tells who and when, undo ends there and says so."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import store
from annotator.domain.edits import span_edits
from annotator.errors import UserError
from annotator.session.history import Names, details
from annotator.store import Store
from tests.store.making import KIM, at
from tests.store.reviewers import decided, said
from tests.store.situation import Choice

numbers = st.integers(0, 60)
choices = st.lists(st.builds(Choice, numbers, numbers, numbers, numbers), min_size=1, max_size=12)


@given(choices)
@settings(max_examples=15)
def test_the_present_state_stays(made: Path, choices: list[Choice]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.db"
        path.write_bytes(made.read_bytes())
        with store.open_project(path) as project:
            decided(project, "kim", choices)
            before, log = said(path), project.history()
            count = project.compact("2999-01-01")
            assert count == len(log)
            assert said(path) == before
            assert project.check() == []
            assert [(one.at, one.reviewer, one.title) for one in project.history()] == [
                (one.at, one.reviewer, one.title) for one in log
            ]
            assert not any(one.changes for one in project.history())
            assert project.compact("2999-01-01") == 0


def test_undo_ends_there_and_says_so(project: Store) -> None:
    """What was decided since is undone as ever."""
    article = project.article(1)
    project.apply(span_edits.accept(article, [at(article, "Nordbank").id], KIM), "kim")
    project.compact("2999-01-01")
    article = project.article(1)
    project.apply(span_edits.accept(article, [at(article, "Monday").id], KIM), "kim")
    project.undo("kim")
    with pytest.raises(UserError, match="was compacted") as caught:
        project.undo("kim")
    assert caught.value.code == "undo.compacted"
    assert at(project.article(1), "Nordbank").state == "accepted"


def test_only_what_is_older_goes(project: Store) -> None:
    article = project.article(1)
    project.apply(span_edits.accept(article, [at(article, "Nordbank").id], KIM), "kim")
    assert project.compact("2000-01-01") == 0
    project.undo("kim")


def test_the_journal_still_only_grows(project: Store, path: Path) -> None:
    article = project.article(1)
    project.apply(span_edits.accept(article, [at(article, "Nordbank").id], KIM), "kim")
    project.compact("2999-01-01")
    with pytest.raises(Exception, match="only grows"):
        project._db.execute("UPDATE journal SET reviewer = 'x'")


def test_history_tells_from_what_to_what(project: Store) -> None:
    """Of every row of a decision, by names."""
    article = project.article(1)
    project.apply(span_edits.relabel(article, [at(article, "Carl Dahl").id], 2, KIM), "kim")
    [entry] = project.history(reviewer="kim", limit=1)
    found = {(one.what, one.field): (one.before, one.after) for one in details(Names(project), entry)}
    assert found["span “Carl Dahl”", "label"] == ("PERSON", "ORG")
    assert ("link of “Carl Dahl”", "entity") in found
    assert found["link of “Carl Dahl”", "entity"] == ("Carl Dahl", None)
    assert project.history(reviewer="lee") == []
    assert project.history(day=entry.at[:10]) == [entry]
    assert project.history(day="2000-01-01") == []
