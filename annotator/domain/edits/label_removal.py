"""Taking a label out that is in use: its spans get another one, with their links, or go.

Nothing here decides on a span: states, notes and what was suggested stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet, Message
from annotator.domain.edits.draft import Draft, Rows, SpanPlace
from annotator.domain.edits.entity_edits import Whole
from annotator.domain.edits.span_edits import absorb, erase_whole
from annotator.domain.models import (
    ACCEPTED,
    REJECTED,
    SUGGESTED,
    Label,
    Proposal,
    RelationType,
    Settled,
    Span,
)

_BEST_FIRST = (ACCEPTED, SUGGESTED, REJECTED)


def hand_over(
    article: Article, proposals: Iterable[Proposal], label: int, to: int, author: Author
) -> ChangeSet:
    """Give everything of a label in an article another one; where that stands already the two become one."""
    draft = Draft(article, author)
    for span in list(article.spans.values()):
        if span.label == label:
            _hand_over(draft, span, to)
        if span.suggested_label == label and not draft.is_deleted("span", span.id):
            draft.update("span", span, suggested_label=to)
    every = list(proposals)
    there = {(one.start, one.end, one.suggester) for one in every if one.label == to}
    for one in every:
        if one.label == label and (one.start, one.end, one.suggester) in there:
            draft.delete("proposal", one)
        elif one.label == label:
            draft.update("proposal", one, label=to)
    return ChangeSet(Message("label.deleted"), draft.rows())


def _hand_over(draft: Draft, span: Span, to: int) -> None:
    place = SpanPlace(span.start, span.end, to)
    twin = draft.standing_at(place)
    if twin is not None and _BEST_FIRST.index(twin.state) <= _BEST_FIRST.index(span.state):
        absorb(draft, span, twin)
        draft.moved(span, None)
        return
    if twin is not None:
        absorb(draft, twin, span)
    draft.update("span", span, label=to)
    draft.moved(span, place)


def take_out(article: Article, proposals: Iterable[Proposal], label: int, author: Author) -> ChangeSet:
    """Take everything of a label out of an article, with all that hangs on it."""
    draft = Draft(article, author)
    for span in list(article.spans.values()):
        if span.label == label:
            erase_whole(draft, span)
        elif span.suggested_label == label:
            draft.update(
                "span",
                span,
                suggested_start=None,
                suggested_end=None,
                suggested_label=None,
                suggested_by=None,
            )
    for one in proposals:
        if one.label == label:
            draft.delete("proposal", one)
    return ChangeSet(Message("label.deleted"), draft.rows())


def about(
    label: Label,
    to: Label | None,
    wholes: Iterable[Whole],
    types: Iterable[RelationType],
    settled: Iterable[Settled],
    gone: set[tuple[str, int]],
) -> ChangeSet:
    """The label itself with its entities, types and settled differences; `gone`: rows that go already."""
    rows = Rows()
    for whole in wholes:
        if to is not None:
            rows.update("entity", whole.entity, label=to.id)
            continue
        for table, ones in (
            ("link", whole.links),
            ("role", whole.roles),
            ("distinct_pair", whole.pairs),
            ("key_alias", whole.keys),
        ):
            for one in ones:
                if (table, one.id) not in gone:
                    gone.add((table, one.id))
                    rows.delete(table, one)
        rows.delete("entity", whole.entity)
    other = to.id if to is not None else None
    for type_ in types:
        ends = {name: other for name in ("from_label", "to_label") if getattr(type_, name) == label.id}
        if ends:
            rows.update("relation_type", type_, **ends)
    for difference in settled:
        rows.delete("settled", difference)
    rows.delete("label", label)
    return ChangeSet(Message("label.deleted", {"name": label.name}), rows.rows())
