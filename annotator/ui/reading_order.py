"""Where the focus goes: the next span, the next undecided one, another one at the same place."""

from __future__ import annotations

from annotator.domain.article import Article
from annotator.domain.models import ACCEPTED, REJECTED, STATES, SUGGESTED, Span

SHOWN = (SUGGESTED, ACCEPTED)


def states(*, rejected: bool) -> tuple[str, ...]:
    """The states that are on the screen."""
    return STATES if rejected else SHOWN


def following(article: Article, span: Span | None, step: int, wanted: tuple[str, ...]) -> Span | None:
    """The next (1) or previous (-1) span of these states; behind the last one comes the first."""
    go = article.next_span if step > 0 else article.previous_span
    found = go(span, wanted) or go(None, wanted)
    return None if found is not None and span is not None and found.id == span.id else found


def at_place(article: Article, span: Span, wanted: tuple[str, ...]) -> list[Span]:
    """The spans that share text with one, itself included, the innermost first."""
    found = [other for other in article.in_order(wanted) if other.start < span.end and other.end > span.start]
    return sorted(found, key=lambda other: (other.end - other.start, other.start, other.id))


def progress(article: Article) -> tuple[int, int]:
    """How many spans are decided, of how many."""
    decided = article.count(ACCEPTED) + article.count(REJECTED)
    return decided, decided + article.count(SUGGESTED)
