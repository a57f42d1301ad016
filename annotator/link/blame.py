"""Who bears the blame of an allegation: the signs of each name weighed, then who is blamed in other articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import Final

Shares = dict[int, float]
"""Index of a cluster of the article -> its share, 1 in all."""

_MOST = 5
"""Names that are kept for an allegation."""

WEIGHTS: Final = {
    "inside_said": 3.7, "inside_clause": 0.6, "inside_done": 0.2, "inside_noun": 1.3, "by": 1.3,
    "same_1": 1.8, "same_more": 1.5, "earlier_1": 1.2, "earlier_more": 0.4, "against": 1.5,
    "after": 0.9, "doer_named": 0.8, "doer_called": 1.9, "doer_near": 1.6, "doer_first": 0.2,
    "subject_named": 2.4, "subject_called": 2.2, "subject_near": 1.2, "subject_first": 1.3,
    "speaker_named": -1.7, "speaker_called": 0.6, "speaker_near": -1.0, "speaker_first": 0.1,
    "answering": 1.3, "beside_noun": 0.6, "his_gender": 0.9, "other_gender": 0.2, "share": 1.7,
    "no_person": -0.4, "speaks": -0.5, "byline": -2.0, "credit": -1.7, "doer_called_near": 1.7,
    "subject_called_near": 0.8, "speaker_called_near": -0.2, "authority": -1.2, "accuses": -1.7,
    "object": 1.7, "victim_named": 0.4,
}  # fmt: skip
"""What each sign weighs, by multinomial regression over the development articles:
`python -m tests.benchmarks.bench_claims`."""

ELSEWHERE: Final = {"own": 1.1, "story": 1.7}
"""The same for the shares by what stands in its own article, and for who is blamed in others."""


def shares(signs: Mapping[int, Mapping[str, float]]) -> Shares:
    """The shares of the blame for one allegation by what stands in and around it."""
    scores = {
        index: sum(WEIGHTS[name] * value for name, value in one.items()) for index, one in signs.items()
    }
    best = sorted(scores.items(), key=lambda one: -one[1])[:_MOST]
    return dict(zip((index for index, _ in best), _softmax([score for _, score in best]), strict=True))


def settled(seen: Sequence[Mapping[str, float]]) -> list[float]:
    """The shares of one allegation's names once it is seen who is blamed in other articles."""
    return _softmax([sum(ELSEWHERE[name] * value for name, value in one.items()) for one in seen])


def _softmax(scores: Sequence[float]) -> list[float]:
    raised = [exp(score) for score in scores]
    total = sum(raised)
    return [one / total for one in raised]
