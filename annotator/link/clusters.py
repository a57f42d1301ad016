"""Mentions of one article that mean one."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import Final

from annotator.domain.changes import Message
from annotator.domain.linking import Member, Mention
from annotator.domain.names import PEOPLE

Words = tuple[str, ...]

NAMED: Final = PEOPLE | {"ORG"}
"""Labels all of whose mentions are names, however they are written."""
NO_ARTICLE: Final = 0
"""Where the names of a known entity stand that no article needs to have."""


@dataclass(slots=True)
class Cluster:
    """`words` is the fullest name among the mentions, folded; `name` the same as it is written.

    `places` are the starts of its mentions, while its article is looked at; `number` is set where it is known who it is over all
    articles: equal for clusters that are one. `span` is its first mention that was found, `title` is the
    gender by a title or word for kin. `is_apart`: its article says that it is not what it may be short for.
    """

    label: str
    document: int
    words: Words
    name: str
    generation: str | None = None
    members: list[Member] = field(default_factory=list)
    entities: frozenset[int] = frozenset()
    places: list[int] = field(default_factory=list)
    number: int = -1
    span: int = 0
    gender: str | None = None
    title: str | None = None
    also: tuple[Words, ...] = ()
    is_apart: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """Who it is over all articles, once `number` is set."""
        return self.label, self.number

    def add(self, mention: Mention, member: Member) -> None:
        """Take in a mention; one that is linked already says which entity this is."""
        self.span = self.span or mention.span
        if mention.entity is None:
            self.members.append(member)
        else:
            self.entities |= {mention.entity}
        insort(self.places, mention.start)

    def call(self, words: Words) -> None:
        """Remember a short form under which the article speaks of it."""
        self.also += (words,) if words not in self.also else ()

    def take(self, other: Cluster, score: float, why: Message) -> None:
        """Another name of the same one."""
        self.members += (member._replace(score=min(score, member.score), why=why) for member in other.members)
        self.entities |= other.entities
        self.places = sorted(self.places + other.places)
        longer, shorter = sorted((self, other), key=lambda one: len(one.words), reverse=True)
        self.also += (shorter.words, *other.also)
        self.words, self.name = longer.words, longer.name

    def last_before(self, place: int) -> int:
        """Where it was mentioned last before a place of the article; -1 where it was not yet."""
        index = bisect_left(self.places, place)
        return self.places[index - 1] if index else -1
