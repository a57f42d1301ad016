"""Small corpora for the tests: articles whose mentions are marked as they are written, `[PERSON Anna Berg]`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, count

from annotator.domain.linking import ArticleMentions, Group, KnownEntity, Mention, ProposedRole
from annotator.link.proposals import NamesAndDates

KINDS = {"DATE": "date", "ALLEGATION": "claim"}
_MARK = re.compile(r"\[([A-Z]+)(?:=(\d+))?(?::\w+)? ([^\]]+)\]")
_WHO = re.compile(r"\[[A-Z]+:(\w+) ")


def articles(*texts: str, date: str | None = "2018-03-21") -> list[ArticleMentions]:
    """`[ORG=7 Nordbank]` is a mention that is linked to entity 7."""
    numbers = count(1)
    return [_article(number, text, date, numbers) for number, text in enumerate(texts, 1)]


def _article(number: int, marked: str, date: str | None, numbers: count[int]) -> ArticleMentions:
    text, mentions, last = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[last : found.start()]
        label, entity, words = found.groups()
        kind = KINDS.get(label, "name")
        linked = int(entity) if entity else None
        mentions.append(Mention(next(numbers), len(text), len(text) + len(words), label, kind, linked))
        text += words
        last = found.end()
    return ArticleMentions(number, text + marked[last:], date, mentions)


def said(
    *texts: str, known: Sequence[KnownEntity] = (), date: str | None = "2018-03-21"
) -> dict[str, list[str]]:
    """Name or value of each proposed group -> the words of its mentions, in order."""
    found = articles(*texts, date=date)
    words = {mention.span: one.text[mention.start : mention.end] for one in found for mention in one.mentions}
    return {
        group.name: [words[span] for span in sorted(member.span for member in group.members)]
        for group in NamesAndDates().propose(found, known)
        if isinstance(group, Group)
    }


def roles(*texts: str) -> list[tuple[str, str, str]]:
    """(allegation, role, a mention of who has it)"""
    found = articles(*texts)
    words = {mention.span: one.text[mention.start : mention.end] for one in found for mention in one.mentions}
    return [
        (words[one.span], one.role, words[one.mention])
        for one in NamesAndDates().propose(found, [])
        if isinstance(one, ProposedRole)
    ]


def scores(*texts: str, date: str | None = "2018-03-21") -> dict[str, float]:
    """Words -> how sure their place is."""
    found = articles(*texts, date=date)
    words = {mention.span: one.text[mention.start : mention.end] for one in found for mention in one.mentions}
    groups = NamesAndDates().propose(found, [])
    return {
        words[member.span]: member.score
        for group in groups
        if isinstance(group, Group)
        for member in group.members
    }


def faults(*texts: str) -> list[str]:
    """What is wrong, where `[PERSON:a Anna Berg]` and `[PERSON:a Berg]` are one and `[PERSON:b Berg]` is another."""
    found = articles(*texts)
    words = [one.text[mention.start : mention.end] for one in found for mention in one.mentions]
    who = [name for text in texts for name in _WHO.findall(text)]
    assert len(who) == len(words)
    groups = [one for one in NamesAndDates().propose(found, []) if isinstance(one, Group)]
    group_of = {member.span - 1: number for number, one in enumerate(groups) for member in one.members}
    told = []
    for one, other in combinations(range(len(who)), 2):
        is_one = one in group_of and group_of[one] == group_of.get(other)
        if is_one != (who[one] == who[other]):
            told.append(
                f"{words[one]} ({who[one]}) {'is' if is_one else 'is not'} {words[other]} ({who[other]})"
            )
    return told
