"""How clusters of several articles come together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from annotator.domain.linking import Group, Member
from annotator.link.clusters import NO_ARTICLE, Cluster, Words
from annotator.link.stories import RELATED, Key, Stories

_SURE = 0.8
"""A form that is taken without a shared story, where it is the only one."""
_CLEAR = 0.8
"""The second best must be so much farther away."""


class Joined:
    """Which clusters are one, by union; `weight` is the surest way in which each was joined."""

    def __init__(self, clusters: list[Cluster]) -> None:
        self.clusters = clusters
        self._parent = list(range(len(clusters)))
        self._weight = [1.0] * len(clusters)
        self._together = {index: [index] for index in range(len(clusters))}
        self._named: dict[int, dict[int, list[Words]]] = defaultdict(lambda: defaultdict(list))

    def find(self, index: int) -> int:
        """The cluster that stands for all that are one with this one."""
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int, weight: float) -> None:
        """Make two clusters one; `other`, with those that are one with it, is attached to the first."""
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            for index in self._together[self.find(other)] if weight < 1.0 else ():
                self.doubt(index, weight)
            self._parent[second] = first
            self._together[first] += self._together.pop(second)
            for article, words in self._named.pop(second, {}).items():
                self._named[first][article] += words

    def doubt(self, index: int, weight: float) -> None:
        """Be at most so sure that a cluster is what it was made one with."""
        self._weight[index] = min(self._weight[index], weight)

    def join_equal(self, keys: Iterable[Hashable | None], weight: float) -> None:
        """Make those clusters one whose keys, in the clusters' order, are equal; None joins nothing."""
        first: dict[Hashable, int] = {}
        for index, key in enumerate(keys):
            if key is not None:
                self.join(first.setdefault(key, index), index, weight)

    def join_nearest(self, index: int, others: Mapping[int, float], stories: Stories) -> None:
        """Attach a cluster to the one that it may be; to the one of its own story where several fit.

        The surest fits come first; others only count where none of those is of its story.
        """
        cluster = self.clusters[index]
        for weight in sorted(set(others.values()), reverse=True):
            fitting = (other for other, sure in others.items() if sure == weight)
            near = sorted((stories.nearness(cluster.document, self._key(other)), other) for other in fitting)
            best, other = near[-1]
            if best >= RELATED or (weight >= _SURE and len(near) == 1):
                if len(near) == 1 or near[-2][0] <= best * _CLEAR:
                    self.join(other, index, weight)
                return

    def meet(self, one: int, other: int) -> bool:
        """Whether an article names two as two: both in full, or by words that they share."""
        if not self._named:
            for index, cluster in enumerate(self.clusters):
                if cluster.document != NO_ARTICLE:
                    self._named[self.find(index)][cluster.document].append(cluster.words)
        mine, theirs = self._named[self.find(one)], self._named[self.find(other)]
        return any(
            (len(first) > 1 and len(second) > 1) or not set(first).isdisjoint(second)
            for article in mine.keys() & theirs.keys()
            for first in mine[article]
            for second in theirs[article]
        )

    def _key(self, index: int) -> Key:
        return self.clusters[index].label, index

    def settle(self) -> Joined:
        """Number the clusters by who they are."""
        for index, cluster in enumerate(self.clusters):
            cluster.number = self.find(index)
        return self

    def groups(self) -> list[Group]:
        """What is worth proposing: mentions of a known entity, or at least two of a new one."""
        return [group for indexes in self._together.values() for group in self._group(sorted(indexes))]

    def _group(self, indexes: list[int]) -> list[Group]:
        clusters = [self.clusters[index] for index in indexes]
        known = {entity for cluster in clusters for entity in cluster.entities}
        named = max(clusters, key=lambda cluster: (len(cluster.words), len(cluster.name)))
        if len(known) <= 1:
            members = [member for index in indexes for member in self._members(index)]
            entity = next(iter(known), None)
            enough = len(members) > (entity is None)
            return [Group(named.label, entity, named.name, None, members)] if enough else []
        # People told apart what looks alike: only what its own article settles is proposed.
        return [
            Group(cluster.label, next(iter(cluster.entities)), cluster.name, None, self._members(index))
            for index, cluster in zip(indexes, clusters, strict=True)
            if len(cluster.entities) == 1 and cluster.members
        ]

    def _members(self, index: int) -> list[Member]:
        weight = self._weight[index]
        return [
            member._replace(score=round(member.score * weight, 3)) for member in self.clusters[index].members
        ]
