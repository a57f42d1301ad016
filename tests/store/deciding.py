"""Any decision that is possible in an article, chosen by four numbers: for properties and for kills."""

from __future__ import annotations

from collections.abc import Callable

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet
from annotator.domain.edits import document_edits, link_edits, span_edits
from annotator.domain.models import KIND_DATE, STATUSES
from annotator.store import Store
from tests.store.deciding_more import MORE
from tests.store.situation import Choice, Situation, pick


def _link(at: Situation) -> ChangeSet:
    span = at.span()
    known = at.project.entities(span.label)
    if not known:
        return _link_new(at)
    return link_edits.link(at.article, span.id, pick(known, at.choice.b), at.author)


def _link_new(at: Situation) -> ChangeSet:
    span = at.span()
    value = f"20{at.choice.b % 100:02d}" if at.article.labels[span.label].kind == KIND_DATE else None
    known = at.project.entity_with_value(span.label, value) if value else None
    if known is not None:
        return link_edits.link(at.article, span.id, known, at.author)
    key = at.project.free_key(f"{span.label}:{span.text.casefold()}")
    name = span.text.strip() or "blank"
    return link_edits.link_new(at.article, span.id, key, at.author, name=name, value=value)


def _status(at: Situation) -> ChangeSet:
    return document_edits.set_status(at.article.document, pick(STATUSES, at.choice.c))


def _details(at: Situation) -> ChangeSet:
    return document_edits.set_fields(
        at.article.document, title=f"Title {at.choice.b % 3}", flag=at.choice.c % 2
    )


def _removed(at: Situation) -> ChangeSet:
    act = document_edits.restore if at.article.document.removed else document_edits.remove
    return act(at.article.document)


_ON_SPANS: tuple[Callable[[Situation], ChangeSet], ...] = (
    lambda at: span_edits.accept(at.article, at.several(), at.author),
    lambda at: span_edits.reject(at.article, at.several(), at.author),
    lambda at: span_edits.relabel(at.article, at.several(), at.label(), at.author),
    lambda at: span_edits.resize(at.article, at.span().id, *at.stretch(), at.author),
    lambda at: span_edits.delete(at.article, at.several(), at.author),
    lambda at: span_edits.set_flag(at.article, at.span().id, at.author, flag=bool(at.choice.b % 2)),
    lambda at: span_edits.set_note(at.article, at.span().id, f"note {at.choice.b % 3}", at.author),
    lambda at: link_edits.set_mod(at.article, at.span().id, pick(("START", None), at.choice.b), at.author),
    lambda at: link_edits.unlink(at.article, at.span().id, at.author),
    _link,
    _link_new,
)
_ALWAYS: tuple[Callable[[Situation], ChangeSet], ...] = (
    lambda at: span_edits.add(at.article, *at.stretch(), at.label(), at.author),
    lambda at: span_edits.add_all(at.article, [at.stretch(), (0, 1)], at.label(), at.author),
    _status,
    _details,
    _removed,
)


KINDS = (*_ALWAYS, *MORE, *_ON_SPANS)
"""All that can be decided where an article has spans; by the remainder of a choice's kind."""


def decide(project: Store, article: Article, author: Author, choice: Choice) -> ChangeSet:
    """The chosen edit; empty where it would change nothing."""
    kinds = KINDS if article.spans else (*_ALWAYS, *MORE)
    return pick(kinds, choice.kind)(Situation(project, article, author, choice))
