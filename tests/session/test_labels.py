"""A label in use goes as one step: its spans become others' or go, and an undo brings all of it back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import store
from annotator.domain.edits import entity_edits, span_edits
from annotator.domain.models import Label
from annotator.session import Session
from annotator.session.importing import import_paths
from annotator.session.labels import removal, remove_apart
from annotator.store import Store

GOLD = Path(__file__).resolve().parents[1] / "gold" / "dev.jsonl"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Three gold articles with their links and roles, three as suggestions, and decisions of every kind."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    for name, some in (("gold", lines[:3]), ("open", lines[3:6])):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(some), encoding="utf-8")
    with store.create(tmp_path / "p.db") as opened:
        import_paths(opened, [tmp_path / "gold.jsonl"], mode="gold")
        import_paths(opened, [tmp_path / "open.jsonl"], mode="suggestions", origin="model")
        made = Session(opened, "Ada")
        article = made.open(4)
        labels = {label.name: label.id for label in made.labels()}
        ones = [span for span in article.spans.values() if span.label == labels["PERSON"]]
        made.run(lambda a, by: span_edits.relabel(a, [ones[0].id], labels["ORG"], by))
        made.run(lambda a, by: span_edits.reject(a, [ones[1].id], by))
        made.run(lambda a, by: span_edits.add(a, ones[2].start, ones[2].end, labels["ORG"], by))
        made.run(lambda a, by: span_edits.set_note(a, ones[2].id, "twice", by))
        made.decide(entity_edits.set_note(opened.entities(labels["PERSON"])[0], "known to the court"))
        yield made


def _label(session: Session, name: str) -> Label:
    return next(label for label in session.labels() if label.name == name)


def _all(opened: Store) -> Any:
    """Everything that a person would miss."""
    records = [dict(record) for record in opened.records(spans="all", documents="all")]
    for record in records:
        record["spans"] = sorted(
            record["spans"], key=lambda span: (span["start"], span["end"], span["label"])
        )
    proposals = [sorted(opened.all_proposals(number)) for number in range(1, 7)]
    return json.loads(json.dumps(records, default=str)), proposals, opened.labels(), opened.counts()


def _spans(opened: Store, label: int) -> int:
    return sum(span.label == label for n in range(1, 7) for span in opened.article(n).spans.values())


def test_its_spans_become_another_labels_with_links_states_and_notes(session: Session) -> None:
    opened = session.store
    person, org = _label(session, "PERSON"), _label(session, "ORG")
    before = _all(opened)
    places = {
        (n, span.start, span.end)
        for n in range(1, 7)
        for span in opened.article(n).spans.values()
        if span.label in (person.id, org.id)
    }
    links = opened.counts()["links"]
    session.decide(removal(opened, person, org, session.author()))
    assert [label.name for label in session.labels()] == ["ORG", "DATE", "ALLEGATION"]
    assert _spans(opened, org.id) == len(places)
    assert opened.counts()["links"] == links
    noted = [span for span in opened.article(4).spans.values() if span.note == "twice"]
    assert [span.label for span in noted] == [org.id]
    assert any(one.note == "known to the court" for one in opened.entities(org.id))
    assert opened.check() == []
    session.undo()
    assert _all(opened) == before
    assert opened.check() == []


@pytest.mark.parametrize("name", ["PERSON", "ORG", "DATE", "ALLEGATION"])
def test_its_spans_go_with_all_that_hangs_on_them(session: Session, name: str) -> None:
    opened = session.store
    label, before = _label(session, name), _all(opened)
    changed = remove_apart(opened, label, None, "Ada")
    assert changed.title is not None
    assert changed.title.code == "label.taken_out"
    assert name not in {one.name for one in opened.labels()}
    assert _spans(opened, label.id) == 0
    assert opened.check() == []
    opened.undo("Ada")
    assert _all(opened) == before
    opened.redo("Ada")
    assert opened.check() == []
