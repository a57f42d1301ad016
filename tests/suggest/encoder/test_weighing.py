"""What speaks for a span, one score for it, and which of those that compete is suggested."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.encoder.decoding import BEGIN, INSIDE, LABELS, OUTSIDE, TAGS
from annotator.suggest.encoder.edges import settled
from annotator.suggest.encoder.evidence import (
    FEATURES,
    NETWORK,
    REPEATED,
    RULE,
    Candidate,
    Said,
    bearers,
    informed,
    repeated,
)
from annotator.suggest.encoder.weighing import NAMES, Weights, chosen
from tests.suggest.encoder.test_windows import pieces_of

TEXT = "Ms Ottoline Frayne sued Orsk Maritime Ltd. on 3 May 2019.\nFrayne said Orsk Maritime lied."


def said(text: str, *spans: tuple[str, str], sure: float = 5.0) -> Said:
    """A network that is sure of these words (at their first place) with these labels, and of nothing else."""
    pieces = pieces_of(text)
    tags = np.zeros((len(pieces), len(LABELS), TAGS), dtype=np.float32)
    tags[:, :, OUTSIDE] = 2
    for words, label in spans:
        start = text.index(words)
        inside = [at for at, one in enumerate(pieces) if one.start < start + len(words) and start < one.end]
        tags[inside, LABELS.index(label), INSIDE] += sure
        tags[inside[0], LABELS.index(label), BEGIN] += 2 * sure
    return Said(text, pieces, tags.reshape(len(pieces), -1))


def weights(**factors: float) -> dict[str, Weights]:
    one = Weights(-1.0, tuple(factors.get(name, 0.0) for name in FEATURES), 0.3)
    return dict.fromkeys(LABELS, one)


def found(text: str, some: list[Candidate], label: str) -> list[str]:
    return [text[one.start : one.end] for one in some if one.label == label]


def again_in(text: str, names: list[Candidate]) -> list[Candidate]:
    return repeated(text, names, bearers(text, names))


def test_network_and_rules_propose() -> None:
    pool = said(TEXT, ("Ms Ottoline Frayne", "PERSON"), ("on 3 May 2019", "DATE")).proposed
    by = {(TEXT[one.start : one.end], one.label): one.by for one in pool}
    assert by["Ottoline Frayne", "PERSON"] == {NETWORK, RULE}  # the title is cut off
    assert by["3 May 2019", "DATE"] == {NETWORK, RULE}


def test_edges_by_the_guidelines() -> None:
    text = "of the tax fraud he denied, the allegations and"
    assert [text[a:b] for a, b in settled(text, (0, 16), "ALLEGATION")] == ["tax fraud"]
    assert [text[a:b] for a, b in settled(text, (3, 47), "ALLEGATION")] == [text[7:43]]
    assert list(settled(text, (28, 43), "ALLEGATION")) == []
    assert list(settled("a\nb", (1, 2), "DATE")) == []
    assert list(settled("(ends18Mar18)", (1, 12), "DATE")) == [(5, 12)]


def test_names_are_whole_words() -> None:
    text = "Mal Ferreira-Gomes joined Screenhound’s team."
    assert [text[a:b] for a, b in settled(text, (4, 15), "PERSON")] == ["Ferreira-Gomes"]
    assert [text[a:b] for a, b in settled(text, (26, 32), "ORG")] == ["Screenhound"]
    assert list(settled("Ada O’Hare", (4, 5), "PERSON")) == [(4, 10)]


def test_several_ends_of_a_claim_are_weighed() -> None:
    text = "They accused him of theft at the club."
    sure = said(text, ("accused him of theft", "ALLEGATION"), sure=2.5)
    ends = found(text, sure.proposed, "ALLEGATION")
    assert {"accused him of theft", "accused him"} <= set(ends)
    assert len(ends) == len(set(ends))


def test_names_are_repeated_by_their_parts_with_where_they_come_from() -> None:
    place = TEXT.index("Ottoline Frayne")
    again = again_in(TEXT, [Candidate(place, place + 15, "PERSON", frozenset({NETWORK}))])
    assert found(TEXT, again, "PERSON") == ["Frayne"]
    assert again[0].start == TEXT.rindex("Frayne")
    assert (again[0].by, again[0].why) == ({REPEATED}, "Ottoline Frayne")


def test_a_name_does_not_repeat_itself() -> None:
    text = "Ottoline left."
    assert again_in(text, [Candidate(0, 8, "PERSON", frozenset({NETWORK}))]) == []


def test_what_a_name_is_elsewhere_speaks_for_it_and_against_its_rival() -> None:
    text = "Ada Brenn spoke. Brenn left. A case against Brenn."
    names = [Candidate(start, end, "PERSON", frozenset({NETWORK})) for start, end in ((0, 9), (17, 22))]
    names.append(Candidate(44, 49, "ORG", frozenset({NETWORK})))
    here = said(text, ("Ada Brenn", "PERSON"))
    agreed = {(one.start, one.label): one.agreed for one in informed(here, names)}
    assert agreed[44, "PERSON"] == 2 / 3  # two others are a person's, none of the others a firm's
    assert agreed[0, "PERSON"] == 0  # one for, one against


def test_a_firm_that_bears_the_name_of_a_person_may_be_one() -> None:
    text = "Ada Brenn spoke. A call to ADA Brenn followed, and Brenn Holdings fell."
    names = [Candidate(0, 9, "PERSON", frozenset({NETWORK}))]
    names += [Candidate(start, end, "ORG", frozenset({NETWORK})) for start, end in ((27, 36), (51, 65))]
    people = [one for one in again_in(text, names) if one.label == "PERSON" and one.start > 26]
    assert {(text[one.start : one.end], one.why) for one in people} == {("Brenn", "Ada Brenn")}


def test_what_scores_higher_stays_and_names_do_not_overlap() -> None:
    here = said(TEXT, ("Ottoline Frayne", "PERSON"), ("sued Orsk Maritime Ltd.", "ALLEGATION"))
    suggested = chosen(here, weights(network=2.0, rule=1.0, repeated=3.0))
    labels = {(TEXT[one.start : one.end], one.label) for _, one in suggested}
    assert ("Ottoline Frayne", "PERSON") in labels
    assert ("Frayne", "PERSON") in labels
    assert any(label == "ALLEGATION" for _, label in labels)
    taken = [place for _, one in suggested if one.label in NAMES for place in range(one.start, one.end)]
    assert len(taken) == len(set(taken))


def test_nothing_below_the_threshold() -> None:
    here = said(TEXT, ("Ottoline Frayne", "PERSON"))
    assert chosen(here, weights(network=-5.0, rule=-5.0)) == []


@given(st.lists(st.floats(-100, 100), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_scores_are_shares(features: list[float]) -> None:
    score = Weights(0.5, tuple([1.0] * len(FEATURES)), 0.5).score(features)
    assert 0 <= score <= 1
