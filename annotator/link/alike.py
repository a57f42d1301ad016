"""How likely two allegations mean one conduct: by who is accused, of what kind of wrong, and in which words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, log, sqrt
from typing import Final, NamedTuple

from annotator.link.conducts import NAMED, Kinds
from annotator.link.stories import Key

Pairs = dict[tuple[int, int], float]

Blamed = dict[int, dict[Key, float]]
"""How many allegations of an article accuse somebody."""

_PAIRS: Final = 1_500_000
"""Pairs that are compared in all; in a large corpus a claim is compared with fewer others."""
_FEWEST, _MOST = 12, 150
_SHORTEST_NAME: Final = 4
_START: Final = 4

WEIGHTS: Final = {
    "accused": 2.3, "same_accused": 0.3, "namesake": 1.7, "words": 2.2, "starts": 2.8, "few": 1.1,
    "kinds": 1.2, "other_kind": -0.6, "same_kind": 0.4, "no_kind": 0.1, "one_article": -1.2,
    "bias": -5.5,
}  # fmt: skip
"""By logistic regression over the development articles: `python -m tests.benchmarks.bench_claims`."""


class Said(NamedTuple):
    """What an allegation holds, before it is weighed by what the others hold.

    `words` are stems with 1 for those of the allegation and less for those around it; `accused` has
    shares, 1 in all, and `called` the words of their names.
    """

    document: int
    words: Mapping[str, float]
    kinds: Kinds
    accused: Mapping[Key, float]
    called: Mapping[Key, frozenset[str]]


class _Weighed:
    """Some items, each with a weight: how much of them two claims share, from 0 to 1."""

    __slots__ = ("_length", "_weights")

    def __init__(self, weights: Mapping[object, float]) -> None:
        self._weights = weights
        self._length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0

    def shared(self, other: _Weighed) -> float:
        """The cosine of the two."""
        one, two = self._weights, other._weights
        both = one.keys() & two.keys()
        return sum(one[item] * two[item] for item in both) / (self._length * other._length) if both else 0.0


class Seen(NamedTuple):
    """An allegation as it is compared."""

    document: int
    words: _Weighed
    starts: _Weighed
    kinds: _Weighed
    named: frozenset[str]
    accused: Mapping[Key, float]
    first: Key | None
    namesakes: Mapping[str, Mapping[str, float]]


def seen(said: Sequence[Said]) -> list[Seen]:
    """The allegations with what they hold weighed by how few others hold it."""
    words = _rarity(one.words for one in said)
    begun = [_starts(one.words) for one in said]
    starts = _rarity(begun)
    kinds = _rarity(one.kinds for one in said)
    return [
        Seen(
            one.document,
            _Weighed({word: weight * words[word] for word, weight in one.words.items()}),
            _Weighed({start: weight * starts[start] for start, weight in begins.items()}),
            _Weighed({kind: weight * kinds[kind] for kind, weight in one.kinds.items()}),
            frozenset(kind for kind, weight in one.kinds.items() if weight >= NAMED),
            one.accused,
            max(one.accused, key=lambda key: one.accused[key], default=None),
            _namesakes(one),
        )
        for one, begins in zip(said, begun, strict=True)
    ]


def _starts(words: Mapping[str, float]) -> dict[str, float]:
    """The first letters of words: `shred`, `shredder` and `shreddings` begin alike."""
    found: dict[str, float] = {}
    for word, weight in words.items():
        start = word[:_START]
        found[start] = max(weight, found.get(start, 0.0))
    return found


def _namesakes(one: Said) -> dict[str, dict[str, float]]:
    """Words of the accused's names -> label -> share: `Marten Lines` may be what one Marten acts through."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for (label, number), share in one.accused.items():
        for word in one.called[label, number]:
            if len(word) >= _SHORTEST_NAME:
                found[word][label] = max(share, found[word].get(label, 0.0))
    return found


def chances(claims: Sequence[Seen]) -> Pairs:
    """The chance that two allegations mean one conduct, for those that may accuse one or a namesake."""
    return {pair: _chance(signs) for pair, signs in compared(claims)}


def compared(claims: Sequence[Seen]) -> Iterator[tuple[tuple[int, int], dict[str, float]]]:
    """The pairs that are compared, each with its signs."""
    buckets: dict[Key | str, list[int]] = defaultdict(list)
    for index, one in enumerate(claims):
        for key in one.accused:
            buckets[key].append(index)
        for word in one.namesakes:
            buckets[word].append(index)
    reach = max(_FEWEST, min(_MOST, _PAIRS // (5 * len(claims) + 1)))
    blamed = _blamed(claims)
    done: set[tuple[int, int]] = set()
    for indexes in buckets.values():
        for place, first in enumerate(indexes):
            for second in indexes[place + 1 : place + 1 + reach]:
                if (first, second) not in done:
                    done.add((first, second))
                    yield (first, second), _signs(claims[first], claims[second], blamed)


def _blamed(claims: Sequence[Seen]) -> Blamed:
    found: Blamed = defaultdict(lambda: defaultdict(float))
    for one in claims:
        here = found[one.document]
        for key, share in one.accused.items():
            here[key] += share
    return found


def _few(one: Seen, other: Seen, blamed: Blamed) -> float:
    """From 0 to 1: where an article has only one allegation against the accused, it is likelier the one meant."""
    here, there = blamed[one.document], blamed[other.document]
    mine = sum(share * there[key] for key, share in one.accused.items() if key in there)
    theirs = sum(share * here[key] for key, share in other.accused.items() if key in here)
    return 1 / sqrt(max(1.0, mine) * max(1.0, theirs))


def _signs(one: Seen, other: Seen, blamed: Blamed) -> dict[str, float]:
    """What speaks for and against; the roots make much of the first thing shared and less of more."""
    return {
        "accused": sum(sqrt(share * other.accused.get(key, 0.0)) for key, share in one.accused.items()),
        "same_accused": float(one.first == other.first),
        "namesake": sqrt(_namesake(one, other)),
        "words": sqrt(one.words.shared(other.words)),
        "few": _few(one, other, blamed),
        "starts": sqrt(one.starts.shared(other.starts)),
        "kinds": sqrt(one.kinds.shared(other.kinds)),
        "same_kind": float(not one.named.isdisjoint(other.named)),
        "no_kind": float(not one.named and not other.named),
        "other_kind": float(bool(one.named and other.named) and one.named.isdisjoint(other.named)),
        "one_article": float(one.document == other.document),
    }


def _namesake(one: Seen, other: Seen) -> float:
    """How much a person accused here bears the name of an organisation accused there."""
    most = 0.0
    for word in one.namesakes.keys() & other.namesakes.keys():
        for label, share in one.namesakes[word].items():
            for known, theirs in other.namesakes[word].items():
                if known != label:
                    most = max(most, share * theirs)
    return most


def _chance(signs: Mapping[str, float]) -> float:
    odds = WEIGHTS["bias"] + sum(WEIGHTS[name] * value for name, value in signs.items())
    return 1 / (1 + exp(-odds))


def _rarity(held: Iterable[Iterable[str]]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    total = 1
    for one in held:
        counts.update(set(one))
        total += 1
    return {item: log(total / count) for item, count in counts.items()}
