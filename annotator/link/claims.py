"""Allegations: about the same conduct of the same accused, however worded; who accuses whom of it, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from annotator.domain.linking import ArticleMentions, Group, Member, Mention, ProposedRole
from annotator.link import accused, alike, blame, conducts
from annotator.link.clusters import Cluster
from annotator.link.merging import Merging
from annotator.link.reasons import SAME_CONDUCT
from annotator.link.sentences import sentence
from annotator.link.stories import Key

LEAST: Final = 0.15
"""So likely two groups must mean one conduct, on average over their pairs, to become one.

A little under half of the F1 that is reached: there one more pair neither gains nor loses.
"""
_MOST_SURE: Final = 0.75
"""Whether two wordings mean one conduct is for a person to say."""
_BESIDE: Final = 150
"""Code points on either side of an allegation that tell what it is about."""
_IN_SENTENCE, _AROUND = 0.7, 0.3
"""What a word weighs that stands beside the allegation, not in it."""
_KIND_BESIDE: Final = 0.4
_BLAMED: Final = 0.4
"""From this share on somebody is proposed as the accused."""
_ACCUSER: Final = 0.6
_DATE: Final = 0.7


@dataclass(slots=True)
class Claim:
    """An allegation: its words with those around it, the kinds of wrong in them, and who may be accused, with shares.

    `dates` are the spans of those named in it.
    """

    mention: Mention
    document: int
    text: str
    words: dict[str, float]
    kinds: conducts.Kinds
    accused: list[tuple[Cluster, float]]
    accuser: Cluster | None
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

    def said(self) -> alike.Said:
        """What it is compared by, once it is known who is who over all articles."""
        shares: dict[Key, float] = defaultdict(float)
        called: dict[Key, frozenset[str]] = {}
        for cluster, share in self.accused:
            shares[cluster.key] += share
            called[cluster.key] = called.get(cluster.key, frozenset()).union(cluster.words)
        return alike.Said(self.document, self.words, self.kinds, shares, called)


def in_article(
    article: ArticleMentions, mentions: Sequence[Mention], named: Sequence[Cluster], dates: Sequence[Mention]
) -> Iterator[Claim]:
    """The allegations of one article; `named` are its people and organisations, `dates` its dates."""
    names = accused.Names(article, named)
    for mention, signs in zip(mentions, accused.signs(names, mentions), strict=True):
        accuser = accused.accuser(names, mention)
        text = article.text[mention.start : mention.end]
        beside = sentence(article.text, mention.start, mention.end)
        around = article.text[max(0, mention.start - _BESIDE) : mention.end + _BESIDE]
        yield Claim(
            mention,
            article.document,
            text,
            _words(text, beside, around),
            _kinds(text, beside),
            [(named[index], share) for index, share in blame.shares(signs).items()],
            named[accuser] if accuser is not None else None,
            [one.span for one in dates if mention.start <= one.start and one.end <= mention.end],
        )


def _words(text: str, beside: str, around: str) -> dict[str, float]:
    return (
        dict.fromkeys(conducts.stems(around), _AROUND)
        | dict.fromkeys(conducts.stems(beside), _IN_SENTENCE)
        | dict.fromkeys(conducts.stems(text), 1.0)
    )


def _kinds(text: str, beside: str) -> conducts.Kinds:
    found = dict(conducts.kinds(text))
    for kind, weight in conducts.kinds(beside).items():
        found[kind] = max(found.get(kind, 0.0), _KIND_BESIDE * weight)
    return found


def settle(claims: Sequence[Claim]) -> None:
    """Weigh who is accused anew, once it is known who is who over all articles."""
    for claim, signs in zip(claims, elsewhere(claims), strict=True):
        shares = blame.settled(signs)
        claim.accused = [(cluster, share) for (cluster, _), share in zip(claim.accused, shares, strict=True)]


def elsewhere(claims: Sequence[Claim]) -> list[list[dict[str, float]]]:
    """For each allegation, and each who may be accused of it: how much here, and in other articles."""
    here: dict[tuple[int, Key], float] = defaultdict(float)
    total: dict[Key, float] = defaultdict(float)
    for claim in claims:
        for cluster, share in claim.accused:
            here[claim.document, cluster.key] += share
            total[cluster.key] += share
    return [
        [
            {"own": log(share), "story": _much(total[cluster.key] - here[claim.document, cluster.key])}
            for cluster, share in claim.accused
        ]
        for claim in claims
    ]


def _much(blamed: float) -> float:
    """From 0 to 1; half for as much as one allegation."""
    return max(blamed, 0.0) / (1 + max(blamed, 0.0))


def groups(claims: Sequence[Claim]) -> Iterator[Group]:
    """Conducts that are alleged more than once, or that are known already."""
    settle(claims)
    seen = alike.seen([claim.said() for claim in claims])
    merging = Merging([claim.mention.entity for claim in claims], alike.chances(seen), LEAST)
    merging.run()
    for indexes in merging.together():
        found = [claims[index] for index in indexes]
        entity = next((claim.mention.entity for claim in found if claim.mention.entity is not None), None)
        members = [
            Member(
                claims[index].mention.span,
                round(min(_MOST_SURE, merging.surest(index)), 3),
                SAME_CONDUCT,
            )
            for index in indexes
            if claims[index].mention.entity is None
        ]
        if len(members) > (entity is None):
            name = max(found, key=lambda claim: (len(conducts.stems(claim.text)), -len(claim.text))).text
            yield Group(found[0].mention.label, entity, name, None, members)
