"""The training material: its files are what its sources say, its marks keep to the guidelines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.formats.reading import read
from training import mark

GOLD = Path(__file__).resolve().parent / "gold"


def _records(name: str) -> list[dict[str, Any]]:
    lines = (mark.GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _people(records: list[dict[str, Any]]) -> set[str]:
    """Names of more than one word; a surname or first name alone may come again."""
    spans = (span for record in records for span in record["spans"])
    return {span["text"] for span in spans if span["label"] == "PERSON" and " " in span["text"]}


def test_marks_become_offsets_of_code_points() -> None:
    source = "title: T\n\n[[P|Žofia 🚢]] was [[A|accused by [[O|Kråk]] of [[?A|theft]]]].\n"
    article = mark.parse("x", source)
    assert article.text == "Žofia 🚢 was accused by Kråk of theft."
    marked = [(article.text[span.start : span.end], span.label) for span in article.spans]
    assert marked == [
        ("Žofia 🚢", "PERSON"),
        ("accused by Kråk of theft", "ALLEGATION"),
        ("Kråk", "ORG"),
    ]
    assert [article.text[span.start : span.end] for span in article.optional] == ["theft"]


def test_marks_of_a_story_say_who_and_what_is_the_same() -> None:
    text = "[[A#bribes,theft>silva,brandco<ng|accused [[P#silva|Silva]] of bribes and theft]] on [[D|May 2]]"
    article = mark.parse("x", f"title: T\nstory: port\n\n{text}\n")
    assert not mark.problems(article)
    record = mark.record(article)
    assert record["story"] == "port"
    links = [{key: span[key] for key in span.keys() - {"start", "end", "text"}} for span in record["spans"]]
    assert links == [
        {
            "label": "ALLEGATION",
            "entity": "port/bribes",
            "also": ["port/theft"],
            "accused": ["port/silva", "port/brandco"],
            "accuser": ["port/ng"],
        },
        {"label": "PERSON", "entity": "port/silva"},
        {"label": "DATE"},
    ]


def test_a_span_of_a_story_without_an_entity_is_found() -> None:
    article = mark.parse("x", "title: T\nstory: port\n\n[[P|Silva]] of [[O#ng|NG]] and [[?A|theft]]")
    assert mark.problems(article) == ["x: PERSON 'Silva': in a story, without an entity"]


@pytest.mark.parametrize(
    "source",
    [
        "title: T\n\n[[P|Ada",
        "title: T\n\nAda]]",
        "title: T\n\n[[X|Ada]]",
        "title: T\n\n[[P#ada|Ada]]",
        "name: T\n\nAda",
    ],
)
def test_a_source_that_cannot_be_read_is_named(source: str) -> None:
    with pytest.raises(mark.SourceError, match="g999"):
        mark.parse("g999", source)


@pytest.mark.parametrize(
    "text",
    [
        "[[P|Dr Ada Brenn]] spoke",
        "[[P|Ada Brenn's]] house",
        "it was [[O|the Harbour Board]]",
        "[[D|on Monday]]",
        "she is [[D|41]]",
        "for [[D|three years]]",
        "[[A|a rape charge]]",
        "[[A|accused of theft.]]",
        "[[O|[[P|Brenn]] & Sons]]",
        "[[P|[[P|Brenn]]]]",
        "Br[[P|enn]]",
    ],
)
def test_marks_against_the_guidelines_are_found(text: str) -> None:
    assert mark.problems(mark.parse("x", f"title: T\n\n{text}"))


@pytest.mark.parametrize("name", mark.SETS)
def test_files_are_made_from_the_sources(name: str) -> None:
    assert (mark.GOLD / f"{name}.jsonl").read_text(encoding="utf-8") == mark.lines(name)


@pytest.mark.parametrize("name", mark.SETS)
def test_marks_keep_to_the_guidelines(name: str) -> None:
    assert not [problem for article in mark.read(name) for problem in mark.problems(article)]


@pytest.mark.parametrize("name", mark.SETS)
def test_the_files_are_interchange_records(name: str) -> None:
    """Read without a complaint, each span the text that it says and of a known label."""
    records = list(read(mark.GOLD / f"{name}.jsonl").records)
    assert records
    for record in records:
        for span in record["spans"]:
            assert record["text"][span["start"] : span["end"]] == span["text"]
            assert span["label"] in mark.LABELS.values()


def test_no_text_stands_twice() -> None:
    """Neither here nor in the gold of the other sets."""
    records = [record for name in mark.SETS for record in _records(name)]
    for path in sorted(GOLD.glob("*.jsonl")):
        records += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for key in ("id", "text"):
        values = [record[key] for record in records]
        assert len(values) == len(set(values))


def test_nobody_of_the_test_set_is_trained_on() -> None:
    trained = _people(_records("train"))
    for path in sorted(GOLD.glob("*.jsonl")):
        trained |= _people([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])
    assert not trained & _people(_records("test"))
