"""Dates: those of one calendar value are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotator.domain.dates import Moment, resolve
from annotator.domain.dates.values import parse_day
from annotator.domain.linking import ArticleMentions, Mention

AROUND = 200
"""Code points of text on either side that say whether a date is past."""
_FIXED = 0.95
"""The words name the year themselves."""
_DAY = 0.85
"""A day that leans on the article's date."""
_LOOSE = 0.7
"""A month, season, holiday or longer that leans on it, or a day that leans on the date named before."""
_OPEN = 0.5
"""It leans on the date named before, as the article has none."""


_WEEKDAY = re.compile(r"(?i)^(?:on |last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_CLOSE = re.compile(r"(?i)(?:yester|to)day|tonight|last night|tomorrow|(?:this|last) (?:year|month|week)")


class Dated(NamedTuple):
    """A date's mention with its value, and how sure that is."""

    mention: Mention
    moment: Moment
    score: float


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
            yield Dated(mention, moment, _score(words, moment, anchor is not None))


def _score(words: str, moment: Moment, anchored: bool) -> float:
    if re.search(r"\d{4}", words):
        return _FIXED
    if not anchored:
        return _OPEN
    is_day = parse_day(moment.value) is not None and (_WEEKDAY.search(words) or re.search(r"\d", words))
    return _DAY if is_day or _CLOSE.fullmatch(words) else _LOOSE
