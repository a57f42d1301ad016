"""The sample articles: complete, readable, and without a single answer in them."""

from __future__ import annotations

from annotator import paths
from annotator.formats import files, read


def test_the_sample_holds_articles_and_nothing_decided() -> None:
    found = files([paths.data()])
    assert [path.name for path in found] == ["begin.jsonl", "sample.jsonl"]
    records = list(read(found[1]).records)
    assert len(records) == 16
    assert all(set(record) == {"id", "title", "date", "source", "text"} for record in records)
    assert len({record["id"] for record in records}) == 16


def test_what_is_for_practice_comes_first_and_is_suggested() -> None:
    (record,) = read(files([paths.data()])[0]).records
    assert {span["state"] for span in record["spans"]} == {"suggested"}
    assert all(record["text"][span["start"] : span["end"]] == span["text"] for span in record["spans"])
