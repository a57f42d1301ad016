"""Decisions about what entities are in an allegation, and how two spans of an article hang together."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet, Message
from annotator.domain.edits.draft import Draft
from annotator.domain.models import (
    ACCEPTED,
    KIND_CLAIM,
    REJECTED,
    REVIEWER,
    Entity,
    Relation,
    RelationType,
    Role,
    RoleType,
    Row,
)
from annotator.domain.text import shortened


def set_role(article: Article, span_id: int, type_: RoleType, entity: Entity, author: Author) -> ChangeSet:
    """Say that an entity is the accused, accuser, ... of an allegation; the allegation is accepted.

    ValueError where the span is none.
    """
    span = article.spans[span_id]
    if article.labels[span.label].kind != KIND_CLAIM:
        raise ValueError("only an allegation has roles")
    draft = Draft(article, author)
    same = [role for role in article.roles_of(span_id) if (role.type, role.entity) == (type_.id, entity.id)]
    if same:
        draft.update("role", same[0], state=ACCEPTED)
    else:
        fields: Row = {"span": span_id, "type": type_.id, "entity": entity.id, "state": ACCEPTED}
        draft.insert("role", fields | {"origin": REVIEWER, "score": None, "run": None})
    if span.state != ACCEPTED:
        draft.update("span", span, state=ACCEPTED, by=author.name, at=author.at)
    return draft.done(_role_title(article, "role.set", span_id, type_, entity.name), span_id)


def remove_role(article: Article, role_id: int, type_: RoleType, author: Author) -> ChangeSet:
    """Take a role away; one that was proposed is remembered as refused."""
    role = article.roles[role_id]
    draft = Draft(article, author)
    if role.origin == REVIEWER:
        draft.delete("role", role)
    else:
        draft.update("role", role, state=REJECTED)
    name = article.entities[role.entity].name if role.entity in article.entities else ""
    return draft.done(_role_title(article, "role.removed", role.span, type_, name), role.span)


def accept_roles(article: Article, span_id: int, proposed: Iterable[Role], author: Author) -> ChangeSet:
    """Agree with all these roles of an allegation, as one step; the allegation is accepted."""
    draft = Draft(article, author)
    count = 0
    for role in proposed:
        draft.update("role", role, state=ACCEPTED)
        count += 1
    span = article.spans[span_id]
    if count and span.state != ACCEPTED:
        draft.update("span", span, state=ACCEPTED, by=author.name, at=author.at)
    return draft.done(Message("role.set_many", {"count": count, "text": _words(article, span_id)}), span_id)


def accept_role(article: Article, role_id: int, type_: RoleType, author: Author) -> ChangeSet:
    """Agree with a proposed role."""
    role: Role = article.roles[role_id]
    return set_role(article, role.span, type_, article.entities[role.entity], author)


def relate(article: Article, type_: RelationType, from_span: int, to_span: int, author: Author) -> ChangeSet:
    """Join two spans of the article. ValueError where the type is not for their labels."""
    first, second = article.spans[from_span], article.spans[to_span]
    if from_span == to_span or not may_relate(type_, first.label, second.label):
        raise ValueError("the type of relation is not for these spans")
    draft = Draft(article, author)
    same = [one for one in article.relations_of(from_span) if _ends(one) == (type_.id, from_span, to_span)]
    if same:
        draft.update("relation", same[0], state=ACCEPTED)
    else:
        fields: Row = {"document": article.document.id, "type": type_.id, "from_span": from_span}
        rest: Row = {"to_span": to_span, "state": ACCEPTED, "origin": REVIEWER, "name": None, "run": None}
        draft.insert("relation", fields | rest)
    return draft.done(_relation_title(article, "relation.made", type_, from_span, to_span), from_span)


def unrelate(article: Article, relation_id: int, type_: RelationType, author: Author) -> ChangeSet:
    """Take a relation away; one that was imported as a proposal is remembered as refused."""
    relation: Relation = article.relations[relation_id]
    draft = Draft(article, author)
    if relation.origin == REVIEWER or relation.state == ACCEPTED:
        draft.delete("relation", relation)
    else:
        draft.update("relation", relation, state=REJECTED)
    title = _relation_title(article, "relation.removed", type_, relation.from_span, relation.to_span)
    return draft.done(title, relation.from_span)


def may_relate(type_: RelationType, from_label: int, to_label: int) -> bool:
    """Whether a type of relation is for spans of these labels."""
    return type_.from_label in (None, from_label) and type_.to_label in (None, to_label)


def _ends(relation: Relation) -> tuple[int, int, int]:
    return relation.type, relation.from_span, relation.to_span


def _words(article: Article, span: int) -> str:
    found = article.spans[span]
    return shortened(article.text[found.start : found.end])


def _role_title(article: Article, code: str, span: int, type_: RoleType, name: str) -> Message:
    return Message(code, {"text": _words(article, span), "name": name, "role": type_.name})


def _relation_title(article: Article, code: str, type_: RelationType, first: int, second: int) -> Message:
    params = {"text": _words(article, first), "other": _words(article, second), "type": type_.name}
    return Message(code, params)
