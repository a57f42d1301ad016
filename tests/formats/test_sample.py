"""The sample articles: complete, readable, and without a single answer in them."""

from __future__ import annotations

from annotator import paths
from annotator.formats import files, read


def test_the_sample_holds_articles_and_nothing_decided() -> None:
    found = files([paths.data()])
    assert [path.name for path in found] == ["sample.jsonl"]
    records = list(read(found[0]).records)
    assert len(records) == 16
    assert all(set(record) == {"id", "title", "date", "source", "text"} for record in records)
    assert len({record["id"] for record in records}) == 16
