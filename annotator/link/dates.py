"""Dates: those of one calendar value are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotator.domain.dates import Moment, looks_ahead, resolve
from annotator.domain.dates.values import parse_day
from annotator.domain.linking import ArticleMentions, Mention

AROUND = 200
"""Code points of text on either side that say whether a date is past."""
_FIXED = 0.95
"""The words name the year themselves."""
_DAY = 0.85
"""A day of the past that leans on the article's date."""
_LOOSE = 0.7
"""A month, season, holiday or longer that leans on it, or a day that leans on the date named before."""
_OPEN = 0.5
"""It leans on the date named before, as the article has none."""


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
        before = article.text[max(0, mention.start - AROUND) : mention.start]
        after = article.text[mention.end : mention.end + AROUND]
        moment = resolve(words, anchor, before=before, after=after, previous=previous)
        if moment is not None:
            previous = moment.value
            score = _score(words, moment, looks_ahead(before, after)) if anchor else _OPEN
            yield Dated(mention, moment, _FIXED if re.search(r"\d{4}", words) else score)


def _score(words: str, moment: Moment, is_ahead: bool | None) -> float:
    """How sure a value is that leans on the article's date."""
    if _CLOSE.fullmatch(words):
        return _DAY
    is_day = parse_day(moment.value) is not None and re.search(r"\d|day\b", words, re.IGNORECASE)
    # Without a verb of the past beside it a day may as well be the next one of its name.
    return _DAY if is_day and is_ahead is False else _LOOSE
