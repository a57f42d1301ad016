"""Lists of known names: what comes in, what is told, and that links find them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import store
from annotator.errors import UserError
from annotator.session.knowledge import import_knowledge
from annotator.session.linking import propose_links
from annotator.store import Store


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Store]:
    with store.create(tmp_path / "p.db") as made:
        yield made


def listed(tmp_path: Path, text: str, name: str = "names.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


CSV = "id,label,name,aliases,uri\nq1,PERSON,Anna Berg,A. Berg|Berg,https://example.org/1\n,ORG,Nordbank,,\n"
JSONL = '{"key": "q1", "label": "PERSON", "name": "Anna Berg", "aliases": ["Berg"], "url": "https://example.org/1"}\n'


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [(CSV, "n.csv", 2), (CSV.replace(",", ";").replace("|", "|"), "n.csv", 2), (JSONL, "n.jsonl", 1)],
)
def test_names_come_in_once(project: Store, tmp_path: Path, text: str, name: str, count: int) -> None:
    path = listed(tmp_path, text, name)
    assert import_knowledge(project, path).counts["added"] == count
    assert import_knowledge(project, path).counts == {"met": count}
    berg = project.whole(project.entity_rows(words="Anna Berg")[0].id).entity
    assert (berg.key, berg.name, berg.uri, berg.known) == ("q1", "Anna Berg", "https://example.org/1", 1)
    assert project.check() == []


def test_a_known_name_is_proposed_where_it_is_mentioned_once(project: Store, tmp_path: Path) -> None:
    import_knowledge(project, listed(tmp_path, CSV))
    text = "Berg left."
    run = project.begin_run("import", "test")
    spans = [{"start": 0, "end": 4, "label": "PERSON", "state": "accepted"}]
    project.end_run(
        run, project.add_records(run, [{"text": text, "spans": spans}], mode="as_is", origin="import")
    )
    propose_links(project)
    assert [row.suggested for row in project.entity_rows(words="Anna Berg")] == [1]
    propose_links(project)
    assert project.entity_count() == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id,label\nq1,PERSON\n", "read.no_name_column"),
        ("name,label\n", "read.no_names"),
        ("name,label\nAnna,MARTIAN\n", "read.unknown_label"),
        ("name,label\n ,PERSON\n", "read.not_name"),
        ('{"name": "Anna", "aliases": 3}', "read.not_texts"),
        ('{"name": 3}', "read.not_text"),
        ('{"name": ', "read.bad_json"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_comes_in(
    project: Store, tmp_path: Path, text: str, code: str
) -> None:
    with pytest.raises(UserError) as told:
        import_knowledge(project, listed(tmp_path, text))
    assert told.value.code == code
    assert str(told.value)
    assert project.entity_count() == 0


def test_a_label_for_lists_without(project: Store, tmp_path: Path) -> None:
    path = listed(tmp_path, "Name\nNordbank\n")
    with pytest.raises(UserError):
        import_knowledge(project, path)
    assert import_knowledge(project, path, label="ORG").counts["added"] == 1
