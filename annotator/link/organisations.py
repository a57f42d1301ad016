"""Organisations: short forms and acronyms belong to the full name, in the article first.

`Gannet` is `Gannet Research` and `the FPA` the `Financial Practices Authority` where the article
names them so. Across articles names are one by their words, whatever their order (`Labor
Department`, `Department of Labor`); a short form only where one organisation of the corpus fits.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from annotator.domain import names
from annotator.domain.changes import Message
from annotator.domain.linking import ArticleMentions, KnownEntity, Member, Mention
from annotator.link.clusters import NO_ARTICLE, Cluster, Words
from annotator.link.joined import Joined
from annotator.link.reasons import SAME_NAME, SHORT_NAME
from annotator.link.stories import Stories

_REMEMBERED = 1 << 16
_OPEN = 0.6
"""Two organisations of the article fit, the one named last is taken."""
_EARLY = 0.75
"""A short form below the headline and before the full name may well be another's."""
_SHORT_ELSEWHERE = 0.65
_ACRONYM_ELSEWHERE = 0.75
_BEGIN_ELSEWHERE = 0.85
_PART_ELSEWHERE = 0.7
"""A `High Court` may be another than the `Federal High Court`."""


def in_article(article: ArticleMentions, mentions: list[Mention]) -> list[Cluster]:
    """The organisations of one article, from mentions of one label in reading order."""
    found = _Organisations(article.document, article.text.find("\n"))
    named = [(mention, article.text[mention.start : mention.end]) for mention in mentions]
    for mention, text in sorted(named, key=lambda one: (names.is_acronym(one[1]), -len(core_words(one[1])))):
        found.add(mention, text)
    return found.clusters


def known(entity: KnownEntity, name: str) -> Cluster:
    """A known entity by one of its names, as if an article had it."""
    return Cluster(entity.label, NO_ARTICLE, core_words(name), name, entities=frozenset((entity.entity,)))


def same(clusters: list[Cluster]) -> Joined:
    """Those of one name over the whole corpus."""
    joined = Joined(clusters)
    joined.join_equal((frozenset(cluster.words) or None for cluster in clusters), 1.0)
    return joined.settle()


def variants(joined: Joined, stories: Stories) -> Joined:
    """Join short forms and acronyms to the full name."""
    clusters = joined.clusters
    longer: dict[str, list[int]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        if joined.find(index) == index and len(cluster.words) > 1:
            for word in {*cluster.words, *short_forms(cluster.name)}:
                longer[word].append(index)
    for index, cluster in enumerate(clusters):
        if joined.find(index) == index and cluster.words:
            fitting: dict[int, float] = {}
            for other in longer[cluster.words[0]]:
                one = joined.find(other)
                weight = _elsewhere(clusters[other], cluster) if one != index else 0.0
                if weight:
                    fitting[one] = max(weight, fitting.get(one, 0.0))
            joined.join_nearest(index, fitting, stories)
    return joined.settle()


@lru_cache(_REMEMBERED)
def core_words(text: str) -> Words:
    """The words that tell an organisation: no `the`, no small words, no company forms, no `U.S.`."""
    words = names.organisation_parts(text)
    core = [word for word in words if not names.is_small(word) and word != "us"]
    return tuple(core or words or [text])


class _Organisations:
    """The organisations of an article as they are found, full names first, acronyms last."""

    def __init__(self, document: int, head: int) -> None:
        """`head` is where the headline ends."""
        self.clusters: list[Cluster] = []
        self._document = document
        self._head = head
        self._by_word: dict[str, list[Cluster]] = defaultdict(list)

    def add(self, mention: Mention, text: str) -> None:
        """A name, which is that of a longer one that it is a form of, or a new one."""
        words = core_words(text)
        fitting = [(known, _fit(known, words, text)) for known in self._by_word[words[0]]]
        best = max((score for _, score in fitting), default=0.0)
        known = [cluster for cluster, score in fitting if score == best and score]
        if not known:
            known = [self._new(mention, text, words)]
            best = 0.95
        chosen = max(known, key=lambda one: one.last_before(mention.start))
        score = best if len(known) == 1 else _OPEN
        if (
            chosen.last_before(mention.start) < 0
            and set(words) != set(chosen.words)
            and mention.start > self._head
        ):
            score = min(score, _EARLY)
        chosen.add(mention, Member(mention.span, score, self._why(chosen, words, text)))

    def _new(self, mention: Mention, text: str, words: Words) -> Cluster:
        cluster = Cluster(mention.label, self._document, words, text)
        self.clusters.append(cluster)
        for word in {*words, *short_forms(text)}:
            self._by_word[word].append(cluster)
        return cluster

    @staticmethod
    def _why(chosen: Cluster, words: Words, text: str) -> Message:
        if set(words) == set(chosen.words):
            return SAME_NAME
        if names.is_acronym(text):
            return Message("candidate.acronym", {"name": chosen.name})
        return SHORT_NAME


def _fit(known: Cluster, words: Words, text: str) -> float:
    """How surely a name is a form of one that the article has."""
    if set(words) == set(known.words):
        return 0.95
    if len(words) == 1 and names.is_acronym(text) and words[0] in short_forms(known.name):
        return 0.92
    if len(words) < len(known.words) and known.words[: len(words)] == words:
        return 0.9
    if len(words) < len(known.words) and known.words[-len(words) :] == words:
        return 0.85 if len(words) > 1 else 0.75
    return 0.75 if len(words) > 1 and _is_part(words, known.words) else 0.0


def _elsewhere(known: Cluster, cluster: Cluster) -> float:
    """The same for one of another article; 0.0 where it does not fit."""
    words = cluster.words
    if len(words) == 1 and names.is_acronym(cluster.name) and words[0] in short_forms(known.name):
        return _ACRONYM_ELSEWHERE
    if len(words) >= len(known.words) or not _is_part(words, known.words):
        return 0.0
    if len(words) > 1:
        return _BEGIN_ELSEWHERE if known.words[: len(words)] == words else _PART_ELSEWHERE
    return _SHORT_ELSEWHERE if words[0] == known.words[0] else 0.0


@lru_cache(_REMEMBERED)
def short_forms(text: str) -> frozenset[str]:
    """The letters that a name is shortened to, with and without its small words."""
    words = names.organisation_parts(text)
    loose = "".join(word[0] for word in words)
    core = "".join(word[0] for word in core_words(text))
    return frozenset(letters for letters in (names.acronym(text), loose, core) if len(letters) > 1)


def _is_part(words: Words, longer: Words) -> bool:
    rest = iter(longer)
    return all(word in rest for word in words)
