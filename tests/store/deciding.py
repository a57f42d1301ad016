"""Any decision that is possible in an article, chosen by four numbers: for properties and for kills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet, Message, RowChange
from annotator.domain.edits import document_edits, link_edits, span_edits
from annotator.domain.models import KIND_DATE, STATUSES, Span
from annotator.store import Store

T = TypeVar("T")


class Choice(NamedTuple):
    """Which kind of edit, and three numbers that say where and what; any numbers are a choice."""

    kind: int
    a: int
    b: int
    c: int


class Situation(NamedTuple):
    """What an edit is chosen from."""

    project: Store
    article: Article
    author: Author
    choice: Choice

    def span(self) -> Span:
        return _pick(sorted(self.article.spans.values()), self.choice.a)

    def several(self) -> list[int]:
        spans = sorted(self.article.spans)
        start = self.choice.a % len(spans)
        return spans[start : start + 1 + self.choice.b % 5]

    def label(self) -> int:
        return _pick(sorted(self.article.labels), self.choice.c)

    def stretch(self) -> tuple[int, int]:
        """Some place of the text, often at a span."""
        size = len(self.article.text)
        spans = sorted(self.article.spans.values())
        start = _pick(spans, self.choice.a).start if spans and self.choice.c % 3 else self.choice.a % size
        return start, min(size, start + 1 + self.choice.b % 12)


def _pick(values: Sequence[T], index: int) -> T:
    return values[index % len(values)]


def _link(at: Situation) -> ChangeSet:
    span = at.span()
    known = at.project.entities(span.label)
    if not known:
        return _link_new(at)
    return link_edits.link(at.article, span.id, _pick(known, at.choice.b), at.author)


def _link_new(at: Situation) -> ChangeSet:
    span = at.span()
    value = f"20{at.choice.b % 100:02d}" if at.article.labels[span.label].kind == KIND_DATE else None
    known = at.project.entity_with_value(span.label, value) if value else None
    if known is not None:
        return link_edits.link(at.article, span.id, known, at.author)
    key = at.project.free_key(f"{span.label}:{span.text.casefold()}")
    name = span.text.strip() or "blank"
    return link_edits.link_new(at.article, span.id, key, at.author, name=name, value=value)


def _entity_note(at: Situation) -> ChangeSet:
    """No edit of the domain does this yet; the store takes it like any other row."""
    entities = at.project.entities(at.span().label)
    if not entities:
        return ChangeSet(Message("span.noted", {"text": ""}), ())
    entity = _pick(entities, at.choice.b)
    note = None if at.choice.c % 2 else f"note {at.choice.c}"
    row = RowChange("entity", entity.id, {"note": entity.note}, {"note": note})
    rows = (row,) if note != entity.note else ()
    return ChangeSet(Message("span.noted", {"text": entity.name}), rows, at.article.document.id)


def _status(at: Situation) -> ChangeSet:
    return document_edits.set_status(at.article.document, _pick(STATUSES, at.choice.c))


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
    lambda at: link_edits.set_mod(at.article, at.span().id, _pick(("START", None), at.choice.b), at.author),
    lambda at: link_edits.unlink(at.article, at.span().id, at.author),
    _link,
    _link_new,
    _entity_note,
)
_ALWAYS: tuple[Callable[[Situation], ChangeSet], ...] = (
    lambda at: span_edits.add(at.article, *at.stretch(), at.label(), at.author),
    lambda at: span_edits.add_all(at.article, [at.stretch(), (0, 1)], at.label(), at.author),
    _status,
    _details,
    _removed,
)


def decide(project: Store, article: Article, author: Author, choice: Choice) -> ChangeSet:
    """The chosen edit; empty where it would change nothing."""
    kinds = (*_ALWAYS, *_ON_SPANS) if article.spans else _ALWAYS
    return _pick(kinds, choice.kind)(Situation(project, article, author, choice))
