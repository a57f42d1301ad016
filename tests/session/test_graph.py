"""Graph and time line of a small project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import store
from annotator.session.graph import graph, time_line
from annotator.store import Store

TEXT = "Ada Moe accused Bo Lund of fraud in 2012."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Store]:
    with store.create(tmp_path / "p.db") as made:
        run = made.begin_run("import", "test")
        records = [_record("a1", "2018-03-19", "accepted"), _record("a2", "2018-02-01", "suggested")]
        made.end_run(run, made.add_records(run, records, mode="as_is", origin="import"))
        yield made


def _record(name: str, date: str, state: str) -> Any:
    def span(words: str, label: str, entity: str, **more: Any) -> Any:
        start = TEXT.index(words)
        return {
            "start": start, "end": start + len(words), "label": label, "state": "accepted", "entity": entity,
            "link": {"state": "accepted", "origin": "reviewer"}, **more,
        }  # fmt: skip

    def role(entity: str) -> Any:
        return [{"entity": entity, "state": state, "origin": "import"}]

    roles = {"accused": role("p:lund"), "accuser": role("p:moe"), "date": role("d:2012")}
    return {
        "id": name,
        "text": f"{TEXT} {name}",
        "date": date,
        "spans": [
            span("Ada Moe", "PERSON", "p:moe"),
            span("Bo Lund", "PERSON", "p:lund"),
            span("2012", "DATE", "d:2012"),
            span("accused Bo Lund of fraud", "ALLEGATION", "c:fraud", roles=roles),
        ],
        "entities": {
            "p:moe": {"label": "PERSON", "name": "Ada Moe"},
            "p:lund": {"label": "PERSON", "name": "Bo Lund"},
            "d:2012": {"label": "DATE", "name": "2012", "value": "2012"},
            "c:fraud": {"label": "ALLEGATION", "name": "the fraud"},
        },
    }


def number(project: Store, name: str) -> int:
    return project.entity_rows(words=name)[0].id


def test_conducts_and_those_in_a_role_of_them(project: Store) -> None:
    found = graph(project)
    names = {node.entity: node.name for node in found.nodes}
    assert {
        (names[edge.conduct or 0], edge.role, names[edge.entity], len(edge.spans)) for edge in found.edges
    } == {
        ("the fraud", "accused", "Bo Lund", 1),
        ("the fraud", "accuser", "Ada Moe", 1),
        ("the fraud", "date", "2012", 1),
    }
    assert {node.name: node.mentions for node in found.nodes}["Bo Lund"] == 2


def test_proposed_roles_only_where_asked_for(project: Store) -> None:
    assert {len(edge.spans) for edge in graph(project, proposed=True).edges} == {2}


def test_the_part_around_one_entity(project: Store) -> None:
    assert len(graph(project, number(project, "Bo Lund")).edges) == 3
    day = number(project, "2012")
    assert {node.name for node in graph(project, day).nodes} == {"the fraud", "Ada Moe", "Bo Lund", "2012"}


def test_the_time_line_is_by_the_day_it_was_said(project: Store) -> None:
    first, second = time_line(project)
    assert (first.said, second.said) == ("2018-02-01", "2018-03-19")
    assert (first.accused, second.accused) == ((), ("Bo Lund",))
    assert second.about == ("2012",)
    assert (second.name, second.quote) == ("the fraud", "accused Bo Lund of fraud")
    assert [one.span for one in time_line(project, number(project, "Bo Lund"))] == [second.span]
    assert len(time_line(project, number(project, "Bo Lund"), proposed=True)) == 2
