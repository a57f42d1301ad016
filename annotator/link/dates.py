"""Dates: those of one calendar value are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotator.domain.changes import Message
from annotator.domain.dates import Moment, resolve
from annotator.domain.dates.values import parse_day
from annotator.domain.linking import ArticleMentions, Member, Mention

AROUND = 200
"""Code points of text on either side that say whether a date is past."""
_FIXED = 0.95
"""The words name the year themselves."""
_LEANING = 0.85
"""The words lean on the article's date or on the date named before."""


class Dated(NamedTuple):
    """A date's mention with its value. `member` is None where it is linked already."""

    mention: Mention
    moment: Moment
    member: Member


def in_article(article: ArticleMentions, mentions: list[Mention]) -> Iterator[Dated]:
    """The dates of one article that have a value, in reading order."""
    anchor = parse_day(article.date)
    previous: str | None = None
    for mention in mentions:
        words = article.text[mention.start : mention.end]
        moment = resolve(
            words,
            anchor,
            before=article.text[max(0, mention.start - AROUND) : mention.start],
            after=article.text[mention.end : mention.end + AROUND],
            previous=previous,
        )
        if moment is not None:
            previous = moment.value
            score = _FIXED if re.search(r"\d{4}", words) else _LEANING
            why = Message("candidate.same_day", {"value": moment.value})
            yield Dated(mention, moment, Member(mention.span, score, why))
