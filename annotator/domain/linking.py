"""What a linker gets to see, and what it says."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.changes import Message


class Mention(NamedTuple):
    """A span that may be linked; `entity` is the one that somebody accepted for it."""

    span: int
    start: int
    end: int
    label: str
    kind: str
    entity: int | None = None


class ArticleMentions(NamedTuple):
    """One article with its mentions in reading order; `date` is its day of publication."""

    document: int
    text: str
    date: str | None
    mentions: list[Mention]


class KnownEntity(NamedTuple):
    """An entity that somebody decided on or that a knowledge base brought, by all its names."""

    entity: int
    label: str
    kind: str
    names: tuple[str, ...]


class Member(NamedTuple):
    """A mention's place in a group: how sure from 0 to 1, and why."""

    span: int
    score: float
    why: Message


class Group(NamedTuple):
    """Mentions that mean one. `entity` is a known one, else None and `name` what to call it.

    Members are those without an accepted link. `value` is a DATE's calendar value.
    """

    label: str
    entity: int | None
    name: str
    value: str | None
    members: list[Member]


class ProposedRole(NamedTuple):
    """Who or what an allegation is about: the entity of a mention, in a role by its name."""

    span: int
    role: str
    mention: int
    score: float
