"""ALLEGATION by marking words and the parse. `[...]` shows what is to be found."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from annotator.suggest.allegations.finder import find

pytestmark = pytest.mark.spacy


def marked(doc: Doc) -> str:
    """The text with the claims in brackets."""
    text = doc.text
    for claim in reversed(find(doc)):
        span = doc[claim.start : claim.end]
        text = f"{text[: span.start_char]}[{span.text}]{text[span.end_char :]}"
    return text


@pytest.mark.parametrize(
    "sentence",
    [
        # marking verbs, with the accused where he stands between
        "A clerk [accused the mayor of taking bribes] on Monday.",
        "The report [alleges that the company falsified its accounts].",
        "He is [charged with fraud and with bribing officials].",
        "The driver was [arrested for stealing fuel] in May.",
        "The union is [suing the bank for discrimination].",
        "She is [suspected of leaking the files].",
        # marking nouns
        "He denied [allegations of sexual harassment].",
        "The club faces [claims that it bribed a referee].",
        "She faces two [counts of perjury].",
        "A man was held on [suspicion of arson].",
        # formal steps, compounds, adjectives and adverbs
        "His [trial for embezzlement] opens today.",
        "The [bribery charge] stands.",
        "A [money-laundering probe] began.",
        "The [sexual misconduct accusers] spoke.",
        "The [securities fraud case] collapsed.",
        "They named the [alleged sexual predator].",
        "The minister [allegedly took cash for the permit].",
        # words that report or hedge, where the clause states a wrong
        "A witness [said the guards beat the prisoners].",
        "Police are [examining whether the firm misled lenders].",
        "The treasurer [appears to have forged the receipts].",
        "He is [said to have bribed the inspector].",
        "The bank [may have laundered the money].",
        "She [called it bribery].",
        # where the source stands outside, the wrong alone
        "According to the indictment, Mr Hale [embezzled the pension money].",
    ],
)
def test_a_claim_from_its_marking_word_to_the_end_of_the_wrong(nlp: Language, sentence: str) -> None:
    assert marked(nlp(re.sub(r"[\[\]]", "", sentence))) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "The court heard the allegations and her claims.",
        "He denies any wrongdoing.",
        "She was convicted of fraud and jailed for theft.",
        "They pleaded guilty to two counts of perjury.",
        "He was cleared of the bribery charge.",
        "The minister said the weather was fine.",
        "A spokesman said he would never steal.",
        "The alleged victim spoke.",
        "She called the story a lie.",
        "They sued the firm for 3 million euros.",
    ],
)
def test_what_is_no_claim_or_no_longer_one(nlp: Language, sentence: str) -> None:
    assert marked(nlp(sentence)) == sentence


def test_a_headline_does_not_run_into_the_body(nlp: Language) -> None:
    doc = nlp("Mayor accused of taking bribes\n\nThe council met on Monday.")
    assert marked(doc).startswith("Mayor [accused of taking bribes]\n\nThe")


def test_a_plain_report_counts_only_among_other_claims(nlp: Language) -> None:
    report = "A cook said the warden tore up her letter."
    others = "The warden is accused of theft. He also faces allegations of abuse."
    assert "[" not in marked(nlp(report))
    assert marked(nlp(f"{others} {report}")).endswith("A cook [said the warden tore up her letter].")


def test_time_place_and_the_by_phrase_that_only_follow_stay_out(nlp: Language) -> None:
    doc = nlp("The aide was accused of bribing officials in Lisbon in March 2012.")
    assert marked(doc) == "The aide was [accused of bribing officials] in Lisbon in March 2012."
