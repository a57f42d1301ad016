"""Records in and out: what comes in as what, what is known already, and that nothing is lost on the way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import store
from annotator.domain.edits import document_edits
from annotator.domain.record import Record
from annotator.store import Store
from annotator.store.importing import GOLD, MODES, SUGGESTIONS
from tests.store.making import TEXT, at, put, record, sample, span


def _out(project: Store) -> list[Record]:
    return list(project.records(spans="all", documents="all"))


def _states(project: Store, document: int = 1) -> dict[str, str]:
    return {one.text: one.state for one in project.article(document).spans.values()}


def test_a_record_goes_in_and_comes_out(empty: Store) -> None:
    """Every field that it may have; what is not said comes out as what it means."""
    records = sample()
    put(empty, *records)
    for given_in, out in zip(records, _out(empty), strict=True):
        for field, value in given_in.items():
            if field not in ("spans", "entities"):
                assert out[field] == value, field  # type: ignore[literal-required]
        assert out["entities"].items() >= given_in["entities"].items()
        by_place = {(one["start"], one["end"], one["label"]): one for one in out["spans"]}
        for one in given_in["spans"]:
            found = by_place[one["start"], one["end"], one["label"]]
            assert found.items() >= one.items()
    assert empty.check() == []


def test_what_came_out_goes_in_and_out_the_same(project: Store, empty: Store) -> None:
    """Once more through the mill nothing changes."""
    once = _out(project)
    put(empty, *once)
    assert _out(empty) == once


names = st.text("ab", min_size=1, max_size=2)
values = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=3))
objects = st.dictionaries(st.text("xyz", min_size=1, max_size=2), values, max_size=2)
STATES = st.sampled_from(["suggested", "accepted", "rejected"])


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record with any text, spans that nest and overlap, and fields that nobody knows."""
    text = draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30))
    spans = {}
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        label = draw(st.sampled_from(["PERSON", "ORG", "OTHER"]))
        one: dict[str, Any] = {
            "id": f"x{number}",
            "start": start,
            "end": end,
            "label": label,
            "text": text[start:end],
        }
        one |= {"state": draw(STATES), "origin": draw(names)}
        optional = {
            "score": st.floats(0, 1),
            "note": names,
            "by": names,
            "flag": st.sampled_from([True]),
            "unknown": objects,
        }
        one |= {field: draw(value) for field, value in optional.items() if draw(st.booleans())}
        if one["state"] != "rejected" and draw(st.booleans()):
            key = f"{label}:{draw(names)}"
            state = (
                "suggested"
                if one["state"] == "suggested"
                else draw(st.sampled_from(["suggested", "accepted"]))
            )
            one |= {"entity": key, "link": {"state": state, "origin": draw(names)}}
        spans[start, end, label] = one
    found: dict[str, Any] = {
        "id": draw(names),
        "text": text,
        "meta": draw(objects),
        "tags": draw(st.lists(names, max_size=2)),
    }
    found |= {
        "unknown": draw(objects),
        "title": draw(names),
        "status": draw(st.sampled_from(["new", "done"])),
    }
    found["spans"] = [spans[place] for place in sorted(spans, key=lambda place: (place[0], -place[1]))]
    keys = {one["entity"]: one["label"] for one in spans.values() if "entity" in one}
    if keys:
        found["entities"] = {key: {"label": label, "name": key} for key, label in keys.items()}
    return found  # type: ignore[return-value]


@given(records())
def test_any_record_comes_back(
    tmp_path_factory: pytest.TempPathFactory, made_empty: Path, record: Record
) -> None:
    """Texts, overlaps, unknown fields; empty lists and objects mean nothing and are left away."""
    path = tmp_path_factory.mktemp("any") / "p.db"
    path.write_bytes(made_empty.read_bytes())
    with store.open_project(path) as project:
        put(project, record)
        [out] = _out(project)
        assert _said(out) == _said(record)
        assert project.check() == []


def _said(record: Record) -> dict[str, Any]:
    """The record without what says nothing; spans by place."""
    fields: dict[str, Any] = {name: value for name, value in record.items() if value not in ([], {}, "new")}
    fields["spans"] = {(one["start"], one["end"], one["label"]): one for one in record["spans"]}
    return fields


def test_as_it_is(empty: Store) -> None:
    """A span without a state is suggested, an article without a status new."""
    put(empty, *sample())
    assert [row.status for row in empty.documents()] == ["in_progress", "new"]
    assert _states(empty) == {
        "Anna Berg": "accepted", "Nordbank": "suggested", "Monday": "suggested", "Carl Dahl": "accepted",
        "Carl Dahl was accused of fraud": "accepted", "fraud": "rejected", "Dahl": "suggested",
    }  # fmt: skip


def test_as_gold(empty: Store) -> None:
    """Everything is decided, articles are done; what was refused stays refused."""
    put(empty, *sample(), mode=GOLD)
    assert {row.status for row in empty.documents()} == {"done"}
    assert {one for one, state in _states(empty).items() if state != "accepted"} == {"fraud"}
    assert {link.state for link in empty.article(1).links.values()} == {"accepted"}
    assert empty.check() == []


def test_as_suggestions(empty: Store) -> None:
    """Nothing is decided, and all of it comes from where the import says."""
    put(empty, *sample(), mode=SUGGESTIONS, origin="their model")
    assert {row.status for row in empty.documents()} == {"new"}
    assert set(_states(empty).values()) == {"suggested"}
    assert {one.origin for one in empty.article(1).spans.values()} == {"their model"}
    assert {link.state for link in empty.article(1).links.values()} == {"suggested"}
    [proposal] = [one for one in empty.proposals(1, 0, 9) if one.suggester == "their model"]
    assert proposal.run == empty.runs()[0].id
    assert empty.check() == []


@pytest.mark.parametrize("mode", MODES)
def test_the_same_file_again_changes_nothing(empty: Store, mode: str) -> None:
    """It is told as known."""
    put(empty, *sample(), mode=mode)
    before = _out(empty)
    counts = put(empty, *sample(), mode=mode)
    assert _out(empty) == before
    assert (counts["documents"], counts["documents_known"], counts["spans"]) == (0, 2, 0)
    assert counts["spans_known"] == 10


def test_what_a_person_decided_stands_against_an_import(project: Store) -> None:
    """Only spans that an article lacks come in."""
    put(
        project,
        record("one", span("fraud", "ALLEGATION"), span("trial", "ORG"), span("Dahl", "PERSON")),
        mode=GOLD,
    )
    states = _states(project)
    assert (states["fraud"], states["Dahl"], states["trial"]) == ("rejected", "suggested", "accepted")


@pytest.mark.parametrize(
    ("field", "same"),
    [("title", False), ("date", False), ("source", False), ("note", True), ("status", True)],
)
def test_the_same_text_with_another_head_is_another_article(empty: Store, field: str, same: bool) -> None:
    """It is marked, and told."""
    put(empty, record("a", **{field: "first"} if field != "status" else {"status": "done"}))
    counts = put(empty, record("a", **{field: "second"} if field != "status" else {"status": "new"}))
    assert empty.document_count() == (1 if same else 2)
    assert counts["same_text"] == (0 if same else 1)
    if not same:
        assert (empty.document(2).name, empty.document(2).same_text_as) == ("a-2", 1)
        assert counts["renamed"] == 1


def test_another_text_of_the_same_name_gets_a_number(empty: Store) -> None:
    put(empty, *(record("a", text=f"Text {number}.") for number in range(1, 41)))
    assert [row.name for row in empty.documents()] == ["a", *(f"a-{number}" for number in range(2, 41))]


def test_an_article_without_a_name_gets_one_of_its_text(empty: Store) -> None:
    put(empty, Record(text="One."), Record(text="Two."))
    names = [row.name for row in empty.documents()]
    assert all(name.startswith("text-") for name in names)
    assert len(set(names)) == 2


def test_labels_and_types_that_the_project_lacks_are_made_and_told(empty: Store) -> None:
    """With a free key and hue of their own."""
    counts = put(
        empty,
        record(
            "a",
            span("Anna", "PLACE", id="p", roles={"victim": [{"entity": "x"}]}),
            span("Nordbank", "ORG", id="o", entity="x"),
            relations=[{"id": "r", "type": "owns", "from": "p", "to": "o"}],
            entities={"x": {"label": "ORG", "name": "X"}},
        ),
    )
    assert {name for name in counts if ":" in name} == {
        "label:PLACE",
        "role_type:victim",
        "relation_type:owns",
    }
    made = empty.labels()[-1]
    assert (made.name, made.key) == ("PLACE", "5")
    assert made.hue not in [label.hue for label in empty.labels()[:-1]]
    assert [one.name for one in empty.role_types()][-1] == "victim"
    assert [one.name for one in empty.relation_types()][-1] == "owns"


def test_entities_of_two_imports_are_one_where_key_label_and_name_agree(project: Store) -> None:
    """Or the uri; else the second gets a key of its own."""
    text = "Anna, Anna, Anna and Anna."
    about = [
        {"label": "PERSON", "name": "Anna Berg"},
        {"label": "PERSON", "name": "A. B.", "uri": "https://example.org/anna"},
        {"label": "PERSON", "name": "Anna Other"},
        {"label": "ORG", "name": "Anna Berg"},
    ]
    for number, one in enumerate(about):
        name = f"{number} {text}"
        put(
            project,
            record(
                f"n{number}",
                span("Anna", one["label"], name, entity="anna"),
                text=name,
                entities={"anna": one},
            ),
        )
    keys = [next(iter(project.article(3 + number).entities.values())).key for number in range(4)]
    assert keys == ["anna", "anna", "anna-2", "anna-3"]


def test_dates_are_one_where_the_value_agrees(project: Store) -> None:
    """Whatever their keys."""
    text = "On Monday."
    put(project, record("d", span("Monday", "DATE", text, value="2026-11-23", entity="other"), text=text))
    assert {one.id for one in project.article(3).entities.values()} == {at_monday(project)}


def at_monday(project: Store) -> int:
    """The entity of the sample's Monday."""
    article = project.article(1)
    link = article.link_of(at(article, "Monday").id)
    assert link is not None
    return link.entity


def test_a_merged_key_still_means_its_entity(project: Store, path: Path) -> None:
    """A file from before the merger names the one that is there now."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO key_alias (key, entity) SELECT 'old', id FROM entity WHERE key = 'anna'"
        )
    text = "Anna again."
    put(project, record("d", span("Anna", "PERSON", text, entity="old"), text=text))
    assert [one.key for one in project.article(3).entities.values()] == ["anna"]
    assert project.free_key("old") == "old-2"


def test_roles_in_plain_lists_are_accepted_and_unknown_ones_wait(empty: Store) -> None:
    """The gold files name accused and accuser plainly; one that nothing describes comes out again."""
    plain: dict[str, Any] = {"accused": ["anna"], "accuser": ["nobody"]}
    one = span("fraud", "ALLEGATION", state="accepted", **plain)
    person = span("Anna Berg", "PERSON", state="accepted", entity="anna")
    counts = put(empty, record("a", person, one))
    assert (counts["roles"], counts["roles_unplaced"]) == (1, 1)
    [out] = _out(empty)
    assert out["spans"][1]["roles"] == {
        "accused": [{"entity": "anna", "state": "accepted", "origin": "model"}],
        "accuser": [{"entity": "nobody", "state": "accepted"}],
    }


def test_a_relation_of_a_span_that_is_not_there_is_counted(empty: Store) -> None:
    relation = {"id": "r", "type": "works for", "from": "p", "to": "gone"}
    assert (
        put(empty, record("a", span("Anna", "PERSON", id="p"), relations=[relation]))["relations_unplaced"]
        == 1
    )


def test_ids_of_spans_are_unique_in_a_record_that_goes_out(empty: Store) -> None:
    """Two files may have used the same ones, or one that stands for a span without."""
    relation = {"id": "r", "type": "works for", "from": "s3", "to": "a", "state": "accepted"}
    put(
        empty,
        record("one", span("Anna", "PERSON", id="s3"), span("Nordbank", "ORG", id="a"), relations=[relation]),
    )
    put(empty, record("one", span("Carl", "PERSON"), span("fraud", "ORG", id="a")))
    [out] = _out(empty)
    assert [one["id"] for one in out["spans"]] == ["s3", "a", "s3-", "a-"]
    assert (out["relations"][0]["from"], out["relations"][0]["to"]) == ("s3", "a")


def test_roles_alone_come_in_too(empty: Store) -> None:
    """Without a linked span in the record."""
    plain: dict[str, Any] = {"accused": ["anna"]}
    anna = {"anna": {"label": "PERSON", "name": "Anna Berg", "note": "x"}}
    put(empty, record("one", span("fraud", "ALLEGATION", state="accepted", **plain), entities=anna))
    assert len(empty.article(1).roles) == 1


def test_a_span_twice_in_one_record_comes_in_once(empty: Store) -> None:
    counts = put(empty, record("a", span("Anna", "PERSON"), span("Anna", "PERSON")))
    assert (counts["spans"], counts["spans_known"]) == (1, 1)


def test_the_link_of_a_rejected_span_stays_out_and_leaves_no_entity(empty: Store) -> None:
    """As where a person rejects one; the entity would have no mention."""
    counts = put(
        empty,
        record(
            "a",
            span("Anna", "PERSON", state="rejected", entity="anna"),
            span("3 May 2027", "DATE", state="rejected", value="2027-05-03"),
        ),
    )
    assert counts["links_rejected"] == 2
    assert empty.entity_count() == 0


def test_gold_only_by_default(project: Store) -> None:
    """Accepted spans with accepted links of articles that are done; the rest is counted."""
    assert list(project.records()) == []
    project.apply(document_edits.set_status(project.document(1), "done"), "kim")
    [out] = project.records()
    assert {one["state"] for one in out["spans"]} == {"accepted"}
    assert set(out["entities"]) == {"anna", "dahl"}
    assert "relations" not in out  # one of its ends is not decided
    exporter = project.exporter()
    assert exporter.count() == 1
    assert exporter.left_out() == {"documents_open": 1, "spans_suggested": 3, "spans_rejected": 1}


def test_an_export_holds_one_moment(project: Store, path: Path) -> None:
    """Decisions that others make meanwhile are not half in it."""
    records = project.records(spans="all", documents="all")
    first = next(records)
    with store.open_project(path) as other:
        other.apply(document_edits.set_fields(other.document(2), note="late"), "lee")
    assert "note" not in next(records)
    assert first["text"] == TEXT
    assert list(records) == []
