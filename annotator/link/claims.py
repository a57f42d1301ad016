"""Allegations: one conduct of one accused, however worded."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotator.domain import names
from annotator.domain.changes import Message
from annotator.domain.linking import ArticleMentions, Group, Member, Mention
from annotator.link.clusters import Cluster

Who = tuple[str, int]
"""A name over all articles: its label and the cluster that stands for it."""

LEAST = 0.35
"""How alike a claim and a group must be."""


@dataclass(slots=True)
class Claim:
    """An allegation, its telling words, and those who are named in it or just before it."""

    mention: Mention
    text: str
    words: frozenset[str]
    named: list[Cluster]


@dataclass(slots=True)
class Conduct:
    """Claims taken for one, so far."""

    claims: list[Claim] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    who: Counter[Who] = field(default_factory=Counter)


def in_article(article: ArticleMentions, mentions: list[Mention], named: list[Cluster]) -> Iterator[Claim]:
    """The allegations of one article, each with the people and organisations that it may be about."""
    places = sorted((start, index) for index, cluster in enumerate(named) for start in cluster.places)
    for mention in mentions:
        text = article.text[mention.start : mention.end]
        inside = [named[index] for start, index in places if mention.start <= start < mention.end]
        before = [named[index] for start, index in places if mention.start - 200 <= start < mention.start]
        yield Claim(mention, text, frozenset(_stems(text)), (inside + before[::-1])[:3])


def across(claims: list[Claim]) -> Iterator[Group]:
    """Conducts that are alleged more than once, or known already."""
    spread = Counter(word for claim in claims for word in claim.words)
    conducts: list[Conduct] = []
    by_who: dict[Who, list[Conduct]] = defaultdict(list)
    for claim in claims:
        named = list(dict.fromkeys((cluster.label, cluster.number) for cluster in claim.named))
        near = {id(conduct): conduct for one in named for conduct in by_who[one]}
        best = max(near.values(), key=lambda one: _alike(claim, named, one, spread), default=None)
        score = _alike(claim, named, best, spread) if best is not None else 0.0
        if best is None or score < LEAST:
            best = Conduct()
            conducts.append(best)
        best.claims.append(claim)
        best.scores.append(max(score, LEAST))
        best.words.update(claim.words)
        best.who.update(named)
        for one in named:
            if not any(each is best for each in by_who[one]):
                by_who[one].append(best)
    for conduct in conducts:
        if len(conduct.claims) > 1:
            members = [
                Member(claim.mention.span, round(min(score, 0.75), 3), Message("candidate.same_conduct"))
                for claim, score in zip(conduct.claims, conduct.scores, strict=True)
            ]
            first = conduct.claims[0]
            yield Group(first.mention.label, None, first.text, None, members)


def _alike(claim: Claim, named: list[Who], conduct: Conduct, spread: Counter[str]) -> float:
    shared = sum(1 / spread[word] ** 0.5 for word in claim.words if word in conduct.words)
    own = sum(1 / spread[word] ** 0.5 for word in claim.words) or 1.0
    same = 0.5 if named and conduct.who[named[0]] else 0.2
    return float(0.6 * shared / own + 0.5 * same)


def _stems(text: str) -> Iterable[str]:
    for word in names.parts(text):
        if len(word) > 3 and not names.is_small(word):
            yield re.sub(r"(ing|ed|es|s|ation|ions?)$", "", word)
