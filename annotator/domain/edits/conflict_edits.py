"""Decisions about where a merged-in reviewer differs: what stands, and that it is settled."""

from __future__ import annotations

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet, Message
from annotator.domain.conflicts import MINE, RELATION, ROLE, THEIRS, Conflict, Opinion, Place, place_of
from annotator.domain.edits import link_edits, span_edits
from annotator.domain.edits.draft import Draft, SpanPlace
from annotator.domain.models import ACCEPTED, REJECTED, REVIEWER, Row, Span, Value
from annotator.domain.text import shortened


def keep(article: Article, conflict: Conflict, author: Author) -> ChangeSet:
    """What the project has stands, as it is now."""
    draft = Draft(article, author)
    return _settled(draft, conflict, MINE, None if conflict.mine is None else conflict.mine.span.id)


def take(article: Article, conflict: Conflict, author: Author) -> ChangeSet:
    """What the other reviewer decided stands."""
    draft = Draft(article, author)
    mine, theirs = conflict.mine, conflict.theirs
    if theirs is None or theirs.span.state == REJECTED:
        assert mine is not None  # or there is no difference
        _refuse(draft, article.spans[mine.span.id])
        return _settled(draft, conflict, THEIRS, mine.span.id)
    place = SpanPlace(theirs.span.start, theirs.span.end, theirs.span.label)
    span = _bring(draft, None if mine is None else article.spans[mine.span.id], place, theirs.span)
    _link(draft, span, theirs)
    _roles(draft, span, conflict, theirs)
    _bonds(draft, span, conflict, theirs)
    return _settled(draft, conflict, THEIRS, span.id)


def _refuse(draft: Draft, span: Span) -> None:
    """A suggestion is refused; what a reviewer made goes."""
    span_edits.drop_links(draft, span)
    if span_edits.was_proposed(span):
        draft.update("span", span, state=REJECTED, by=draft.author.name, at=draft.author.at)
    else:
        span_edits.erase(draft, span)


def _bring(draft: Draft, mine: Span | None, place: SpanPlace, theirs: Span) -> Span:
    """The accepted span at their place: ours moved there, what stands there, or a new one."""
    if mine is not None and mine.state == ACCEPTED and SpanPlace(mine.start, mine.end, mine.label) != place:
        if mine.label != place.label:
            span_edits.drop_links(draft, mine, refused=True)
        span_edits.refit(draft, mine, place)
        span = mine
    else:
        standing = draft.article.span_at(*place)
        if standing is None:
            fields = span_edits.new_span(draft.article, place, draft.author) | {
                "mod": theirs.mod,
                "note": theirs.note,
            }
            return Span(id=draft.insert("span", fields), **fields)  # type: ignore[arg-type]
        span = standing
        if span.state != ACCEPTED:
            draft.update("span", span, state=ACCEPTED, by=draft.author.name, at=draft.author.at)
    if theirs.mod is not None and span.mod != theirs.mod:
        draft.update("span", span, mod=theirs.mod)
    return span._replace(label=place.label, state=ACCEPTED)


def _link(draft: Draft, span: Span, theirs: Opinion) -> None:
    if theirs.entity is None:
        return
    standing = draft.article.spans.get(span.id)
    if standing is None or standing.label == span.label:
        link_edits.link_to(draft, span, theirs.entity)
        return
    fields: Row = {"span": span.id, "entity": theirs.entity, "state": ACCEPTED, "origin": REVIEWER}
    by_hand: dict[str, Value] = {"by": draft.author.name, "at": draft.author.at}
    draft.insert("link", fields | {"score": None, "why": None, "run": None} | by_hand)


def _roles(draft: Draft, span: Span, conflict: Conflict, theirs: Opinion) -> None:
    """Theirs are added; where the roles are what differs, others of ours go."""
    standing = {(role.type, role.entity): role for role in draft.article.roles_of(span.id)}
    for type_, entity in sorted(theirs.roles):
        role = standing.get((type_, entity))
        if role is None or draft.touched("role", role.id) is not None:
            fields: Row = {"span": span.id, "type": type_, "entity": entity, "state": ACCEPTED}
            draft.insert("role", fields | {"origin": REVIEWER, "score": None, "run": None})
        elif role.state != ACCEPTED:
            draft.update("role", role, state=ACCEPTED)
    if conflict.kind == ROLE:
        for place, role in standing.items():
            if place not in theirs.roles and role.state == ACCEPTED:
                draft.delete("role", role)


def _bonds(draft: Draft, span: Span, conflict: Conflict, theirs: Opinion) -> None:
    """Theirs are added where both ends stand; where they are what differs, others of ours that begin here go."""
    here = place_of(theirs.span)

    def end(place: Place) -> int | None:
        found = span if place == here else draft.article.span_at(*place)
        return found.id if found is not None and found.state == ACCEPTED else None

    ends = ((bond.type, end(bond.start), end(bond.end)) for bond in theirs.bonds)
    wanted = {(type_, start, last) for type_, start, last in ends if start is not None and last is not None}
    standing = {(one.type, one.from_span, one.to_span): one for one in draft.article.relations_of(span.id)}
    for type_, start, last in sorted(wanted):
        one = standing.get((type_, start, last))
        if one is None or draft.is_deleted("relation", one.id):
            fields: Row = {"document": span.document, "type": type_, "from_span": start, "to_span": last}
            draft.insert(
                "relation", fields | {"state": ACCEPTED, "origin": REVIEWER, "name": None, "run": None}
            )
        elif one.state != ACCEPTED:
            draft.update("relation", one, state=ACCEPTED)
    if conflict.kind == RELATION:
        for place, one in standing.items():
            if place not in wanted and one.from_span == span.id and one.state == ACCEPTED:
                draft.delete("relation", one)


def _settled(draft: Draft, conflict: Conflict, choice: str, span: int | None) -> ChangeSet:
    start, end, label = conflict.place
    fields: Row = {
        "document": draft.article.document.id,
        "layer": conflict.reviewer.layer,
        "start": start,
        "end": end,
        "label": label,
        "choice": choice,
        "by": draft.author.name,
        "at": draft.author.at,
    }
    draft.insert("settled", fields)
    text = shortened(draft.article.text[start:end])
    return draft.done(Message(f"conflict.{choice}", {"text": text, "name": conflict.reviewer.name}), span)
