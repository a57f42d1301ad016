"""Proposed links for a whole corpus: names first, then dates by value, then allegations by who is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from annotator.domain.changes import Message
from annotator.domain.linking import ArticleMentions, Group, KnownEntity, Member, Mention, ProposedRole
from annotator.domain.models import KIND_CLAIM, KIND_DATE
from annotator.domain.names import PEOPLE
from annotator.link import claims, dates, organisations, persons
from annotator.link.claims import Claim
from annotator.link.clusters import NAMED, Cluster
from annotator.link.joined import Joined
from annotator.link.stories import Stories


class NamesAndDates:
    """People and organisations by their names, dates by their value, allegations by conduct."""

    name = "names-and-dates"
    version = "2"

    def propose(
        self, articles: Iterable[ArticleMentions], known: Iterable[KnownEntity]
    ) -> Iterator[Group | ProposedRole]:
        """See `linker.Linker`."""
        corpus = Corpus()
        for entity in known:
            corpus.add_known(entity)
        for article in articles:
            corpus.add(article)
        yield from corpus.groups()
        yield from corpus.roles()


class Corpus:
    """What the articles hold, so far: clusters of names and allegations by label."""

    def __init__(self) -> None:
        self.names: dict[str, list[Cluster]] = defaultdict(list)
        self._dates: dict[tuple[str, str], tuple[Group, Message]] = {}
        self.claims: dict[str, list[Claim]] = defaultdict(list)

    def add(self, article: ArticleMentions) -> None:
        """Sort out the mentions of one article."""
        by_label: dict[str, list[Mention]] = defaultdict(list)
        for mention in article.mentions:
            by_label[mention.label].append(mention)
        named: list[Cluster] = []
        for label, mentions in by_label.items():
            kind = mentions[0].kind
            if kind == KIND_DATE:
                self._add_dates(article, mentions)
            elif kind != KIND_CLAIM:
                found = _rules(label).in_article(article, [*_names_in(article, mentions)])
                self.names[label] += found
                named += found
        days = [mention for mention in article.mentions if mention.kind == KIND_DATE]
        for label, mentions in by_label.items():
            if mentions[0].kind == KIND_CLAIM:
                self.claims[label] += claims.in_article(article, mentions, named, days)
        for cluster in named:
            cluster.places.clear()

    def add_known(self, entity: KnownEntity) -> None:
        """Names that stand for somebody already, wherever they come from."""
        if entity.kind not in (KIND_DATE, KIND_CLAIM):
            self.names[entity.label] += (_rules(entity.label).known(entity, name) for name in entity.names)

    def _add_dates(self, article: ArticleMentions, mentions: list[Mention]) -> None:
        for mention, moment, score in dates.in_article(article, mentions):
            key = mention.label, moment.value
            if key not in self._dates:
                group = Group(mention.label, None, moment.value, moment.value, [])
                self._dates[key] = group, Message("candidate.same_day", {"value": moment.value})
            group, why = self._dates[key]
            if mention.entity is None:
                group.members.append(Member(mention.span, score, why))

    def groups(self) -> Iterator[Group]:
        """What belongs together over all articles."""
        yield from (group for group, _ in self._dates.values() if group.members)
        joined = {label: _rules(label).same(clusters) for label, clusters in self.names.items()}
        every = [cluster for clusters in self.names.values() for cluster in clusters]
        stories = Stories(every)
        for label, one in joined.items():
            yield from _rules(label).variants(one, stories).groups()
        for found in self.claims.values():
            yield from claims.groups(found)

    def roles(self) -> Iterator[ProposedRole]:
        """Who is accused, who accuses, and when, by what stands in and around each allegation."""
        for found in self.claims.values():
            for claim in found:
                yield from claim.roles()


def _names_in(article: ArticleMentions, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Those that are written as names: of `30 people` or `earthquake` nothing tells who is meant."""
    for mention in mentions:
        first = article.text[mention.start]
        if mention.label in NAMED or (first.isalpha() and first == first.upper()):
            yield mention


class _Rules(Protocol):
    """How the names of one kind are told apart."""

    def in_article(self, article: ArticleMentions, mentions: list[Mention]) -> list[Cluster]: ...
    def known(self, entity: KnownEntity, name: str) -> Cluster: ...
    def same(self, clusters: list[Cluster]) -> Joined: ...
    def variants(self, joined: Joined, stories: Stories) -> Joined: ...


def _rules(label: str) -> _Rules:
    """People follow rules of their own, all other names those of organisations."""
    return persons if label in PEOPLE else organisations
