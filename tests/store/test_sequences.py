"""Whatever is decided, undone and done again: each earlier state comes back, over restarts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from annotator import store
from annotator.domain.article import Article
from annotator.domain.models import TABLES
from annotator.errors import UserError
from annotator.store import Store
from tests.store.deciding import decide
from tests.store.making import KIM
from tests.store.situation import Choice

DECIDED = (
    "document",
    "span",
    "link",
    "role",
    "relation",
    "entity",
    "key_alias",
    "distinct_pair",
    "proposal",
    "label",
)

numbers = st.integers(0, 60)
choices = st.builds(Choice, numbers, numbers, numbers, numbers)
steps = st.lists(st.one_of(choices, choices, st.sampled_from(["undo", "redo", "reopen"])), max_size=25)


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a decision may change, as another program reads it; revisions only count."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(
                f"SELECT {', '.join(_columns(table))} FROM {table} ORDER BY id"
            ).fetchall()
            for table in DECIDED
        }


def _columns(table: str) -> list[str]:
    names = [f'"{name}"' for name in TABLES[table]._fields if name != "revision"]  # type: ignore[attr-defined]
    return names + ["suggested", "accepted", "rejected"] * (table == "document")


@given(steps)
def test_each_earlier_state_comes_back(made: Path, steps: list[Choice | str]) -> None:
    """A row of states and a place in it: undo goes back, redo forth, a decision cuts off what was ahead."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.db"
        path.write_bytes(made.read_bytes())
        project = store.open_project(path)
        try:
            states, place = [dump(path)], 0
            for step in steps:
                if isinstance(step, Choice):
                    if _decide(project, step):
                        states[place + 1 :] = [dump(path)]
                        place += 1
                elif step == "reopen":
                    project.close()
                    project = store.open_project(path)
                else:
                    to = place + (1 if step == "redo" else -1)
                    assert _step(project, step) == (0 <= to < len(states))
                    place = to if 0 <= to < len(states) else place
                assert dump(path) == states[place]
            while place:
                project.undo(KIM.name)
                place -= 1
                assert dump(path) == states[place]
            assert project.check() == []
        finally:
            project.close()


def _decide(project: Store, choice: Choice) -> bool:
    """Decide in one of both articles; what is in memory follows what is in the file."""
    article = project.article(1 + choice.a % 2)
    change = decide(project, article, KIM, choice)
    if not change:
        return False
    changed = project.apply(change, KIM.name)
    article.apply(changed.rows)
    assert _drawn(article) == _drawn(project.article(article.document.id))
    return True


def _drawn(article: Article) -> object:
    return (
        article.document._replace(revision=0),
        article.spans,
        article.links,
        article.roles,
        article.relations,
    )


def _step(project: Store, kind: str) -> bool:
    try:
        project.undo(KIM.name) if kind == "undo" else project.redo(KIM.name)
    except UserError as error:
        if error.code != f"{kind}.nothing":
            raise
        return False
    return True
