"""What the article view draws, kept in step with the article: only what changed is drawn again."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from annotator.domain.article import Article
from annotator.domain.changes import RowChange
from annotator.domain.conflicts import Conflict
from annotator.domain.models import ACCEPTED, REJECTED, STATES, SUGGESTED, Span
from annotator.ui import wording
from annotator.ui.article import ArticleView, ViewSpan


class Drawing:
    """The spans of the open article as the view has them."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._drawn: dict[int, ViewSpan] = {}
        self._others: dict[int, ViewSpan] = {}

    def load(self, article: Article) -> None:
        """Show an article that was not on the screen."""
        self._others = {}
        self._drawn = {span.id: view_span(article, span) for span in article.in_order(STATES)}
        self._view.set_article(article.text, self._drawn.values())

    def clear(self) -> None:
        """No article is open."""
        self._drawn = self._others = {}
        self._view.set_article("", ())

    def follow(self, article: Article, rows: Iterable[RowChange]) -> None:
        """Draw what a decision changed in this article."""
        self._put(article, set(_touched(article, rows)))

    def compare(self, article: Article) -> None:
        """Draw what differs after the article was read again: a run or another program wrote."""
        self._put(article, article.spans.keys() | self._drawn.keys())

    def show_others(self, conflicts: Iterable[Conflict]) -> None:
        """Draw what other reviewers have there, and no longer what they had before."""
        fresh = {one.id: one for one in map(_version, conflicts) if one is not None}
        changed = [one for number, one in fresh.items() if self._others.get(number) != one]
        removed = self._others.keys() - fresh.keys()
        self._others = fresh
        if changed or removed:
            self._view.put_spans(changed, removed)

    def _put(self, article: Article, spans: Iterable[int]) -> None:
        changed, removed = [], []
        for number in spans:
            span = article.spans.get(number)
            fresh = view_span(article, span) if span is not None else None
            if fresh == self._drawn.get(number):
                continue
            if fresh is None:
                del self._drawn[number]
                removed.append(number)
            else:
                self._drawn[number] = fresh
                changed.append(fresh)
        if changed or removed:
            self._view.put_spans(changed, removed)


def view_span(article: Article, span: Span) -> ViewSpan:
    """A span as the view wants it."""
    link = article.link_of(span.id)
    linked = link is not None and link.state == ACCEPTED
    return ViewSpan(span.id, span.start, span.end, span.label, span.state, linked, tip(article, span))


def _version(conflict: Conflict) -> ViewSpan | None:
    """What the other reviewer has, as the view wants it."""
    if conflict.theirs is None:
        return None
    span, name = conflict.theirs.span, conflict.reviewer.name
    linked, said = conflict.theirs.entity is not None, f"{name}: {wording.state(span.state)}"
    return ViewSpan(
        span.id, span.start, span.end, span.label, span.state, linked, said, wording.short_name(name)
    )


def tip(article: Article, span: Span) -> str:
    """What the pointer is told: label, state, score, whom it is linked to."""
    states = {SUGGESTED: _tr("suggested"), ACCEPTED: _tr("accepted"), REJECTED: _tr("rejected")}
    score = f" {span.score:.2f}" if span.score is not None and span.state == SUGGESTED else ""
    parts = [article.labels[span.label].name, states[span.state] + score]
    link = article.link_of(span.id)
    if link is not None and link.entity in article.entities:
        sure = "" if link.state == ACCEPTED else "?"
        parts.append(article.entities[link.entity].name + sure)
    if span.note:
        parts.append(span.note)
    return ", ".join(parts)


def _touched(article: Article, rows: Iterable[RowChange]) -> Iterable[int]:
    for row in rows:
        if row.table == "span":
            yield row.id
        elif row.table == "link":
            for side in (row.before, row.after):
                if side is not None and isinstance(side.get("span"), int):
                    yield side["span"]  # type: ignore[misc]
            if row.id in article.links:
                yield article.links[row.id].span
        elif row.table == "entity":
            yield from (link.span for link in article.links.values() if link.entity == row.id)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Drawing", text)
