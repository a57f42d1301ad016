"""Decisions about spans: accept, reject, relabel, resize, add, delete, flag, note.

`(start, end, label)` is unique in an article whatever the state: an edit onto an existing
twin absorbs it in the same change. Accepted beats suggested beats rejected; the note and the
link stay.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet, Message
from annotator.domain.edits.draft import Draft, SpanPlace
from annotator.domain.models import (
    ACCEPTED,
    IMPORT,
    OWN_LAYER,
    REJECTED,
    REVIEWER,
    SUGGESTED,
    Row,
    Span,
    Value,
)
from annotator.domain.text import shortened


def accept(article: Article, spans: Iterable[int], author: Author) -> ChangeSet:
    """Accept spans as they are."""
    return _decide(article, spans, author, ACCEPTED)


def reject(article: Article, spans: Iterable[int], author: Author) -> ChangeSet:
    """Reject spans; their accepted and suggested links and their roles go."""
    return _decide(article, spans, author, REJECTED)


def _decide(article: Article, spans: Iterable[int], author: Author, state: str) -> ChangeSet:
    draft = Draft(article, author)
    changed = [span for span in _spans(article, spans) if span.state != state]
    for span in changed:
        if state == REJECTED:
            drop_links(draft, span)
        draft.update("span", span, state=state, by=author.name, at=author.at)
    return draft.done(_title(article, f"span.{state}", changed), _only(changed))


def relabel(article: Article, spans: Iterable[int], label: int, author: Author) -> ChangeSet:
    """Give spans another label and accept them; links and roles of the old label go."""
    draft = Draft(article, author)
    changed = _relabel(draft, spans, label)
    title = _title(article, "span.relabelled", changed, label=article.labels[label].name)
    return draft.done(title, _only(changed))


def _relabel(draft: Draft, spans: Iterable[int], label: int) -> list[Span]:
    """Those that it changes."""
    changed = [span for span in _spans(draft.article, spans) if span.label != label or span.state != ACCEPTED]
    for span in changed:
        if span.label != label:
            drop_links(draft, span, refused=True)
        refit(draft, span, SpanPlace(span.start, span.end, label))
    return changed


def label_all(
    article: Article, spans: Iterable[int], places: Iterable[tuple[int, int]], label: int, author: Author
) -> ChangeSet:
    """Give spans a label, and make accepted spans of places where none stands, as one decision."""
    draft = Draft(article, author)
    count = len(_relabel(draft, spans, label))
    for start, end in dict.fromkeys(places):
        _check_place(article, start, end)
        place = SpanPlace(start, end, label)
        if draft.standing_at(place) is None:
            draft.insert("span", new_span(article, place, author))
            count += 1
    return draft.done(Message("span.labelled_many", {"count": count, "label": article.labels[label].name}))


def resize(article: Article, span_id: int, start: int, end: int, author: Author) -> ChangeSet:
    """Move the boundaries of a span, which accepts it. ValueError outside the text or empty."""
    _check_place(article, start, end)
    span = article.spans[span_id]
    draft = Draft(article, author)
    if (span.start, span.end) != (start, end):
        refit(draft, span, SpanPlace(start, end, span.label))
    text = shortened(article.text[start:end])
    return draft.done(Message("span.resized", {"text": text}), span_id)


def add(article: Article, start: int, end: int, label: int, author: Author) -> ChangeSet:
    """Make an accepted span; one that is already there is accepted instead. ValueError as `resize`."""
    _check_place(article, start, end)
    existing = article.span_at(start, end, label)
    if existing is not None:
        return accept(article, [existing.id], author)
    draft = Draft(article, author)
    span = draft.insert("span", new_span(article, SpanPlace(start, end, label), author))
    params = {"text": shortened(article.text[start:end]), "label": article.labels[label].name}
    return draft.done(Message("span.added", params), span)


def add_all(article: Article, places: Iterable[tuple[int, int]], label: int, author: Author) -> ChangeSet:
    """Make accepted spans of many places, as one decision; those that stand accepted are passed over.

    What was suggested at a place under another label gets this one.
    """
    draft = Draft(article, author)
    count = 0
    for start, end in dict.fromkeys(places):
        _check_place(article, start, end)
        place = SpanPlace(start, end, label)
        existing = article.span_at(*place)
        other = _undecided_at(article, start, end)
        if existing is not None and existing.state == ACCEPTED:
            continue
        count += 1
        if existing is not None:
            draft.update("span", existing, state=ACCEPTED, by=author.name, at=author.at)
        elif other is not None:
            drop_links(draft, other, refused=True)
            refit(draft, other, place)
        else:
            draft.insert("span", new_span(article, place, author))
    return draft.done(Message("span.added_many", {"count": count, "label": article.labels[label].name}))


def _undecided_at(article: Article, start: int, end: int) -> Span | None:
    """What is suggested at exactly this place, whatever its label."""
    found = (article.span_at(start, end, label) for label in article.labels)
    return next((span for span in found if span is not None and span.state == SUGGESTED), None)


def delete(article: Article, spans: Iterable[int], author: Author) -> ChangeSet:
    """Take spans out: what a suggester proposed is rejected, a reviewer's own goes."""
    draft = Draft(article, author)
    changed = []
    for span in _spans(article, spans):
        if was_proposed(span) and span.state == REJECTED:
            continue
        changed.append(span)
        drop_links(draft, span)
        if was_proposed(span):
            draft.update("span", span, state=REJECTED, by=author.name, at=author.at)
        else:
            erase(draft, span)
    return draft.done(_title(article, "span.deleted", changed), _only(changed))


def set_flag(article: Article, span_id: int, author: Author, *, flag: bool) -> ChangeSet:
    """Mark a span to come back to, or take the mark away."""
    draft = Draft(article, author)
    draft.update("span", article.spans[span_id], flag=int(flag))
    code = "span.flagged" if flag else "span.unflagged"
    return draft.done(_title(article, code, [article.spans[span_id]]), span_id)


def set_note(article: Article, span_id: int, note: str, author: Author) -> ChangeSet:
    """Set a span's note; an empty one is none."""
    draft = Draft(article, author)
    draft.update("span", article.spans[span_id], note=note.strip() or None)
    return draft.done(_title(article, "span.noted", [article.spans[span_id]]), span_id)


def _spans(article: Article, ids: Iterable[int]) -> list[Span]:
    return [article.spans[span] for span in dict.fromkeys(ids)]


def _only(spans: list[Span]) -> int | None:
    return spans[0].id if len(spans) == 1 else None


def _title(article: Article, code: str, spans: list[Span], **params: object) -> Message:
    if len(spans) == 1:
        return Message(code, {"text": shortened(article.text[spans[0].start : spans[0].end]), **params})
    return Message(f"{code}_many", {"count": len(spans), **params})


def _check_place(article: Article, start: int, end: int) -> None:
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"no span at {start} to {end} in a text of {len(article.text)}")


def was_proposed(span: Span) -> bool:
    return span.origin not in (REVIEWER, IMPORT) or span.suggested_by is not None


def new_span(article: Article, place: SpanPlace, author: Author) -> Row:
    fields: dict[str, Value] = dict.fromkeys(Span._fields)
    del fields["id"]
    fields |= {
        "document": article.document.id,
        "layer": OWN_LAYER,
        "start": place.start,
        "end": place.end,
        "label": place.label,
        "state": ACCEPTED,
        "origin": REVIEWER,
        "text": article.text[place.start : place.end],
        "flag": 0,
        "by": author.name,
        "at": author.at,
        "extra": "{}",
    }
    return fields


def refit(draft: Draft, span: Span, place: SpanPlace) -> None:
    """Put a span elsewhere, accepted, with what was suggested remembered and its twin absorbed."""
    if draft.is_deleted("span", span.id):  # absorbed by an earlier one of this bulk
        return
    twin = draft.standing_at(place)
    if twin is not None and twin.id != span.id:
        if draft.touched("span", twin.id):  # decided earlier in this bulk: it stays
            absorb(draft, span, twin)
            draft.moved(span, None)
            return
        absorb(draft, twin, span)
    fields: dict[str, Value] = dict(place._asdict())
    fields |= {"state": ACCEPTED, "by": draft.author.name, "at": draft.author.at}
    fields["text"] = draft.article.text[place.start : place.end]
    if span.suggested_by is None and span.origin not in (REVIEWER, IMPORT):
        fields |= {
            "suggested_start": span.start,
            "suggested_end": span.end,
            "suggested_label": span.label,
            "suggested_by": span.origin,
        }
    draft.update("span", span, **fields)
    draft.moved(span, place)


def absorb(draft: Draft, twin: Span, span: Span) -> None:
    """Let `twin` go into `span`: note, flag, links and roles stay."""
    change = draft.touched("span", span.id)
    note = change.after.get("note", span.note) if change and change.after else span.note
    notes = [str(each) for each in (note, twin.note) if each]
    _take_over(draft, twin, span)
    erase(draft, twin)
    draft.update("span", span, note="\n".join(notes) or None, flag=int(span.flag or twin.flag))


def _take_over(draft: Draft, twin: Span, span: Span) -> None:
    """Give the twin's links and roles to the span, where it has none of their kind."""
    article = draft.article
    kept = [link for link in article.links_of(span.id) if not draft.is_deleted("link", link.id)]
    states = {link.state for link in kept if link.state != REJECTED}
    entities = {link.entity for link in kept}
    for link in article.links_of(twin.id):
        if draft.is_deleted("link", link.id):
            continue
        if link.state in states or link.entity in entities:
            draft.delete("link", link)
        else:
            draft.update("link", link, span=span.id)
            states.add(link.state)
    taken = {
        (role.type, role.entity)
        for role in article.roles_of(span.id)
        if not draft.is_deleted("role", role.id)
    }
    for role in article.roles_of(twin.id):
        if (role.type, role.entity) in taken:
            draft.delete("role", role)
        else:
            draft.update("role", role, span=span.id)


def drop_links(draft: Draft, span: Span, *, refused: bool = False) -> None:
    """Take roles and links off a span; what was refused is remembered unless it is asked for too."""
    for link in draft.article.links_of(span.id):
        if refused or link.state != REJECTED:
            draft.delete("link", link)
    for role in draft.article.roles_of(span.id):
        draft.delete("role", role)


def erase_whole(draft: Draft, span: Span) -> None:
    """Delete a span with every link and role, whatever their state, and its relations."""
    drop_links(draft, span, refused=True)
    erase(draft, span)


def erase(draft: Draft, span: Span) -> None:
    """Delete a span with all that hangs on it and was not moved elsewhere."""
    article = draft.article
    for link in article.links_of(span.id):
        if draft.touched("link", link.id) is None:
            draft.delete("link", link)
    for relation in article.relations_of(span.id):
        draft.delete("relation", relation)
    draft.delete("span", span)
