"""Which articles tell of the same: those that share names that few others have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from math import log

from annotator.lexicons import terms
from annotator.link.clusters import NO_ARTICLE, Cluster

Key = tuple[str, int]
"""A name over all articles: its label, and the cluster that stands for it."""

RELATED = 0.3
"""Shared names weigh so much or more in two articles of one story."""
_LOOKED_AT = 40


class Stories:
    """Names by article and articles by name, for clusters that know their number."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self._names: dict[int, set[Key]] = defaultdict(set)
        self._documents: dict[Key, dict[int, None]] = defaultdict(dict)
        for cluster in clusters:
            if cluster.document != NO_ARTICLE and cluster.name not in terms("known_orgs"):
                key = (cluster.label, cluster.number)
                self._names[cluster.document].add(key)
                self._documents[key][cluster.document] = None
        self._most = log(len(self._names) + 1)

    def weight(self, key: Key) -> float:
        """Nearly 1 for a name of one article, towards 0 for one that stands everywhere."""
        spread = len(self._documents[key])
        return log((len(self._names) + 1) / spread) / self._most if spread else 0.0

    def kinship(self, one: int, other: int) -> float:
        """How much two articles share."""
        return sum(self.weight(key) for key in self._names[one] & self._names[other])

    def nearness(self, document: int, key: Key) -> float:
        """How much an article shares with the nearest of those that have a name."""
        documents = (other for other in self._documents[key] if other != document)
        return max((self.kinship(document, other) for other in islice(documents, _LOOKED_AT)), default=0.0)
