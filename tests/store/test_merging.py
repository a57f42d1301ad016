"""Merging reviewers: in any order and again alike, nothing decided is lost, and what stood stands."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator import store
from annotator.domain.changes import Author
from annotator.domain.edits import entity_edits, link_edits
from annotator.errors import UserError
from tests.store.deciding import KINDS
from tests.store.deciding_more import MERGING
from tests.store.making import at
from tests.store.reviewers import copied, decided, merge, said
from tests.store.situation import Choice

LEE = Author("lee", "2026-11-25T01:02:03Z")
numbers = st.integers(0, 60)
choices = st.lists(st.builds(Choice, numbers, numbers, numbers, numbers), max_size=10)
# Entities that two reviewers merged in two ways are as the first of them said.
unmerged = st.sampled_from([number for number, kind in enumerate(KINDS) if kind is not MERGING])
apart = st.lists(st.builds(Choice, unmerged, numbers, numbers, numbers), max_size=10)


def _reviewed(folder: Path, made: Path, name: str, *what: list[Choice]) -> Path:
    path = folder / f"{name}.db"
    path.write_bytes(made.read_bytes())
    with store.open_project(path) as project:
        for some in what:
            decided(project, name, some)
    return path


@given(apart, apart, apart)
@settings(max_examples=8)
def test_any_order_and_again_gives_the_same(
    made: Path, mine: list[Choice], one: list[Choice], other: list[Choice]
) -> None:
    """Together, one after another the other way round, and once more."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        together = _reviewed(folder, made, "kim", mine)
        other_way = copied(together, "other.db")
        others = [_reviewed(folder, made, "lee", one), _reviewed(folder, made, "may", other)]
        merge(together, *others)
        expected = said(together)
        for each in (*reversed(others), others[-1]):
            merge(other_way, each)
        assert said(other_way) == expected
        with store.open_project(other_way) as project:
            assert project.check() == []


renamings = st.lists(st.sampled_from(["Adam", "Berg", "Carl"]), max_size=2)


@given(st.tuples(renamings, renamings, renamings), st.permutations(range(3)))
@example((["Berg"], [], ["Adam", "Carl"]), [2, 1, 0])
@settings(max_examples=2)
def test_a_name_that_several_changed_is_the_same_in_any_order(
    made: Path, renamed: tuple[list[str], ...], order: list[int]
) -> None:
    """An entity that only the others have, called otherwise by each of them."""
    with TemporaryDirectory() as name:
        into = _reviewed(Path(name), made, "kim", [])
        again = copied(into, "again.db")
        others = [_naming(Path(name), made, who, renamed[n]) for n, who in enumerate(("lee", "may", "ned"))]
        merge(into, *others)
        for number in (*order, order[0]):
            merge(again, others[number])
        assert said(again) == said(into)
        with store.open_project(into) as project:
            [found] = (one for one in project.entities(1) if one.key == "dahl-2")
            called = {names[-1] if names else "Dahl" for names in renamed}
            assert found.name in called
            if len(called) > 1:
                assert found.name != "Dahl"


def _naming(folder: Path, made: Path, who: str, names: list[str]) -> Path:
    """A project whose person linked a name to a new entity and renamed that."""
    path = _reviewed(folder, made, who, [])
    author = Author(who, "2026-11-25T01:02:03Z")
    with store.open_project(path) as project:
        article = project.article(1)
        project.apply(
            link_edits.link_new(article, at(article, "Dahl").id, "dahl-2", author, name="Dahl"), who
        )
        for name in names:
            [entity] = (one for one in project.entities(1) if one.key == "dahl-2")
            change = entity_edits.rename(entity, name)
            if change:
                project.apply(change, who)
    return path


@given(choices, choices)
@settings(max_examples=12)
def test_nothing_decided_is_lost(made: Path, mine: list[Choice], theirs: list[Choice]) -> None:
    """What was decided in the other project is in its reviewer's layer; what was decided here stands."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        into, other = _reviewed(folder, made, "kim", mine), _reviewed(folder, made, "lee", theirs)
        before, there = _units(into, own=True), _units(other, own=True)
        unchanged = said(other)
        merge(into, other)
        assert said(other) == unchanged
        after = _units(into, own=False)
        assert all(names & after[unit] for unit, names in there.items())
        still = _units(into, own=True)
        assert all(still[unit] >= names for unit, names in before.items())


def _units(path: Path, *, own: bool) -> dict[tuple[object, ...], set[str]]:
    """What was decided in articles that are not removed, by their texts, each with the names of its entity."""
    found: dict[tuple[object, ...], set[str]] = defaultdict(set)
    with closing(sqlite3.connect(path)) as connection:
        for *unit, name, aliases in connection.execute(
            """SELECT digest, start, "end", label.name, span.state, span.note, mod, coalesce(value, entity.name, ''),
            coalesce(aliases, '[]') FROM span JOIN document ON document.id = document JOIN label ON label.id = span.label
            LEFT JOIN link ON link.span = span.id AND link.state = 'accepted' LEFT JOIN entity ON entity.id = entity
            WHERE span.state <> 'suggested' AND (removed = 0 OR layer <> 0) AND (layer = 0) = ?""",
            (own,),
        ):
            found[tuple(unit)] |= {name, *json.loads(aliases)}
    return found


def test_the_project_counts_only_its_own(made: Path, tmp_path: Path) -> None:
    """What is only in another reviewer's layer is in no list, count or export, and keeps its entity."""
    into, other = _copies(made, tmp_path)
    with store.open_project(other) as project:
        article = project.article(1)
        lee = Author("lee", "2026-11-25T01:02:03Z")
        key = project.free_key("only-lees")
        change = link_edits.link_new(
            article, at(article, "Monday").id, key, lee, name="Lee's day", value="2001"
        )
        project.apply(change, "lee")
    with store.open_project(into) as project:
        before = (
            project.counts(),
            project.entity_rows(),
            project.entity_count(),
            [*project.records(spans="all", documents="all")],
        )
    merge(into, other)
    with store.open_project(into) as project:
        after = (
            project.counts(),
            project.entity_rows(),
            project.entity_count(),
            [*project.records(spans="all", documents="all")],
        )
        assert after == before
        assert project.check() == []
        assert any("2001" in str(one) for one in project.entities(3))


def test_a_broken_off_merge_goes_on(made: Path, tmp_path: Path) -> None:
    """It leaves whole articles; merging again ends as if nothing had happened."""
    into, other = _copies(made, tmp_path)
    with store.open_project(other) as project:
        decided(project, "lee", [Choice(20 + n, n, n, n) for n in range(12)])
    whole = copied(into, "whole.db")
    merge(whole, other)
    with store.open_project(into) as project, project.merging(other, "kim") as merger:
        next(merger.steps())
    with store.open_project(into) as project:
        assert project.check() == []
        assert project.runs()[0].state == "cancelled"
    merge(into, other)
    assert said(into) == said(whole)


def test_what_cannot_be_merged_leaves_everything_as_it_is(made: Path, tmp_path: Path) -> None:
    into = _copies(made, tmp_path)[0]
    broken = tmp_path / "broken.db"
    broken.write_bytes(made.read_bytes()[:100_000])
    for path in (broken, tmp_path / "none.db", into):
        before = said(into)
        with store.open_project(into) as project, pytest.raises(UserError), project.merging(path, "kim"):
            pass
        assert said(into) == before
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(".from")]


def test_what_a_killed_merge_left_is_cleared_away(made: Path, tmp_path: Path) -> None:
    into, other = _copies(made, tmp_path)
    gone, ours = (tmp_path / f".kim.db.{number}.from" for number in (2**22 + 1, os.getpid()))
    for left in (gone, ours):
        left.write_bytes(b"")
    merge(into, other)
    assert not gone.exists()


def _copies(made: Path, folder: Path) -> tuple[Path, Path]:
    """Projects of kim and lee, alike so far."""
    paths = folder / "kim.db", folder / "lee.db"
    for path in paths:
        path.write_bytes(made.read_bytes())
    return paths
