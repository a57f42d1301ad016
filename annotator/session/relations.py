"""How two spans of an article hang together: what is said already, and what can be said."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet
from annotator.domain.edits import role_edits
from annotator.domain.models import ACCEPTED, REJECTED, Relation, RelationType, Span


class Tie(NamedTuple):
    """A relation from one span to another that stands (`relation`) or would be possible."""

    type: RelationType
    start: Span
    end: Span
    relation: Relation | None = None


def ties(article: Article, span: Span, types: list[RelationType]) -> list[Tie]:
    """Those of a span: the ones that stand, then the possible ones, the nearest spans first."""
    by_id = {one.id: one for one in types}
    there = [
        Tie(by_id[one.type], article.spans[one.from_span], article.spans[one.to_span], one)
        for one in article.relations_of(span.id)
        if one.state != REJECTED
    ]
    taken = {(one.type.id, one.end.id) for one in there if one.start.id == span.id}
    others = [one for one in article.spans.values() if one.state != REJECTED and one.id != span.id]
    others.sort(key=lambda one: (max(0, one.start - span.end, span.start - one.end), one.start, one.id))
    return there + [
        tie for other in others for tie in between(span, other, types) if (tie.type.id, other.id) not in taken
    ]


def between(start: Span, end: Span, types: list[RelationType]) -> list[Tie]:
    """What can be said of two spans by their labels."""
    return [Tie(one, start, end) for one in types if role_edits.may_relate(one, start.label, end.label)]


def decide(article: Article, tie: Tie, author: Author) -> ChangeSet:
    """Say a relation that is possible or proposed; take back one that is said."""
    if tie.relation is not None and tie.relation.state == ACCEPTED:
        return role_edits.unrelate(article, tie.relation.id, tie.type, author)
    return role_edits.relate(article, tie.type, tie.start.id, tie.end.id, author)
