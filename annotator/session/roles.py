"""Who may have a role in an allegation: what is proposed, what is set, and who is named near it."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet
from annotator.domain.edits import role_edits
from annotator.domain.models import (
    ACCEPTED,
    KIND_CLAIM,
    KIND_DATE,
    REJECTED,
    SUGGESTED,
    Entity,
    Role,
    RoleType,
    Span,
)

DATE_ROLE = "date"
"""The role that takes dates; the others take names."""


class Offer(NamedTuple):
    """An entity in a role: set or proposed where there is a row of it, else only possible."""

    type: RoleType
    entity: Entity
    role: Role | None

    @property
    def state(self) -> str:
        """`accepted`, `suggested`, or nothing."""
        return self.role.state if self.role is not None else ""


def roles(article: Article, span: Span, types: list[RoleType]) -> list[Offer]:
    """The roles that are set or proposed, in the order of their types."""
    by_id = {one.id: one for one in types}
    found = [one for one in article.roles_of(span.id) if one.state != REJECTED]
    found.sort(key=lambda one: (by_id[one.type].position, one.state == SUGGESTED, one.id))
    return [Offer(by_id[one.type], article.entities[one.entity], one) for one in found]


def offers(article: Article, span: Span, types: list[RoleType]) -> list[Offer]:
    """What can be decided: proposed ones first, then those that are set, then who is named, the nearest first."""
    there = roles(article, span, types)
    there.sort(key=lambda one: one.state == ACCEPTED)
    taken = {(one.type.id, one.entity.id) for one in there}
    near = [
        Offer(type_, entity, None)
        for type_ in types
        for entity, dated in _named(article, span)
        if dated == (type_.name == DATE_ROLE) and (type_.id, entity.id) not in taken
    ]
    return there + near


def decide(article: Article, span: int, offer: Offer, author: Author) -> ChangeSet:
    """Set a role that is proposed or possible; take away one that is set."""
    if offer.role is not None and offer.state == ACCEPTED:
        return role_edits.remove_role(article, offer.role.id, offer.type, author)
    return role_edits.set_role(article, span, offer.type, offer.entity, author)


def accept_proposed(article: Article, span: Span, types: list[RoleType], author: Author) -> ChangeSet:
    """Agree with every proposed role of an allegation, as one step."""
    proposed = [
        one.role for one in roles(article, span, types) if one.role is not None and one.state == SUGGESTED
    ]
    return role_edits.accept_roles(article, span.id, proposed, author)


def _named(article: Article, span: Span) -> list[tuple[Entity, bool]]:
    """Entities that the article links to, by how far their nearest mention is; and whether each is a date."""
    nearest: dict[int, tuple[int, bool]] = {}
    for other in article.spans.values():
        kind = article.labels[other.label].kind
        link = article.link_of(other.id)
        if kind == KIND_CLAIM or link is None or link.entity not in article.entities:
            continue
        away = max(0, other.start - span.end, span.start - other.end)
        known = nearest.get(link.entity)
        if known is None or away < known[0]:
            nearest[link.entity] = away, kind == KIND_DATE
    ordered = sorted(nearest, key=lambda entity: (nearest[entity][0], entity))
    return [(article.entities[entity], nearest[entity][1]) for entity in ordered]
