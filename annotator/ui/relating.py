"""Relations between spans in the window: a list behind a key, a drag from span to span, arcs over the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from annotator.domain.article import Article
from annotator.domain.models import ACCEPTED, REJECTED, RelationType, Span
from annotator.session.relations import Tie, between, ties
from annotator.ui import wording
from annotator.ui.article.arcs import Arc
from annotator.ui.palette import Entry, Source

_MOST = 60
"""Possible relations that are listed at a time; typing finds the others."""

Take = Callable[[Tie], object]


def source(article: Article, span: Span, types: Sequence[RelationType], take: Take) -> Source:
    """The relations of a span: to be taken away, or said, the nearest spans first."""
    return _source(article, ties(article, span, list(types)), take)


def pair_source(
    article: Article, start: Span, end: Span, types: Sequence[RelationType], take: Take
) -> Source:
    """What can be said of two spans that were dragged together."""
    return _source(article, between(start, end, list(types)), take)


def arcs(article: Article, types: Sequence[RelationType], of: Span | None, *, every: bool) -> list[Arc]:
    """The relations of a span, or every one of the article."""
    found = article.relations.values() if every else article.relations_of(of.id) if of is not None else ()
    names = {one.id: one.name for one in types}
    return [
        Arc(
            _place(article, one.from_span),
            _place(article, one.to_span),
            names[one.type],
            one.state != ACCEPTED,
        )
        for one in found
        if one.state != REJECTED
    ]


def _place(article: Article, span: int) -> tuple[int, int]:
    found = article.spans[span]
    return found.start, found.end


def _source(article: Article, found: Sequence[Tie], take: Take) -> Source:
    def find(asked: str) -> list[Entry]:
        words = asked.casefold().split()
        entries = (_entry(article, one, take) for one in found)
        return [one for one in entries if all(word in one.text.casefold() for word in words)][:_MOST]

    return Source("", _tr("Relations between spans"), find)


def _entry(article: Article, tie: Tie, take: Take) -> Entry:
    first, last = (wording.plain(article.text[one.start : one.end], 40) for one in (tie.start, tie.end))
    said = tie.relation is not None and tie.relation.state == ACCEPTED
    note = _tr("said; Enter takes it away") if said else _tr("proposed") if tie.relation is not None else ""
    hue = article.labels[tie.end.label].hue
    return Entry(f"{first} — {tie.type.name} → {last}", note, hue=hue, call=partial(take, tie))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Relating", text)
