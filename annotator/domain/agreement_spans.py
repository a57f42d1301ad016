"""How far two reviewers agree about spans, label by label, over the same articles.

F1 over spans; Cohen's kappa over tokens (a token has a label or not); Krippendorff's alpha over
code points, which weighs a boundary by how far it is off. Where both never or always use a label
there is nothing that chance could explain: kappa and alpha are None.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotator.domain.matching import Place, pair_up
from annotator.domain.ratios import ratios

_TOKEN = re.compile(r"\w+|[^\w\s]")


class Reviewed(NamedTuple):
    """One article as two reviewers have it."""

    name: str
    text: str
    one: Sequence[Place]
    other: Sequence[Place]


class SpanAgreement(NamedTuple):
    """Of one label: how many spans each has; `exact` and `overlap` are F1."""

    one: int
    other: int
    exact: float
    overlap: float
    kappa: float | None
    alpha: float | None


def agreement(articles: Sequence[Reviewed], label: str) -> SpanAgreement:
    """Of one label, over all articles."""
    ones = others = exact = overlap = 0
    tokens, signs = Counter[tuple[bool, bool]](), Counter[tuple[bool, bool]]()
    for article in articles:
        one = [place for place in article.one if place.label == label]
        other = [place for place in article.other if place.label == label]
        ones, others = ones + len(one), others + len(other)
        exact += len({*one} & {*other})
        overlap += len(pair_up(one, other, lambda *_: True))
        tokens += _of_tokens(article.text, one, other)
        signs += _of_signs(len(article.text), one, other)
    return SpanAgreement(
        ones,
        others,
        ratios(exact, others, ones).f1,
        ratios(overlap, others, ones).f1,
        kappa(tokens),
        alpha(signs),
    )


def exact_f1(articles: Iterable[Reviewed]) -> float:
    """Over all labels: the same place and label."""
    one = other = both = 0
    for article in articles:
        one, other = one + len(article.one), other + len(article.other)
        both += len({*article.one} & {*article.other})
    return ratios(both, other, one).f1


def confusion(articles: Iterable[Reviewed]) -> Counter[tuple[str | None, str | None]]:
    """Pairs of labels at overlapping places, one to one; None where the other has no span."""
    found = Counter[tuple[str | None, str | None]]()
    for article in articles:
        pairs = pair_up(article.one, article.other, lambda one, other: one.label == other.label)
        left_one = [place for i, place in enumerate(article.one) if i not in pairs]
        matched = set(pairs.values())
        left_other = [place for i, place in enumerate(article.other) if i not in matched]
        rest = pair_up(left_one, left_other, _mostly)
        found.update((article.one[i].label, article.other[j].label) for i, j in pairs.items())
        found.update((left_one[i].label, left_other[j].label) for i, j in rest.items())
        found.update((place.label, None) for i, place in enumerate(left_one) if i not in rest)
        taken = set(rest.values())
        found.update((None, place.label) for j, place in enumerate(left_other) if j not in taken)
    return found


def kappa(both: Counter[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa of two reviewers who say yes or no, by how often they said what together."""
    count = both.total()
    if not count:
        return None
    observed = (both[True, True] + both[False, False]) / count
    yes = [(both[True, True] + both[True, False]) / count, (both[True, True] + both[False, True]) / count]
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    return None if chance == 1 else (observed - chance) / (1 - chance)


def alpha(both: Counter[tuple[bool, bool]]) -> float | None:
    """Krippendorff's alpha, nominal, of two reviewers without gaps, from the same counts."""
    differing = both[True, False] + both[False, True]
    yes = 2 * both[True, True] + differing
    no = 2 * both[False, False] + differing
    return None if not yes or not no else 1 - (yes + no - 1) * differing / (yes * no)


def _mostly(one: Place, other: Place) -> bool:
    """Whether two spans share half of what they cover together: nested names are no confusion."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= max(one.end, other.end) - min(one.start, other.start)


def _of_tokens(text: str, one: Sequence[Place], other: Sequence[Place]) -> Counter[tuple[bool, bool]]:
    places = [match.span() for match in _TOKEN.finditer(text)]
    starts, ends = [start for start, _ in places], [end for _, end in places]

    def covered(spans: Sequence[Place]) -> set[int]:
        return {
            token
            for span in spans
            for token in range(bisect_right(ends, span.start), bisect_left(starts, span.end))
        }

    ours, theirs = covered(one), covered(other)
    both = len(ours & theirs)
    counts = Counter({(True, True): both, (True, False): len(ours) - both, (False, True): len(theirs) - both})
    counts[False, False] = len(places) - len(ours | theirs)
    return counts


def _of_signs(size: int, one: Sequence[Place], other: Sequence[Place]) -> Counter[tuple[bool, bool]]:
    """Code points by who covers them, counted from edge to edge."""
    edges = sorted({0, size, *(edge for place in (*one, *other) for edge in place[:2])})
    ours, theirs = _union(one), _union(other)
    counts = Counter[tuple[bool, bool]]()
    for start, end in pairwise(edges):
        counts[_within(ours, start), _within(theirs, start)] += end - start
    return counts


def _union(places: Sequence[Place]) -> list[int]:
    """Starts and ends in turn of what spans cover together."""
    edges: list[int] = []
    for place in sorted(places):
        if edges and place.start <= edges[-1]:
            edges[-1] = max(edges[-1], place.end)
        else:
            edges += place[:2]
    return edges


def _within(edges: Sequence[int], place: int) -> bool:
    return bisect_right(edges, place) % 2 == 1
