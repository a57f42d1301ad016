"""How well two ways of grouping the same mentions agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import comb
from typing import NamedTuple

from annotator.domain.ratios import Ratios, mean, ratios


class Mention(NamedTuple):
    """A mention's cluster in gold and in the predictions, and its article."""

    gold: Hashable
    predicted: Hashable
    document: str


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """Over pairs of mentions, over those in different articles, and B-cubed."""

    mentions: int
    pairs: Ratios
    cross_pairs: Ratios
    b_cubed: Ratios


def cluster_scores(mentions: Sequence[Mention]) -> ClusterScores:
    """Compare the two groupings. Pairs are counted by group, not one by one."""
    gold = [mention.gold for mention in mentions]
    predicted = [mention.predicted for mention in mentions]
    both = [mention[:2] for mention in mentions]
    documents = [mention.document for mention in mentions]
    everywhere = [_pairs(clusters) for clusters in (both, predicted, gold)]
    within = [_pairs(zip(clusters, documents, strict=True)) for clusters in (both, predicted, gold)]
    across = [total - inside for total, inside in zip(everywhere, within, strict=True)]
    return ClusterScores(len(mentions), ratios(*everywhere), ratios(*across), _b_cubed(mentions))


def _pairs(clusters: Iterable[Hashable]) -> int:
    """How many pairs lie in one cluster."""
    return sum(comb(size, 2) for size in Counter(clusters).values())


def _b_cubed(mentions: Sequence[Mention]) -> Ratios:
    gold = Counter(mention.gold for mention in mentions)
    predicted = Counter(mention.predicted for mention in mentions)
    both = Counter(mention[:2] for mention in mentions)
    count = len(mentions) or 1
    precision = sum(both[mention[:2]] / predicted[mention.predicted] for mention in mentions) / count
    recall = sum(both[mention[:2]] / gold[mention.gold] for mention in mentions) / count
    return mean(precision, recall)
