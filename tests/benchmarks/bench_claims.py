"""Weights of the linker of allegations, learned on all sets but one and judged on that one; then on all.

Says how often the one accused is found and how well conducts are grouped on a set that the weights
have not seen, and prints the weights that `link/blame.py` and `link/alike.py` should have.

usage: python -m tests.benchmarks.bench_claims
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.domain.linking import ArticleMentions, Mention
from annotator.domain.models import KIND_CLAIM, KIND_DATE, KIND_NAME
from annotator.link import accused, alike, blame, proposals
from annotator.link.claims import LEAST, Claim, elsewhere, settle
from annotator.link.clusters import Cluster
from annotator.link.merging import Merging
from tests.benchmarks.bench_links import sets

Floats = NDArray[np.float64]

_ROUNDS, _STEP = 600, 0.05
_CALM_ACCUSED, _CALM_PAIRS = 1.0, 3.0
"""How strongly weights are held near zero."""
_KINDS = {"DATE": KIND_DATE, "ALLEGATION": KIND_CLAIM}


@dataclass
class Learning:
    """A gold set as the linker sees it, with what is right."""

    name: str
    claims: list[Claim]
    gold: list[dict[str, Any]]
    signs: list[dict[int, accused.Signs]]
    """For each allegation of the set, by the index of a cluster of its article."""
    right: list[dict[int, bool]]
    clusters: list[list[Cluster]]


def main() -> None:
    """Judge on each set what is learned on the others, then learn on all."""
    learning = [_read(name, records) for name, records in sets()]
    for held in learning:
        others = [one for one in learning if one is not held]
        _learn_accused(others)
        found = _accused_right(held)
        _learn_pairs(others)
        right, proposed, expected = _pairs_of(held)
        print(
            f"{held.name} by the others: accused right {found:.1%}, pairs in different articles "
            f"F1 {2 * right / (proposed + expected):.1%}  precision {right / proposed:.1%}  recall {right / expected:.1%}"
        )
    _learn_accused(learning)
    _learn_pairs(learning)
    for name, weights in (
        ("blame.WEIGHTS", blame.WEIGHTS),
        ("blame.ELSEWHERE", blame.ELSEWHERE),
        ("alike.WEIGHTS", alike.WEIGHTS),
    ):
        print(f"{name}: { ({sign: round(value, 1) for sign, value in weights.items()}) }")


def _read(name: str, records: Sequence[dict[str, Any]]) -> Learning:
    spans: dict[int, dict[str, Any]] = {}
    readings: list[tuple[accused.Names, dict[int, accused.Signs]]] = []
    corpus = proposals.Corpus()
    original = accused.signs

    def watched(names: accused.Names, mentions: Sequence[Mention]) -> list[dict[int, accused.Signs]]:
        found = original(names, mentions)
        readings.extend((names, one) for one in found)
        return found

    accused.signs = watched
    try:
        for number, record in enumerate(records, 1):
            mentions = []
            for span in sorted(record["spans"], key=lambda span: (span["start"], span["end"])):
                spans[len(spans) + 1] = span
                kind = _KINDS.get(span["label"], KIND_NAME)
                mentions.append(Mention(len(spans), span["start"], span["end"], span["label"], kind))
            corpus.add(ArticleMentions(number, record["text"], record.get("date"), mentions))
    finally:
        accused.signs = original
    list(corpus.groups())
    claims = corpus.claims["ALLEGATION"]
    who = {id(one): _entity(one, spans) for names, _ in readings for one in names.clusters}
    gold = [spans[claim.mention.span] for claim in claims]
    right = [
        {index: who[id(names.clusters[index])] in (span.get("accused") or ()) for index in signs}
        for (names, signs), span in zip(readings, gold, strict=True)
    ]
    return Learning(
        name,
        claims,
        gold,
        [signs for _, signs in readings],
        right,
        [list(names.clusters) for names, _ in readings],
    )


def _entity(cluster: Cluster, spans: Mapping[int, dict[str, Any]]) -> str | None:
    counted = Counter(spans[member.span].get("entity") for member in cluster.members)
    return counted.most_common(1)[0][0] if counted else None


def _learn_accused(sets: Sequence[Learning]) -> None:
    """Weights under which the shares of those accused are largest, first without who is blamed elsewhere."""
    names = list(blame.WEIGHTS)
    rows = [row for one in sets for row in _rows(one, names)]
    weights = _climb(rows)
    blame.WEIGHTS.update(zip(names, map(float, weights), strict=True))
    names = list(blame.ELSEWHERE)
    rows = []
    for one in sets:
        _blame(one, is_settled=False)
        for signs, claim, clusters, right in zip(
            elsewhere(one.claims), one.claims, one.clusters, one.right, strict=True
        ):
            indexes = [index for index, _ in _shares(claim, clusters)]
            rows.append(
                (
                    np.array([[here[name] for name in names] for here in signs]),
                    np.array([float(right[index]) for index in indexes]),
                )
            )
    weights = _climb(rows)
    blame.ELSEWHERE.update(zip(names, map(float, weights), strict=True))


def _rows(one: Learning, names: Sequence[str]) -> list[tuple[Floats, Floats]]:
    return [
        (
            np.array([[here.get(name, 0.0) for name in names] for here in signs.values()]),
            np.array([float(right[index]) for index in signs]),
        )
        for signs, right in zip(one.signs, one.right, strict=True)
    ]


def _climb(rows: Sequence[tuple[Floats, Floats]]) -> Floats:
    """Weights for which right candidates have the largest share, by Adam."""
    rows = [(row, right) for row, right in rows if right.any()]
    names, rights = np.vstack([row for row, _ in rows]), np.hstack([right for _, right in rows])
    sizes = [len(right) for _, right in rows]
    starts, of = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes)
    weights = np.zeros(names.shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _ROUNDS + 1):
        raised = np.exp(np.clip(names @ weights, -30, 30))
        share = raised / np.add.reduceat(raised, starts)[of]
        wanted = share * rights
        slope = names.T @ (wanted / np.add.reduceat(wanted, starts)[of] - share) - _CALM_ACCUSED * weights
        slope /= len(sizes)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        weights += _STEP * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def _blame(one: Learning, *, is_settled: bool = True) -> None:
    """Share the blame anew by the weights as they are."""
    for claim, signs, clusters in zip(one.claims, one.signs, one.clusters, strict=True):
        claim.accused = [(clusters[index], share) for index, share in blame.shares(signs).items()]
    if is_settled:
        settle(one.claims)


def _accused_right(one: Learning) -> float:
    """How often the first of those who may be accused is."""
    _blame(one)
    counted = [
        right[max(signs, key=lambda index: dict(_shares(claim, clusters)).get(index, 0.0))]
        for claim, signs, right, clusters, span in zip(
            one.claims, one.signs, one.right, one.clusters, one.gold, strict=True
        )
        if span.get("accused")
    ]
    return sum(counted) / len(counted)


def _shares(claim: Claim, clusters: Sequence[Cluster]) -> list[tuple[int, float]]:
    places = {id(cluster): index for index, cluster in enumerate(clusters)}
    return [(places[id(cluster)], share) for cluster, share in claim.accused]


def _learn_pairs(sets: Sequence[Learning]) -> None:
    """Weights of logistic regression over all compared pairs."""
    names = [name for name in alike.WEIGHTS if name != "bias"]
    rows, right, matter = [], [], []
    for one in sets:
        _blame(one)
        seen = alike.seen([claim.said() for claim in one.claims])
        for (first, second), signs in alike.compared(seen):
            rows.append([signs[name] for name in names] + [1.0])
            right.append(one.gold[first]["entity"] == one.gold[second]["entity"])
            matter.append(0.5 if signs["one_article"] else 1.0)
    weights = _regress(np.array(rows), np.array(right, float), np.array(matter))
    alike.WEIGHTS.update(zip([*names, "bias"], map(float, weights), strict=True))


def _regress(rows: Floats, right: Floats, matter: Floats) -> Floats:
    weights = np.zeros(rows.shape[1])
    calm = _CALM_PAIRS * np.eye(len(weights))
    calm[-1, -1] = 0.0
    for _ in range(25):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (matter * (right - chance)) - calm @ weights
        bend = (rows * (matter * chance * (1 - chance))[:, None]).T @ rows + calm
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def _pairs_of(one: Learning) -> tuple[int, int, int]:
    """Pairs in different articles: right of those proposed, proposed, and in the gold."""
    _blame(one)
    seen = alike.seen([claim.said() for claim in one.claims])
    merging = Merging([None] * len(seen), alike.chances(seen), LEAST)
    merging.run()
    group = {index: number for number, indexes in enumerate(merging.together()) for index in indexes}
    right = proposed = expected = 0
    for first in range(len(seen)):
        for second in range(first + 1, len(seen)):
            if seen[first].document != seen[second].document:
                is_right = one.gold[first]["entity"] == one.gold[second]["entity"]
                is_proposed = group[first] == group[second]
                right += is_right and is_proposed
                proposed += is_proposed
                expected += is_right
    return right, proposed, expected


if __name__ == "__main__":
    main()
