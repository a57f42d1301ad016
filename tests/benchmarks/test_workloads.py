"""The benchmark articles are the same on every machine, or no two measurements could be compared."""

from __future__ import annotations

import hashlib
from itertools import islice

import orjson
import pytest

from tests.benchmarks import workloads


def test_the_articles_are_the_same_everywhere() -> None:
    """The bytes of the first ten; a change here makes older measurements worthless."""
    first = b"\n".join(map(orjson.dumps, islice(workloads.records("W1"), 10)))
    assert hashlib.sha256(first).hexdigest()[:16] == "e71b02909ad6ab3f"


@pytest.mark.parametrize("name", ["W1", "W2"])
def test_spans_lie_in_their_text(name: str) -> None:
    """Offsets slice to the span's text, and spans do not overlap."""
    for record in islice(workloads.records(name), 20):
        end = 0
        for span in record["spans"]:
            assert record["text"][span["start"] : span["end"]] == span["text"]
            assert span["start"] >= end
            end = span["end"]
        assert 36 <= len(record["spans"]) <= 44
