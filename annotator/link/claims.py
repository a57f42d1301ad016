"""Allegations: about the same conduct of the same accused, however worded.

Two claims are alike by who is accused, by the kind of wrong, by their words, and by how much
their articles share; the surest pairs come together first, by the average over all pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import exp, log, sqrt
from typing import Final, NamedTuple

from annotator.domain.linking import ArticleMentions, Group, Member, Mention, ProposedRole
from annotator.link import accused, conducts
from annotator.link.clusters import Cluster
from annotator.link.reasons import SAME_CONDUCT
from annotator.link.stories import Key, Stories

LEAST: Final = -2.0
"""So alike, in log odds, two groups of claims must be to become one."""
_APART: Final = -4.0
"""Two claims that were not compared."""
_MOST_SURE: Final = 0.75
"""Whether two wordings mean one conduct is for a person to say."""
_PAIRS: Final = 1_500_000
"""Pairs that are compared in all; in a large corpus a claim is compared with fewer others."""
_FEWEST, _MOST = 12, 150
_KIN: Final = 1.5
_BESIDE: Final = 200
"""Code points on either side of an allegation that tell what it is about."""
_BLAMED: Final = 0.4
"""From this share on somebody is proposed as the accused: right two times in three."""
_ACCUSER: Final = 0.6
_DATE: Final = 0.7


@dataclass(slots=True)
class Claim:
    """An allegation: its words, the kinds of wrong in them, and who may be accused, with shares.

    `around` are the telling words of it and beside it, `near` those who are named there.
    """

    mention: Mention
    document: int
    text: str
    words: frozenset[str]
    kinds: frozenset[str]
    accused: list[tuple[Cluster, float]]
    accuser: Cluster | None
    around: frozenset[str]
    near: list[Cluster]
    dates: list[int]

    def roles(self) -> Iterator[ProposedRole]:
        """Who accuses whom of it, and the dates named in it."""
        span = self.mention.span
        others = [one for one in self.accused if one[0] is not self.accuser]
        blamed = max(others, key=lambda one: one[1], default=None)
        if blamed is not None and blamed[1] >= _BLAMED:
            yield ProposedRole(span, "accused", blamed[0].span, round(blamed[1], 3))
        if self.accuser is not None:
            yield ProposedRole(span, "accuser", self.accuser.span, _ACCUSER)
        for date in self.dates:
            yield ProposedRole(span, "date", date, _DATE)


class _Weighed:
    """Some items, each with a weight: how much of them two claims share, from 0 to 1."""

    __slots__ = ("_length", "_weights")

    def __init__(self, weights: Mapping[Hashable, float]) -> None:
        self._weights = {item: weight * weight for item, weight in weights.items()}
        self._length = sqrt(sum(self._weights.values())) or 1.0

    def shared(self, other: _Weighed) -> float:
        """The cosine of the two."""
        both = self._weights.keys() & other._weights.keys()
        return sum(self._weights[item] for item in both) / (self._length * other._length) if both else 0.0


class _Seen(NamedTuple):
    """A claim as it is compared."""

    document: int
    words: _Weighed
    around: _Weighed
    near: _Weighed
    kinds: Mapping[str, float]
    accused: Mapping[Key, float]
    first: Key | None


def in_article(
    article: ArticleMentions, mentions: Sequence[Mention], named: Sequence[Cluster], dates: Sequence[Mention]
) -> Iterator[Claim]:
    """The allegations of one article; `named` are its people and organisations, `dates` its dates."""
    names = accused.Names(article, named)
    for mention, shares in zip(mentions, accused.shares(names, mentions), strict=True):
        text = article.text[mention.start : mention.end]
        blamed = [(named[index], share) for index, share in shares.items()]
        accuser = accused.accuser(names, mention)
        yield Claim(
            mention,
            article.document,
            text,
            conducts.stems(text),
            conducts.kinds(text),
            blamed,
            named[accuser] if accuser is not None else None,
            conducts.stems(article.text[max(0, mention.start - _BESIDE) : mention.end + _BESIDE]),
            [named[index] for _, index in names.between(mention.start - _BESIDE, mention.end + _BESIDE)],
            [one.span for one in dates if mention.start <= one.start and one.end <= mention.end],
        )


def groups(claims: Sequence[Claim], stories: Stories) -> Iterator[Group]:
    """Conducts that are alleged more than once, or that are known already."""
    merging = _Merging(claims, _alike(_seen(claims, stories), stories))
    merging.run()
    for indexes in merging.together():
        found = [claims[index] for index in indexes]
        entity = next((claim.mention.entity for claim in found if claim.mention.entity is not None), None)
        members = [
            Member(claims[index].mention.span, merging.sureness(index), SAME_CONDUCT)
            for index in indexes
            if claims[index].mention.entity is None
        ]
        if len(members) > (entity is None):
            name = max(found, key=lambda claim: (len(claim.words), -len(claim.text))).text
            yield Group(found[0].mention.label, entity, name, None, members)


def _seen(claims: Sequence[Claim], stories: Stories) -> list[_Seen]:
    """The claims with what they hold weighed by how few others hold it."""
    words = _rarity(claim.words for claim in claims)
    around = _rarity(claim.around for claim in claims)
    kinds = _rarity(claim.kinds for claim in claims)
    seen = []
    for claim in claims:
        shares: Counter[Key] = Counter()
        for cluster, share in claim.accused:
            shares[cluster.label, cluster.number] += share  # type: ignore[assignment]
        near = {(cluster.label, cluster.number) for cluster in claim.near}
        seen.append(
            _Seen(
                claim.document,
                _Weighed({word: words[word] for word in claim.words}),
                _Weighed({word: around[word] for word in claim.around}),
                _Weighed({key: stories.weight(key) for key in near}),
                {kind: kinds[kind] for kind in claim.kinds},
                shares,
                max(shares, key=lambda key: shares[key]) if shares else None,
            )
        )
    return seen


def _rarity(sets: Iterable[frozenset[str]]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    total = 1
    for one in sets:
        counts.update(one)
        total += 1
    return {item: log(total / count) for item, count in counts.items()}


def _alike(seen: Sequence[_Seen], stories: Stories) -> dict[tuple[int, int], float]:
    """The log odds that two claims mean one conduct, for those that may name one accused."""
    by_name: dict[Key, list[int]] = defaultdict(list)
    for index, one in enumerate(seen):
        for key in one.accused:
            by_name[key].append(index)
    reach = max(_FEWEST, min(_MOST, _PAIRS // (5 * len(seen) + 1)))
    kinship: dict[tuple[int, int], float] = {}
    found: dict[tuple[int, int], float] = {}
    for indexes in by_name.values():
        for place, first in enumerate(indexes):
            for second in indexes[place + 1 : place + 1 + reach]:
                if (first, second) not in found:
                    documents = (seen[first].document, seen[second].document)
                    if documents not in kinship:
                        same = documents[0] == documents[1]
                        kinship[documents] = 1.0 if same else min(_KIN, stories.kinship(*documents))
                    found[first, second] = _odds(seen[first], seen[second], kinship[documents])
    return found


def _odds(one: _Seen, other: _Seen, kinship: float) -> float:
    blame = sum(min(share, other.accused.get(key, 0.0)) for key, share in one.accused.items())
    kinds = 0.0
    if one.kinds and other.kinds:
        shared = sum(weight for kind, weight in one.kinds.items() if kind in other.kinds)
        kinds = shared / (min(sum(one.kinds.values()), sum(other.kinds.values())) or 1.0)
    # By logistic regression over the development articles, rounded.
    return (
        0.7 * blame
        + 0.5 * (one.first == other.first)
        + 4.4 * one.words.shared(other.words)
        + 1.9 * one.around.shared(other.around)
        + 0.9 * one.near.shared(other.near)
        + 0.6 * kinds
        + 2.1 * blame * kinds
        - 0.5 * (bool(one.kinds and other.kinds) and not one.kinds.keys() & other.kinds.keys())
        + 1.6 * kinship
        + 0.2 * (one.document == other.document)
        - 5.2
    )


class _Merging:
    """Average linkage: the most alike groups become one until none are alike enough."""

    def __init__(self, claims: Sequence[Claim], alike: Mapping[tuple[int, int], float]) -> None:
        self._members: dict[int, list[int]] = {index: [index] for index in range(len(claims))}
        self._entity: dict[int, int | None] = {
            index: claim.mention.entity for index, claim in enumerate(claims)
        }
        self._sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
        for (one, other), odds in alike.items():
            self._sums[one][other] = self._sums[other][one] = (odds, 1)
        self._surest = dict.fromkeys(range(len(claims)), LEAST)
        self._join_known()

    def _join_known(self) -> None:
        first: dict[int, int] = {}
        for index, entity in list(self._entity.items()):
            if entity is not None and first.setdefault(entity, index) != index:
                self._merge(first[entity], index)

    def run(self) -> None:
        """Merge as far as it goes."""
        heap = [
            (-average, one, other)
            for one, sums in self._sums.items()
            for other in sums
            if one < other and (average := self._average(one, other)) >= LEAST
        ]
        heapify(heap)
        while heap:
            worst, one, other = heappop(heap)
            if one not in self._members or other not in self._members:
                continue
            average = self._average(one, other)
            if average != -worst or not self._may_merge(one, other):
                continue  # it has grown since, and stands in the heap again
            for index in (*self._members[one], *self._members[other]):
                self._surest[index] = max(self._surest[index], average)
            self._merge(one, other)
            for near in self._sums[one]:
                average = self._average(one, near)
                if average >= LEAST:
                    heappush(heap, (-average, min(one, near), max(one, near)))

    def together(self) -> list[list[int]]:
        """The groups, each in reading order."""
        return [sorted(members) for members in self._members.values()]

    def sureness(self, index: int) -> float:
        """How sure a claim's place in its group is, from 0 to 1."""
        return round(min(_MOST_SURE, 1 / (1 + exp(-self._surest[index]))), 3)

    def _average(self, one: int, other: int) -> float:
        total, count = self._sums[one][other]
        pairs = len(self._members[one]) * len(self._members[other])
        return (total + (pairs - count) * _APART) / pairs

    def _may_merge(self, one: int, other: int) -> bool:
        return None in (self._entity[one], self._entity[other])

    def _merge(self, one: int, other: int) -> None:
        self._members[one] += self._members.pop(other)
        self._entity[one] = self._entity[one] if self._entity[one] is not None else self._entity[other]
        mine = self._sums[one]
        for near, (total, count) in self._sums.pop(other, {}).items():
            del self._sums[near][other]
            if near != one:
                known = mine.get(near, (0.0, 0))
                mine[near] = self._sums[near][one] = (known[0] + total, known[1] + count)
