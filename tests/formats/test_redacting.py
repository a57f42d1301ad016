"""A redacted export: no chosen name is left anywhere, offsets stay true, numbers are consistent."""

from __future__ import annotations

import json
import re
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import formats
from annotator.domain.record import Record
from annotator.formats.redacting import Redactor, known_entities
from tests.store.making import record, sample, span

NAMES = (
    "Anna Berg",
    "Berg",
    "Carl Dahl",
    "ANNA BERG",
    "anna\u00a0berg",
    "Bergen",
    "Nordbank",
    "😀",
    "the bank",
    "Dahl's",
)
words = st.lists(st.sampled_from((*NAMES, "and", "said", ",", "\n", "e\u0301")), min_size=1, max_size=14)


def _redacted(records: list[Record], *chosen: str) -> tuple[list[Record], Redactor]:
    redactor = Redactor(known_entities(records), chosen)
    return [*redactor.records(records)], redactor


def test_every_trace_of_a_person_goes() -> None:
    """From texts, titles, notes, entities, aliases, keys; the bank stays."""
    records = sample()
    records[0]["title"] = "Anna Berg's bank"
    records[0]["meta"] = {"about": ["A. Berg", {"by": "dahl, carl"}]}
    before = deepcopy(records)
    out, redactor = _redacted(records, "PERSON")
    assert records == before
    whole = json.dumps(out, ensure_ascii=False)
    assert not re.search(r"Berg|Anna|Carl Dahl|Mr Dahl|\bDahl\b", whole)
    assert "Nordbank" in whole
    assert redactor.counts["entities"] == 3  # two with an entity, one span without
    assert out[0]["text"].startswith("PERSON 1 of Nordbank said on Monday that PERSON 2 was accused")
    assert out[1]["text"] == "Nordbank dismissed PERSON 2 on Monday."
    assert out[0]["entities"]["PERSON 1"] == {"label": "PERSON", "name": "PERSON 1"}
    [claim] = [one for one in out[0]["spans"] if one["label"] == "ALLEGATION" and one["state"] == "accepted"]
    assert claim["text"] == "PERSON 2 was accused of fraud"
    assert claim["roles"]["accused"][0]["entity"] == "PERSON 2"


def test_one_entity_by_its_key() -> None:
    out, _ = _redacted(sample(), "bank")
    assert "ORG 1" in out[0]["text"]
    assert "Anna Berg" in out[0]["text"]
    assert not re.search("Nordbank", json.dumps(out))


def test_a_name_beside_one_that_crosses_a_cut_goes_as_well() -> None:
    """`Anna Berg` is cut from its end by another mark; `Anna` alone is a known name."""
    crossing = span("Berg Anna Berg", "PERSON", "Anna Berg Anna Berg", start=5, end=19, state="accepted")
    short = span("Anna", "PERSON", "Anna left.", state="accepted", entity="anna")
    long = span("Anna Berg", "PERSON", "Anna Berg Anna Berg", start=0, end=9, state="accepted", entity="anna")
    records = [
        record("one", crossing, long, text="Anna Berg Anna Berg"),
        record("two", short, text="Anna left."),
    ]
    out, _ = _redacted(records, "PERSON")
    assert "Anna" not in out[0]["text"]


@given(words, words, st.data())
def test_offsets_stay_true(one: list[str], other: list[str], data: st.DataObject) -> None:
    """What no cut touches is where it was; a format's own check takes every record."""
    records = []
    for name, parts in (("one", one), ("two", other)):
        text = " ".join(parts)
        places = data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)), max_size=6))
        spans = [
            span(
                text[start : start + size],
                label,
                text,
                start=start,
                end=min(len(text), start + size),
                state="accepted",
            )
            for number, (start, size) in enumerate(places)
            for label in ("PERSON" if number % 2 else "ORG",)
        ]
        named = text.find("Anna Berg")
        if named >= 0:
            spans.append(span("Anna Berg", "PERSON", text, state="accepted", entity="anna"))
        unique = {(each["start"], each["end"], each["label"]): each for each in spans}
        records.append(record(name, *unique.values(), text=text))
    chosen = data.draw(st.sampled_from(["PERSON", "ORG", "anna"]))
    known = known_entities(records)
    out = [*Redactor(known, [chosen]).records(records)]
    for each in out:
        for found in each["spans"]:
            assert each["text"][found["start"] : found["end"]] == found["text"]
            assert found["start"] < found["end"]
        assert len({(one["start"], one["end"], one["label"]) for one in each["spans"]}) == len(each["spans"])
    marked = {word for each in known if each.label == chosen or each.key == chosen for word in each.words}
    for word in marked:
        pattern = rf"(?<!\w){re.escape(word.strip())}(?!\w)"
        if not re.fullmatch(r"(PERSON|ORG)( \d*)?|\d+", word.strip()):
            assert not any(re.search(pattern, each["text"], re.IGNORECASE) for each in out)


@pytest.mark.parametrize("chosen", ["PERSON", "DATE"])
def test_what_is_written_can_be_read_again(chosen: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("out") / "out.jsonl"
    out, _ = _redacted(sample(), chosen)
    formats.write(path, iter(out), "jsonl")
    assert [one["text"] for one in formats.read(path).records] == [one["text"] for one in out]
