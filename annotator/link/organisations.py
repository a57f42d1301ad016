"""Organisations: short forms and acronyms belong to the full name, in the article first.

`Gannet` is `Gannet Research` and `the FPA` the `Financial Practices Authority` where the article
names them so. Across articles names are one by their words, whatever their order (`Labor
Department`, `Department of Labor`); a short form only where one organisation of the corpus fits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from annotator.domain import names
from annotator.domain.changes import Message
from annotator.domain.linking import ArticleMentions, KnownEntity, Member, Mention
from annotator.link.clusters import NAMED, NO_ARTICLE, Cluster, Words
from annotator.link.joined import Joined
from annotator.link.reasons import SAME_NAME, SHORT_NAME
from annotator.link.shortenings import (
    adds_a_body,
    adds_only_its_kind,
    core_words,
    is_introduced,
    is_letters,
    is_little_known,
    is_own,
    is_owner,
    is_part_of_letters,
    is_plain,
    is_same_kind,
    is_separate,
    short_forms,
)
from annotator.link.stories import RELATED, Stories

_OPEN = 0.6
"""Two organisations of the article fit, the one named last is taken."""
_EARLY = 0.75
"""A short form below the headline and before the full name may well be another's."""
_SAME = 0.95
_CALLED_ELSEWHERE = 0.75
_LETTERS_ELSEWHERE = 0.8
"""Another article calls it so."""
_SHORT_ELSEWHERE = 0.65
_LAST_ELSEWHERE = 0.6
_DOUBTED = 0.75
_LOOKED_AT = 40
_SEEN_BEFORE = 40
_SEEN_AFTER = 80
_LINE = 60
_OPENED: Final = re.compile(r"[”’\"']?,? ?(?:\(|or (?:the )?)[“‘\"']?")
_ACRONYM_ELSEWHERE = 0.75
_BEGIN_ELSEWHERE = 0.85
_PART_ELSEWHERE = 0.7
"""A `High Court` may be another than the `Federal High Court`."""


def in_article(article: ArticleMentions, mentions: list[Mention]) -> list[Cluster]:
    """The organisations of one article, from mentions of one label in reading order."""
    found = _Organisations(article, mentions)
    named = [(mention, article.text[mention.start : mention.end]) for mention in mentions]
    for mention, text in sorted(named, key=lambda one: (found.is_short(one[1]), -len(core_words(one[1])))):
        found.add(mention, text)
    return found.clusters


def known(entity: KnownEntity, name: str) -> Cluster:
    """A known entity by one of its names, as if an article had it."""
    return Cluster(entity.label, NO_ARTICLE, core_words(name), name, entities=frozenset((entity.entity,)))


def same(clusters: list[Cluster]) -> Joined:
    """Those of one name over the whole corpus."""
    joined = Joined(clusters)
    joined.join_equal((frozenset(cluster.words) or None for cluster in clusters), 1.0)
    joined.join_equal(("".join(cluster.words) or None for cluster in clusters), _SAME)
    return joined.settle()


def variants(joined: Joined, stories: Stories) -> Joined:
    """Join short forms and acronyms to the full name."""
    clusters = joined.clusters
    _doubt_plain(joined, stories)
    longer: dict[str, list[int]] = defaultdict(list)
    called: dict[Words, list[int]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        if joined.find(index) == index and len(cluster.words) > 1:
            for word in {*cluster.words, *short_forms(cluster.name)}:
                longer[word].append(index)
        for words in cluster.also:
            called[words].append(index)
    for index, cluster in enumerate(clusters):
        if joined.find(index) == index and cluster.words:
            weight = _LETTERS_ELSEWHERE if names.is_acronym(cluster.name) else _CALLED_ELSEWHERE
            fitting = {joined.find(other): weight for other in called[cluster.words] if not cluster.is_apart}
            for other in longer[cluster.words[0]]:
                one = joined.find(other)
                weight = _elsewhere(clusters[other], cluster) if one != index else 0.0
                is_surer = weight > fitting.get(one, 0.0) and (one in fitting or not joined.meet(one, index))
                if is_surer and _may_be(clusters[other], cluster, stories, one):
                    fitting[one] = weight
            fitting.pop(index, None)
            joined.join_nearest(index, fitting, stories)
    return joined.settle()


def _may_be(known: Cluster, cluster: Cluster, stories: Stories, one: int) -> bool:
    """What stands alone in an article of another story is a full name: `United Nations`, whatever begins with it."""
    if len(cluster.words) == 1 or adds_only_its_kind(known.words, cluster.words):
        return True
    return stories.nearness(cluster.document, (cluster.label, one)) >= RELATED


def _doubt_plain(joined: Joined, stories: Stories) -> None:
    """A `High Court`, or a `CPB`, of articles that share nothing else may be another."""
    sure: dict[int, list[Cluster]] = defaultdict(list)
    for index, cluster in enumerate(joined.clusters):
        is_open = is_plain(cluster.words) or is_little_known(cluster.name)
        if not is_open or cluster.document == NO_ARTICLE or cluster.label not in NAMED:
            continue
        known = sure[joined.find(index)]
        own = stories.weight(cluster.key)
        if not known or any(
            stories.kinship(cluster.document, one.document) - own >= RELATED for one in known[:_LOOKED_AT]
        ):
            known.append(cluster)
        else:
            joined.doubt(index, _DOUBTED)


class _Organisations:
    """The organisations of an article as they are found, full names first, acronyms last."""

    def __init__(self, article: ArticleMentions, mentions: list[Mention]) -> None:
        self.clusters: list[Cluster] = []
        self._document = article.document
        self._text = article.text
        self._head = article.text.find("\n")
        self._body = _body(article.text)
        self._by_word: dict[str, list[Cluster]] = defaultdict(list)
        self._letters = dict(_in_brackets(article.text, mentions))

    def is_short(self, text: str) -> bool:
        """Whether a name is letters that stand for a full one."""
        return names.is_acronym(text) or core_words(text)[0] in self._letters

    def add(self, mention: Mention, text: str) -> None:
        """A name, which is that of a longer one that it is a form of, or a new one."""
        words = core_words(text)
        full = self._letters.get(words[0], words)
        fitting = [(known, _fit(known, words, text, full)) for known in self._by_word[full[0]]]
        best = max((score for _, score in fitting), default=0.0)
        known = [cluster for cluster, score in fitting if score == best and score]
        is_part = not self.is_short(text) and all(set(one.words) != set(words) for one in known)
        is_apart = bool(known) and is_part and self._is_told_apart(mention)
        if not known or is_apart or (is_part and self._is_early(known, words, mention, text)):
            known = [self._new(mention, text, words)]
            known[0].is_apart = is_apart
            best = _SAME
        chosen = max(known, key=lambda one: one.last_before(mention.start))
        score = best if len(known) == 1 else _OPEN
        if set(words) != set(chosen.words):
            chosen.call(words)
            if chosen.last_before(mention.start) < 0 and mention.start > self._head:
                score = min(score, _EARLY)
        chosen.add(mention, Member(mention.span, score, self._why(chosen, words, text)))

    def _is_told_apart(self, mention: Mention) -> bool:
        """Whether the article says that a short form is a name of its own: it owns the longer one, or is introduced."""
        before = self._text[max(0, mention.start - _SEEN_BEFORE) : mention.start]
        return is_owner(before) or is_introduced(self._text[mention.end : mention.end + _SEEN_AFTER])

    def _is_early(self, known: list[Cluster], words: Words, mention: Mention, text: str) -> bool:
        """Whether a short form comes first in the running text, so that it is hardly short for what comes later."""
        is_early = mention.start >= self._body and all(one.last_before(mention.start) < 0 for one in known)
        return is_early and not text.isupper() and not any(is_same_kind(one.words, words) for one in known)

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


def _body(text: str) -> int:
    """Where the running text begins: the first line below the headline that is a sentence."""
    place = text.find("\n") + 1
    for line in text[place:].splitlines(keepends=True):
        if len(line) > _LINE and line.rstrip().endswith((".", "!", "?", "”", '"', "'", "’")):
            return place
        place += len(line)
    return text.find("\n") + 1


def _in_brackets(text: str, mentions: list[Mention]) -> Iterator[tuple[str, Words]]:
    """Letters with the words of the full name beside which they stand: `Bundeskriminalamt (BKA)`."""
    for one, other in pairwise(mentions):
        if _OPENED.fullmatch(text, one.end, other.start) and text[other.end : other.end + 1] in (")", ","):
            first, second = text[one.start : one.end], text[other.start : other.end]
            if is_letters(second, first):
                yield core_words(second)[0], core_words(first)
            elif is_letters(first, second):
                yield core_words(first)[0], core_words(second)


def _fit(known: Cluster, words: Words, text: str, full: Words) -> float:
    """How surely a name is a form of one that the article has; `full` is what it is said to be short for."""
    if set(words) == set(known.words):
        return _SAME
    if set(full) == set(known.words):
        return 0.92
    if len(words) == 1 and names.is_acronym(text) and words[0] in short_forms(known.name):
        return 0.92
    if len(words) >= len(known.words) or is_own(known.words, words):
        return 0.0
    if known.words[: len(words)] == words:
        return 0.0 if is_part_of_letters(known.words, text) else 0.9
    if known.words[-len(words) :] == words:
        return 0.85 if len(words) > 1 else 0.75
    return 0.75 if len(words) > 1 and _is_part(words, known.words) else 0.0


def _elsewhere(known: Cluster, cluster: Cluster) -> float:
    """The same for one of another article; 0.0 where it does not fit."""
    words = cluster.words
    if len(words) == 1 and names.is_acronym(cluster.name) and words[0] in short_forms(known.name):
        return _ACRONYM_ELSEWHERE
    if len(words) >= len(known.words) or not _is_part(words, known.words) or is_own(known.words, words):
        return 0.0
    if len(words) > 1:
        is_begin = known.words[: len(words)] == words and not adds_a_body(known.words, words)
        return _BEGIN_ELSEWHERE if is_begin else _PART_ELSEWHERE
    if words[0] == known.words[0]:
        is_other = is_separate(known.words, words) or is_part_of_letters(known.words, cluster.name)
        return 0.0 if is_other else _SHORT_ELSEWHERE
    return _LAST_ELSEWHERE if known.words[-1] == words[0] and is_plain(words) else 0.0


def _is_part(words: Words, longer: Words) -> bool:
    rest = iter(longer)
    return all(word in rest for word in words)
