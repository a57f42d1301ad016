"""Runs work between decisions: whatever they propose or take back, every decision can be undone, and done again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from annotator import store
from annotator.domain.changes import Message
from annotator.domain.linking import Group, Member, ProposedRole
from annotator.domain.models import KIND_CLAIM, KIND_DATE
from annotator.domain.suggestion import Suggestion
from annotator.errors import UserError
from annotator.store import Store
from tests.store.deciding import decide
from tests.store.making import KIM
from tests.store.situation import Choice, pick

_DECIDED = {
    "document": "SELECT id, title, status, removed, flag FROM document",
    "span": 'SELECT id, document, layer, start, "end", label, state, flag, note, mod, "by" FROM span '
    "WHERE state <> 'suggested' OR flag = 1 OR note IS NOT NULL",
    "link": "SELECT id, span, entity FROM link WHERE state = 'accepted'",
    "role": "SELECT id, span, type, entity, state FROM role WHERE state <> 'suggested'",
    "relation": "SELECT id, type, from_span, to_span, state FROM relation WHERE state <> 'suggested'",
    "entity": "SELECT id, key, label, name, aliases, value, note, uri FROM entity WHERE note IS NOT NULL "
    "OR uri IS NOT NULL OR id IN (SELECT entity FROM link WHERE state = 'accepted')",
    "key_alias": "SELECT key, entity FROM key_alias",
    "distinct_pair": "SELECT first, second FROM distinct_pair",
    "label": "SELECT id, name, hue, position FROM label",
}


class Linking(NamedTuple):
    """A run of a linker: how it groups mentions, by three numbers."""

    a: int
    b: int
    c: int


class Suggesting(NamedTuple):
    """A run of a suggester: where it finds something, by three numbers."""

    a: int
    b: int
    c: int


numbers = st.integers(0, 60)
runs = st.one_of(
    st.builds(Linking, numbers, numbers, numbers), st.builds(Suggesting, numbers, numbers, numbers)
)
choices = st.builds(Choice, numbers, numbers, numbers, numbers)


@given(st.lists(st.one_of(choices, choices, runs), max_size=12), st.lists(runs, min_size=1, max_size=3))
def test_no_run_stands_in_the_way_of_an_undo(
    made: Path, steps: list[Choice | Linking | Suggesting], between: list[Linking | Suggesting]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.db"
        path.write_bytes(made.read_bytes())
        with store.open_project(path) as project:
            before, decisions = _decided(project), 0
            for step in steps:
                if isinstance(step, Choice):
                    change = decide(project, project.article(1 + step.a % 2), KIM, step)
                    if change:
                        project.apply(change, KIM.name)
                        decisions += 1
                else:
                    _run(project, step)
                assert project.check() == []
            after = _decided(project)
            for number in range(decisions):
                project.undo(KIM.name)
                _run(project, pick(between, number))
                assert project.check() == []
            assert _decided(project) == before
            if _redo_all(project, decisions, between):
                for table in ("document", "span", "link", "role", "relation", "label"):
                    assert _decided(project)[table] == after[table]


def _redo_all(project: Store, decisions: int, between: list[Linking | Suggesting]) -> bool:
    """Seldom one is refused: an entity went with its last mention, which a run no longer proposes."""
    for number in range(decisions):
        try:
            project.redo(KIM.name)
        except UserError as error:
            if error.code not in ("redo.blocked", "redo.overtaken"):
                raise
            return False
        _run(project, pick(between, number))
        assert project.check() == []
    return True


def _run(project: Store, run: Linking | Suggesting) -> None:
    said = _decided(project)
    if isinstance(run, Linking):
        _link(project, run)
    else:
        _suggest(project, run)
    assert _decided(project) == said


def _link(project: Store, run: Linking) -> None:
    """Propose that every so-manieth mention of a label is one, and roles for the allegations."""
    number = project.begin_run("link", "linker")
    writer = project.link_writer(number, "linker")
    why = Message("link.same_name", {})
    labels = {label.name: label for label in project.labels()}
    mentions = [mention for article in project.linkable() for mention in article.mentions]
    groups = [
        Group(
            name,
            None,
            f"Group {way}",
            f"20{way:02d}" if labels[name].kind == KIND_DATE else None,
            [
                Member(one.span, 0.5, why)
                for index, one in enumerate(mentions)
                if one.label == name and one.entity is None and index % (1 + run.b % 3) == way
            ],
        )
        for name in labels
        for way in range(1 + run.b % 3)
    ]
    writer.add(group for group in groups if group.members and run.a % 7)
    claims = [one for one in mentions if labels[one.label].kind == KIND_CLAIM]
    role = pick(project.role_types(), run.a).name
    writer.add_roles(ProposedRole(claim.span, role, pick(mentions, run.c).span, 0.5) for claim in claims)
    project.end_run(number, writer.finish())


def _suggest(project: Store, run: Suggesting) -> None:
    """Find something at places of one article."""
    article = project.article(1 + run.a % 2)
    number = project.begin_run("suggest", "model", f"{run}")
    label = pick([label.name for label in project.labels()], run.c)
    found = list(_places(len(article.text), run, label))
    project.end_run(
        number, project.add_suggestions(number, "model", f"{run}", [(article.document.id, found)])
    )


def _places(size: int, run: Suggesting, label: str) -> Iterator[Suggestion]:
    for start in range(run.b % 7, size, 5 + run.c % 3):
        yield Suggestion(start, min(size, start + 1 + run.b % 12), label, None, None)


def _decided(project: Store) -> dict[str, list[object]]:
    """All that a person said, as it stands in the file; what was refused goes with the last mention of an entity."""
    return {table: sorted(project._db.execute(sql).fetchall(), key=repr) for table, sql in _DECIDED.items()}
