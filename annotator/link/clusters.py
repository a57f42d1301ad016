"""Mentions of one article that mean one, and how those of several articles come together."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from annotator.domain.linking import Group, Member, Mention

Words = tuple[str, ...]


@dataclass(slots=True)
class Cluster:
    """`words` is the fullest name among the mentions, folded; `name` the same as it is written.

    `places` are the starts of its mentions; `number` is set where it is known who it is over all
    articles: equal for clusters that are one.
    """

    label: str
    document: int
    words: Words
    name: str
    generation: str | None = None
    members: list[Member] = field(default_factory=list)
    entities: set[int] = field(default_factory=set)
    places: list[int] = field(default_factory=list)
    number: int = -1

    def add(self, mention: Mention, member: Member) -> None:
        """Take in a mention; one that is linked already says which entity this is."""
        if mention.entity is None:
            self.members.append(member)
        else:
            self.entities.add(mention.entity)
        insort(self.places, mention.start)

    def last_before(self, place: int) -> int:
        """Where it was mentioned last before a place of the article; -1 where it was not yet."""
        index = bisect_left(self.places, place)
        return self.places[index - 1] if index else -1


class Joined:
    """Which clusters are one, by union; `weight` is the surest way in which each was joined."""

    def __init__(self, clusters: list[Cluster]) -> None:
        self.clusters = clusters
        self._parent = list(range(len(clusters)))
        self._weight = [1.0] * len(clusters)

    def find(self, index: int) -> int:
        """The cluster that stands for all that are one with this one."""
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int, weight: float) -> None:
        """Make two clusters one; `other` is the one that was attached."""
        self._weight[other] = min(self._weight[other], weight)
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first

    def join_equal(self, keys: Iterable[Hashable | None], weight: float) -> None:
        """Make those clusters one whose keys, in the clusters' order, are equal; None joins nothing."""
        first: dict[Hashable, int] = {}
        for index, key in enumerate(keys):
            if key is not None:
                self.join(first.setdefault(key, index), index, weight)

    def join_only(self, index: int, others: Iterable[tuple[int, float]]) -> None:
        """Attach a cluster to the one other that it may be; to none where several fit."""
        fitting = {self.find(other): weight for other, weight in others}
        fitting.pop(self.find(index), None)
        if len(fitting) == 1:
            ((other, weight),) = fitting.items()
            self.join(other, index, weight)

    def settle(self) -> Joined:
        """Number the clusters by who they are."""
        for index, cluster in enumerate(self.clusters):
            cluster.number = self.find(index)
        return self

    def groups(self) -> list[Group]:
        """What is worth proposing: mentions of a known entity, or at least two of a new one."""
        together: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self.clusters)):
            together[self.find(index)].append(index)
        return [group for indexes in together.values() for group in self._group(indexes)]

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
