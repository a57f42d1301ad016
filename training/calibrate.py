"""What each kind of evidence is worth: the weights of the scores, from articles not learned from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotator.suggest.encoder.decoding import LABELS
from annotator.suggest.encoder.evidence import FEATURES, Candidate, Said, informed
from annotator.suggest.encoder.weighing import Weights, chosen
from training.records import Gold

RIDGE: Final = 0.3
ROUNDS: Final = 3
Floats = NDArray[np.float64]


class Case(NamedTuple):
    """An article and what a network that did not learn from it says."""

    gold: Gold
    said: Said


def fitted(cases: Sequence[Case], thresholds: Mapping[str, float]) -> dict[str, Weights]:
    """Weights for each label; in rounds, because names found in one are repeated in the next."""
    pools = [case.said.proposed for case in cases]
    weights = _fit(cases, pools, thresholds)
    for _ in range(ROUNDS):
        again = []
        for case in cases:
            names = [one for _, one in chosen(case.said, weights) if one.label in ("PERSON", "ORG")]
            again.append(informed(case.said, names))
        weights = _fit(cases, again, thresholds)
    return weights


def _fit(
    cases: Sequence[Case], pools: Sequence[list[Candidate]], thresholds: Mapping[str, float]
) -> dict[str, Weights]:
    rows: dict[str, list[list[float]]] = {label: [] for label in LABELS}
    right: dict[str, list[bool]] = {label: [] for label in LABELS}
    for case, pool in zip(cases, pools, strict=True):
        gold = {(span.start, span.end, span.label) for span in case.gold.spans}
        for one in pool:
            if (one.start, one.end, one.label) in gold or not _is_open(case.gold, one):
                rows[one.label].append(case.said.features(one))
                right[one.label].append((one.start, one.end, one.label) in gold)
    weights = {}
    for label in LABELS:
        factors = _logistic(np.array(rows[label]), np.array(right[label], dtype=float))
        weights[label] = Weights(float(factors[-1]), tuple(map(float, factors[:-1])), thresholds[label])
    return weights


def _is_open(gold: Gold, one: Candidate) -> bool:
    """Does it touch what the guidelines leave open?"""
    return any(
        span.label == one.label and span.start < one.end and one.start < span.end for span in gold.optional
    )


def _logistic(rows: Floats, right: Floats) -> Floats:
    """Newton's method with a ridge on all but the last factor, the bias."""
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    ridge = np.diag([RIDGE] * len(FEATURES) + [1e-6])
    factors = np.zeros(rows.shape[1])
    for _ in range(50):
        share = 1 / (1 + np.exp(-rows @ factors))
        slope = rows.T @ (share - right) + ridge @ factors
        curve = (rows * (share * (1 - share))[:, None]).T @ rows + ridge
        step = np.linalg.solve(curve, slope)
        factors -= step
        if np.abs(step).max() < 1e-8:
            break
    return factors


def reliability(scores: Iterable[tuple[float, bool]], bins: int = 10) -> list[tuple[float, float, int]]:
    """For scores in each tenth: the mean score, the share that is right, how many."""
    found: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for score, is_right in scores:
        found[min(int(score * bins), bins - 1)].append((score, is_right))
    return [
        (sum(score for score, _ in one) / len(one), sum(ok for _, ok in one) / len(one), len(one))
        for one in found
        if one
    ]
