"""One calibrated score for each candidate, and which of those that compete is suggested."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from annotator.suggest.encoder.evidence import Candidate, Said, informed

NAMES = ("PERSON", "ORG", "DATE")
"""Labels of which no two spans overlap."""


class Weights(NamedTuple):
    """For one label: a logistic regression over FEATURES, and the score from which it is shown."""

    bias: float
    factors: tuple[float, ...]
    threshold: float

    def score(self, features: Iterable[float]) -> float:
        """Share of such candidates that a reviewer takes as they are."""
        total = self.bias + sum(factor * one for factor, one in zip(self.factors, features, strict=True))
        return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


Scored = tuple[float, Candidate]


def chosen(said: Said, weights: Mapping[str, Weights]) -> list[Scored]:
    """The suggestions of an article with their scores, in reading order."""
    first = _best(said, said.proposed, weights)
    names = [one for _, one in first if one.label in ("PERSON", "ORG")]
    found = _best(said, informed(said, names), weights)
    return sorted(found, key=lambda scored: (scored[1].start, scored[1].end, scored[1].label))


def _best(said: Said, pool: Iterable[Candidate], weights: Mapping[str, Weights]) -> list[Scored]:
    """From the highest score down, what is sure enough and does not overlap a better one."""
    scored = [(weights[one.label].score(said.features(one)), one) for one in pool if one.label in weights]
    taken: dict[bool, set[int]] = {True: set(), False: set()}
    found = []
    for score, one in sorted(scored, key=lambda scored: (-scored[0], scored[1].start, -scored[1].end)):
        place = range(one.start, one.end)
        if score >= weights[one.label].threshold and taken[one.label in NAMES].isdisjoint(place):
            taken[one.label in NAMES].update(place)
            found.append((score, one))
    return found
