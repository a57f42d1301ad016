"""Claims by the parse, in the lines that are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.suggest.encoder import claims

LINES = (
    "Prosecutors accused Ms Frayne of tax fraud.",
    "",
    "🦦 It rained on Monday.",
    "She was charged with bribery, the court said.",
)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n"])
def test_claims_stand_where_the_text_has_them(ending: str) -> None:
    text = ending.join(LINES)
    found = [(text[slice(*one.place)], one.marker) for one in claims.claims(text, range(len(text)))]
    assert found == [("accused Ms Frayne of tax fraud", "accused"), ("charged with bribery", "charged")]


def test_only_the_lines_that_are_suspected_are_read() -> None:
    text = "\n".join(LINES)
    found = [text[slice(*one.place)] for one in claims.claims(text, [text.index("court"), len(text) - 1])]
    assert found == ["charged with bribery"]
    assert list(claims.claims(text, [])) == []


def test_without_a_pipeline_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "pipeline", lambda: None)
    assert list(claims.claims(LINES[0], [0])) == []


@given(st.lists(st.sampled_from([*LINES, "He was arrested for theft\r", " \t", "x"]), max_size=6))
@settings(max_examples=20, deadline=None)
def test_no_claim_leaves_its_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    for (start, end), _ in claims.claims(text, range(len(text))):
        assert 0 <= start < end <= len(text)
        assert "\n" not in text[start:end]
