"""Who bears the blame of an allegation: the signs of each name weighed, then who is blamed elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import Final

Shares = dict[int, float]
"""Index of a cluster of the article -> its share, 1 in all."""

_MOST = 5
"""Names that are kept for an allegation."""

WEIGHTS: Final = {
    "inside_said": 3.0, "inside_clause": 0.5, "inside_done": -0.3, "inside_noun": 1.2, "by": 0.7,
    "same_1": 1.8, "same_more": 0.7, "earlier_1": 0.6, "earlier_more": 0.0, "against": 1.4,
    "after": 0.5, "doer_named": 1.1, "doer_called": 1.9, "doer_near": 1.3, "doer_first": 1.0,
    "subject_named": 1.5, "subject_called": 0.7, "subject_near": 0.5, "subject_first": 1.9,
    "speaker_named": -1.9, "speaker_called": 0.0, "speaker_near": -0.9, "speaker_first": -0.1,
    "answering": 1.2, "beside_noun": 0.2, "his_gender": 1.2, "other_gender": 0.4, "share": 0.1,
    "no_person": -0.5, "speaks": -0.6, "byline": -0.9, "credit": -0.8, 
    "doer_called_near": 0.0, "subject_called_near": 0.0, "speaker_called_near": 0.0,
    "official": 0.0, "complains": 0.0, "authority": 0.0, "answers": 0.0, "defended": 0.0, "leads": 0.0, "accuses": 0.0,
    "said_after": 0.0, "introduced_after": 0.0, "first_earlier": 0.0, "first_paragraph": 0.0, "first_same": 0.0, "done_to_near": 0.0, "done_to_first": 0.0, "done_to_named": 0.0, "rank": 0.0,
}  # fmt: skip
"""What each sign weighs, by multinomial regression over the development articles:
`python -m tests.benchmarks.bench_claims`."""

ELSEWHERE: Final = {"own": 1.0, "blamed": 1.0, "previous": 0.0, "next": 0.0, "story": 0.0}
"""The same for what an allegation says by itself, and for who is blamed elsewhere in its article, right before
and behind, and in other articles."""


def shares(signs: Mapping[int, Mapping[str, float]]) -> Shares:
    """The shares of the blame for one allegation by what stands in and around it."""
    scores = {index: sum(WEIGHTS[name] * value for name, value in one.items()) for index, one in signs.items()}
    best = sorted(scores.items(), key=lambda one: -one[1])[:_MOST]
    return dict(zip((index for index, _ in best), _softmax([score for _, score in best]), strict=True))


def settled(seen: Sequence[Mapping[str, float]]) -> list[float]:
    """The shares of one allegation's names once it is seen who is blamed elsewhere."""
    return _softmax([sum(ELSEWHERE[name] * value for name, value in one.items()) for one in seen])


def _softmax(scores: Sequence[float]) -> list[float]:
    raised = [exp(score) for score in scores]
    total = sum(raised)
    return [one / total for one in raised]
