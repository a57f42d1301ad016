"""The same words elsewhere: where they stand in all articles, and deciding on them at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from annotator.domain.article import Article
from annotator.domain.changes import Changed, Message
from annotator.domain.edits import span_edits
from annotator.domain.edits.bulk import together
from annotator.domain.models import ACCEPTED, BAND, REJECTED, SUGGESTED, Document, Span
from annotator.session.session import Session

ARTICLES: Final = 200
"""Articles that are looked into; the words of a name are seldom in more."""


class Occurrence(NamedTuple):
    """The words at one place: `span` is the id of what is suggested exactly there, if anything.

    `within` is a longer span of another name that covers the place: it means that one there.
    """

    document: Document
    start: int
    end: int
    before: str
    after: str
    span: int | None
    rejected: bool
    within: str | None

    @property
    def likely(self) -> bool:
        """Whether it means the same, as far as what is known goes."""
        return not self.rejected and self.within is None


def occurrences(session: Session, span: Span, room: int) -> list[Occurrence]:
    """Where the words of a span stand without being an accepted span of its label.

    The open article comes first, then the others in the queue's order; `room` is how much of
    the text before and after is given. After a rejection: where the same is suggested.
    """
    here = session.article
    others = (hit.document for hit in session.store.search(span.text, ARTICLES))
    articles = [here] if here is not None else []
    articles += [
        session.store.article(number) for number in others if here is None or number != here.document.id
    ]
    return [found for article in articles for found in _in_article(article, span, room)]


def take(session: Session, span: Span, chosen: Iterable[Occurrence]) -> Changed | None:
    """Decide on all of them as on the span, as one step: its label and accepted, or rejected."""
    places: dict[int, list[Occurrence]] = defaultdict(list)
    for one in chosen:
        places[one.document.id].append(one)
    author = session.author()
    changes = []
    for number, ones in places.items():
        article = _article(session, number)
        if span.state == REJECTED:
            found = [one.span for one in ones if one.span is not None]
            changes.append(span_edits.reject(article, found, author))
        else:
            pairs = [(one.start, one.end) for one in ones]
            changes.append(span_edits.add_all(article, pairs, span.label, author))
    count = sum(map(len, places.values()))
    label = next(label for label in session.labels() if label.id == span.label)
    title = (
        Message("span.rejected_many", {"count": count})
        if span.state == REJECTED
        else Message("span.added_many", {"count": count, "label": label.name})
    )
    return session.decide(together(title, changes))


def _article(session: Session, number: int) -> Article:
    here = session.article
    return here if here is not None and here.document.id == number else session.store.article(number)


def _in_article(article: Article, span: Span, room: int) -> Iterator[Occurrence]:
    for match in _pattern(span.text).finditer(article.text):
        start, end = match.span()
        exact = article.span_at(start, end, span.label)
        suggested = exact is not None and exact.state == SUGGESTED
        if span.state == REJECTED and not suggested:
            continue
        if exact is not None and exact.state == ACCEPTED:
            continue
        yield Occurrence(
            article.document,
            start,
            end,
            article.text[max(0, start - room) : start],
            article.text[end : end + room],
            exact.id if exact is not None and suggested else None,
            exact is not None and exact.state == REJECTED,
            _within(article, start, end),
        )


def _pattern(words: str) -> re.Pattern[str]:
    """The words as they are, whole, with any white space between them."""
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){spaced}(?!\w)")


def _within(article: Article, start: int, end: int) -> str | None:
    """The words of a longer name around a place. A clause around it says nothing."""
    for other in article.in_order((ACCEPTED, SUGGESTED)):
        if other.start > start:
            return None
        longer = other.end - other.start > end - start
        if longer and other.end >= end and article.labels[other.label].style != BAND:
            return other.text
    return None
