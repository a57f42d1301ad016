"""Dates: those of one calendar value are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
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
_TOP, _HEAD = 400, 140
"""Where a head of an article stands at the latest, and how long its line is at most, in code points."""
_OPEN = 0.5
"""It leans on the date named before, as the article has none."""


_APPOSED = re.compile(r"(?:, |: | \()(?:the )?")
_BARE = re.compile(
    r"(?i)(?:the |early |late |mid-?|(?:start|middle|end) of |\w+day,? |\d{1,2}(?:st|nd|rd|th)? )*"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d{1,2}(?:st|nd|rd|th)?)?"
)
"""A day or a month that names no year."""
_CLOSE = re.compile(r"(?i)(?:yester|to)day|tonight|last night|tomorrow|(?:this|last) (?:year|month|week)")


class Dated(NamedTuple):
    """A date's mention with its value, and how sure that is."""

    mention: Mention
    moment: Moment
    score: float


def in_article(article: ArticleMentions, mentions: list[Mention]) -> Iterator[Dated]:
    """The dates of one article that have a value, in reading order."""
    said = _said_day(article, mentions)
    anchor = parse_day(article.date) or said
    year = None if anchor else _latest_year(article, mentions)
    previous: str | None = None
    before_it: Mention | None = None
    for mention, following in zip_longest(mentions, mentions[1:]):
        words = article.text[mention.start : mention.end]
        beside = _beside(article.text, mention, following)
        if beside is not None:
            previous = str(beside)
            yield Dated(mention, Moment(previous), _FIXED)
            continue
        before = article.text[max(0, mention.start - AROUND) : mention.start]
        after = article.text[mention.end : mention.end + AROUND]
        leaning = f"{year}-07-01" if year and _BARE.fullmatch(words) else previous
        moment = resolve(words, anchor, before=before, after=after, previous=leaning)
        if (
            moment is None
            and previous
            and parse_day(previous)
            and _is_named(article.text, before_it, mention)
        ):
            moment = Moment(previous)
        before_it = mention
        if moment is not None:
            previous = moment.value
            score = _score(words, moment, looks_ahead(before, after)) if article.date else _OPEN
            yield Dated(mention, moment, _FIXED if re.search(r"\d{4}", words) else score)


def _said_day(article: ArticleMentions, mentions: list[Mention]) -> date | None:
    """The day of an article that has none: from a line at its top that is a head, or from a day beside its weekday."""
    for mention, following in zip_longest(mentions, mentions[1:]):
        line_start = article.text.rfind("\n", 0, mention.start) + 1
        line = article.text[line_start:].partition("\n")[0].rstrip()
        heads = line_start < _TOP and len(line) < _HEAD and not line.endswith((".", "?", "!", "”", '"'))
        day = _full_day(article.text[mention.start : mention.end]) if heads else None
        day = day or _beside(article.text, mention, following)
        if day is not None:
            return day
    return None


def _latest_year(article: ArticleMentions, mentions: list[Mention]) -> int | None:
    """The latest year that an article names: in one without a date, days and months are most likely of it."""
    words = (article.text[mention.start : mention.end] for mention in mentions)
    return max(
        (int(year) for one in words for year in re.findall(r"\b(?:19|20)\d\d\b(?![-–/]\d)", one)),
        default=None,
    )


def _is_named(text: str, before: Mention | None, mention: Mention) -> bool:
    """Whether words name the day right before them: `1 October, Independence Day`, `18/10: Deepavali`."""
    return before is not None and bool(_APPOSED.fullmatch(text, before.end, mention.start))


def _beside(text: str, mention: Mention, following: Mention | None) -> date | None:
    """The day in brackets behind a weekday: `Thursday (16Nov17)`."""
    if following is None or not re.fullmatch(r"\s*\(", text[mention.end : following.start]):
        return None
    day = _full_day(text[following.start : following.end])
    name = text[mention.start : mention.end].casefold()
    return day if day is not None and f"{day:%A}".casefold() in name else None


def _full_day(words: str) -> date | None:
    moment = resolve(words, None)
    return parse_day(moment.value) if moment is not None else None


def _score(words: str, moment: Moment, is_ahead: bool | None) -> float:
    """How sure a value is that leans on the article's date."""
    if _CLOSE.fullmatch(words):
        return _DAY
    is_day = parse_day(moment.value) is not None and re.search(r"\d|day\b", words, re.IGNORECASE)
    # Without a verb of the past beside it a day may as well be the next one of its name.
    return _DAY if is_day and is_ahead is False else _LOOSE
