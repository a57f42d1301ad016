"""Decisions about who or what a span is: links to entities.

A span has at most one accepted and one suggested link; what was refused is kept, so that it
is not proposed again. Linking a span accepts it. An entity that loses its last link goes by
itself when the change is applied, unless a note, a uri, a role or a knowledge base keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet, Message, RowChange
from annotator.domain.edits.draft import Draft
from annotator.domain.models import (
    ACCEPTED,
    IN_PROGRESS,
    REJECTED,
    REVIEWER,
    SUGGESTED,
    Document,
    Entity,
    Link,
    Row,
    Span,
    Value,
)
from annotator.domain.text import shortened


def link(article: Article, span_id: int, entity: Entity, author: Author) -> ChangeSet:
    """Link a span to an entity of its label. ValueError where the labels differ."""
    span = article.spans[span_id]
    if entity.label != span.label:
        raise ValueError(
            f"a span of label {span.label} cannot be linked to an entity of label {entity.label}"
        )
    draft = Draft(article, author)
    link_to(draft, span, entity.id)
    return draft.done(_title(article, "link.made", span, entity.name), span_id)


def link_new(
    article: Article,
    span_id: int,
    key: str,
    author: Author,
    *,
    name: str | None = None,
    value: str | None = None,
) -> ChangeSet:
    """Link a span to an entity made for it. `key` must be free; the name defaults to its words."""
    span = article.spans[span_id]
    draft = Draft(article, author)
    entity = draft.insert("entity", new_entity(span.label, key, name or shortened(span.text, 200), value))
    link_to(draft, span, entity)
    return draft.done(_title(article, "link.made_new", span, name or shortened(span.text)), span_id)


def unlink(article: Article, span_id: int, author: Author) -> ChangeSet:
    """Take the accepted link off a span, or refuse the suggested one."""
    span, old = article.spans[span_id], article.link_of(span_id)
    draft = Draft(article, author)
    if old is not None:
        _let_go(draft, old)
    name = article.entities[old.entity].name if old is not None and old.entity in article.entities else ""
    return draft.done(_title(article, "link.removed", span, name), span_id)


def accept_links(links: Iterable[Link], new: Iterable[Document], author: Author) -> ChangeSet:
    """Accept proposed links, of whatever articles; those of them that are new are taken up."""
    rows = [
        RowChange(
            "link",
            link.id,
            {"state": link.state, "by": link.by, "at": link.at},
            {"state": ACCEPTED, "by": author.name, "at": author.at},
        )
        for link in links
    ]
    title = Message("link.accepted_many", {"count": len(rows)})
    rows += [
        RowChange("document", document.id, {"status": document.status}, {"status": IN_PROGRESS})
        for document in new
    ]
    return ChangeSet(title, tuple(rows))


def set_mod(article: Article, span_id: int, mod: str | None, author: Author) -> ChangeSet:
    """Say which part of a date is meant: START, MID, END or None."""
    span = article.spans[span_id]
    draft = Draft(article, author)
    draft.update("span", span, mod=mod)
    return draft.done(_title(article, "span.mod_set", span, mod or ""), span_id)


def new_entity(label: int, key: str, name: str, value: str | None = None) -> Row:
    """The fields of an entity that a person makes."""
    return {
        "key": key,
        "label": label,
        "name": name,
        "aliases": "[]",
        "uri": None,
        "note": None,
        "value": value,
        "fields": "{}",
        "known": 0,
        "extra": "{}",
        "run": None,
    }


def link_to(draft: Draft, span: Span, entity: int) -> None:
    """Make the accepted link; the one that stood or was suggested gives way."""
    by_hand: dict[str, Value] = {"by": draft.author.name, "at": draft.author.at}
    same = None
    for old in draft.article.links_of(span.id):
        if old.entity == entity:
            same = old
        elif old.state in (ACCEPTED, SUGGESTED):
            _let_go(draft, old)
    if same is None:
        fields: Row = {"span": span.id, "entity": entity, "state": ACCEPTED, "origin": REVIEWER}
        draft.insert("link", fields | {"score": None, "why": None, "run": None} | by_hand)
    elif same.state != ACCEPTED:
        draft.update("link", same, state=ACCEPTED, **by_hand)
    if span.state != ACCEPTED:
        draft.update("span", span, state=ACCEPTED, **by_hand)


def _let_go(draft: Draft, old: Link) -> None:
    """A proposal that is not taken is remembered as refused; a reviewer's own link goes."""
    if old.origin == REVIEWER:
        draft.delete("link", old)
    else:
        draft.update("link", old, state=REJECTED, by=draft.author.name, at=draft.author.at)


def _title(article: Article, code: str, span: Span, name: str) -> Message:
    return Message(code, {"text": shortened(article.text[span.start : span.end]), "name": name})
