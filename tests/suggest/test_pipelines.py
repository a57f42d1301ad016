"""The default suggester on real articles: clean spans, and worth their reviewer's time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.record import Record, RecordSpan
from annotator.domain.suggestion import Suggestion
from annotator.errors import UserError
from annotator.formats.score import score
from annotator.suggest import pipelines
from annotator.suggest.pieces import LIMIT
from annotator.suggest.pipelines import SpacySuggester

pytestmark = pytest.mark.spacy

GOLD = Path(__file__).parents[1] / "gold" / "dev.jsonl"


def articles() -> list[dict[str, Any]]:
    lines = (json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines())
    return [article for article in lines if "text" in article]


def check(text: str, suggestions: list[Suggestion]) -> None:
    places = [one[:3] for one in suggestions]
    assert len(places) == len(set(places))
    assert places == sorted(places)
    for start, end, label in places:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert label in ("PERSON", "ORG", "DATE", "ALLEGATION")


def test_effort_on_articles_stays_below_the_bound(suggester: SpacySuggester) -> None:
    """The small model as it is costs 1.89 actions a gold span, without any allegation."""
    records: list[Record] = []
    for article in articles():
        found = suggester.suggest(article["text"], article["date"])
        check(article["text"], found)
        spans = [RecordSpan(start=one.start, end=one.end, label=one.label) for one in found]
        records.append(Record(id=article["id"], text=article["text"], spans=spans))
    scores = score(GOLD, records)
    assert scores.effort.per_gold < 1.30
    allegations = scores.spans["ALLEGATION"]
    assert allegations.overlap > 0.65 * allegations.gold


def test_a_long_article_is_suggested_piece_by_piece(suggester: SpacySuggester) -> None:
    filler = "It rained on the quiet river all week. " * 30
    text = "\r\n\r\n".join(["Ms Ottoline Frayne left on Monday. 🦦", *[filler] * 20, "Frayne returned."])
    assert len(text) > LIMIT
    found = suggester.suggest(text, None)
    check(text, found)
    names = [text[one.start : one.end] for one in found if one.label == "PERSON"]
    assert names == ["Ottoline Frayne", "Frayne"]
    assert text.rindex("Frayne") == found[-1].start


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\ufeff", "🦦", "a\u2029b\u0085c", "Mr", "’s", "(((", "\r\n\r\n\r\n"]
)
def test_odd_texts(suggester: SpacySuggester, text: str) -> None:
    check(text, suggester.suggest(text, None))


@given(st.text(max_size=80))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(suggester: SpacySuggester, text: str) -> None:
    check(text, suggester.suggest(text, "2020-01-01"))


def test_a_pipeline_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(UserError) as raised:
        SpacySuggester("xx_no_such_pipeline", "1")
    assert raised.value.code == "suggest.not_loaded"
    assert "xx_no_such_pipeline" in str(raised.value)


def test_a_pipeline_of_another_language_gives_its_own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    blank = spacy.blank("de")
    ruler = blank.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "Ida Brenner ,"}, {"label": "MISC", "pattern": "Haus"}])
    monkeypatch.setattr(pipelines.spacy, "load", lambda name, exclude: blank)
    german = SpacySuggester("de_some_pipeline", "1")
    assert german.suggest("Frau Ida Brenner, 61, im Haus", None) == [Suggestion(5, 16, "PERSON")]
