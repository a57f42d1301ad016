"""Who a span of the open article may be: entities of the project, then mentions nobody linked yet."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.article import Article
from annotator.domain.dates import Moment, resolve
from annotator.domain.dates.values import parse_day
from annotator.domain.linking import ArticleMentions
from annotator.domain.linking import Mention as LinkMention
from annotator.domain.models import ACCEPTED, KIND_DATE, SUGGESTED, Span
from annotator.link.candidates import Around, Candidate, candidates, search_words
from annotator.store import Store
from annotator.store.reading import Mention

_NEAR = 300
"""Mentions on either side of the span that a long article is asked about."""
_AROUND = 200
"""Code points of text on either side of a date that say whether it is past."""


def who_may_be(store: Store, article: Article, span: Span) -> Sequence[Candidate]:
    """Entities, best first, each with its reasons."""
    label = article.labels[span.label]
    value = moment(article, span)
    here = frozenset(
        link.entity
        for other in article.spans.values()
        if other.label == span.label and other.id != span.id
        for link in article.links_of(other.id)
        if link.state == ACCEPTED
    )
    known = {entity.id: entity for entity in article.entities.values()}
    known |= {entity.id: entity for entity in store.entities_like(span.label, search_words(span, label))}
    if value is not None:
        same = store.entity_with_value(span.label, value.value)
        known |= {same.id: same} if same is not None else {}
    proposed = [link for link in article.links_of(span.id) if link.state == SUGGESTED]
    around = Around(_mentions(article, span), proposed)
    return candidates(span, label, known.values(), here, value.value if value else None, around)


def moment(article: Article, span: Span) -> Moment | None:
    """The calendar value of a date by its words, None for other labels and open dates."""
    if article.labels[span.label].kind != KIND_DATE:
        return None
    return resolve(
        span.text,
        parse_day(article.document.date),
        before=article.text[max(0, span.start - _AROUND) : span.start],
        after=article.text[span.end : span.end + _AROUND],
    )


def unlinked_elsewhere(store: Store, article: Article, span: Span, limit: int = 20) -> list[Mention]:
    """Mentions of other articles with the same words that nobody linked yet, in queue order."""
    return store.unlinked(span.label, span.text, article.document.id, limit)


def _mentions(article: Article, span: Span) -> ArticleMentions:
    """The mentions of a span's label, each with whom it is linked or proposed to."""
    label = article.labels[span.label]
    like = [one for one in article.in_order((ACCEPTED, SUGGESTED)) if one.label == span.label]
    middle = next((index for index, one in enumerate(like) if one.id == span.id), 0)
    mentions = []
    for one in like[max(0, middle - _NEAR) : middle + _NEAR]:
        link = article.link_of(one.id) if one.id != span.id else None
        entity = link.entity if link is not None else None
        mentions.append(LinkMention(one.id, one.start, one.end, label.name, label.kind, entity))
    return ArticleMentions(article.document.id, article.text, article.document.date, mentions)
