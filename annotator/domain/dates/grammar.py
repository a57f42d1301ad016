"""The words that date expressions are made of, and the table of rules that read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

MONTHS = "january february march april may june july august september october november december".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SEASON_ENDS = {"SP": 5, "SU": 8, "FA": 11, "WI": 14}  # month of its year; winter ends in the next one

MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + r"|sept)\.?"
WEEKDAY = r"(?P<weekday>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in DAYS) + r"|tues|thurs?)\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
WHICH = r"(?P<which>last|past|this|next|coming|current|previous|same)"
COUNT = r"(?P<count>\d+|an?|" + "|".join(NUMBERS[1:]) + ")"
UNIT = r"(?P<unit>day|week|month|year|decade)"
SEASON = "(?P<season>" + "|".join(SEASONS) + ")"


class Context(NamedTuple):
    anchor: date | None
    ahead: bool | None  # the sentence looks ahead, back, or does not say
    previous: date | None  # the first day of the date mentioned last
    previous_day: date | None  # the same where it was a single day


Rule = Callable[[re.Match[str], Context], str | None]
RULES: list[tuple[str, Rule]] = []


def rule(*patterns: str) -> Callable[[Rule], Rule]:
    def add(rule: Rule) -> Rule:
        RULES.extend((pattern, rule) for pattern in patterns)
        return rule

    return add


@cache
def _compiled() -> list[tuple[re.Pattern[str], Rule]]:
    """The table, once all rules are in it. Not before the first date: it would delay each start."""
    return [(re.compile(pattern), rule) for pattern, rule in RULES]


def prepare() -> None:
    """Compile the table, so that the first date does not wait for it: that takes longer than some frames."""
    _compiled()


def read(text: str, context: Context) -> str | None:
    """The value that the first fitting rule gives for normalised words."""
    for pattern, rule_of in _compiled():
        found = pattern.fullmatch(text)
        value = rule_of(found, context) if found else None
        if value:
            return value
    return None


def month_of(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def weekday_of(name: str) -> int:
    return next(i for i, day in enumerate(DAYS) if day.startswith(name[:3]))


def count_of(word: str) -> int:
    if word.isdigit():
        return int(word)
    return 1 if word in ("a", "an") else NUMBERS.index(word)


def century(two_digits: int, anchor: date | None) -> int:
    """The full year of '17: not more than ten years after the article."""
    limit = (anchor.year if anchor else 2029) + 10
    year = limit - limit % 100 + two_digits
    return year if year <= limit else year - 100


def nearest_day(candidates: list[date], context: Context) -> date | None:
    """The last of these days before the article, or the next where the sentence looks ahead.

    Without a sign a day that is four times nearer in the future than in the past wins:
    `Nov. 23` in an article of 14 November is nine days off, not a year.
    """
    if not candidates:
        return None
    if context.anchor is None:  # an article without a date: the year that it named last
        base = context.previous
        return min(candidates, key=lambda day: abs(day - base)) if base else None
    past = max((day for day in candidates if day <= context.anchor), default=None)
    coming = min((day for day in candidates if day >= context.anchor), default=None)
    if past is None or coming is None:
        return past or coming
    back, on = context.anchor - past, coming - context.anchor
    if context.ahead is None:
        return coming if on * 4 < back else past
    # A sign may belong to another verb: it does not carry a date across most of a year.
    if context.ahead:
        return coming if on <= timedelta(days=300) or on < back else past
    return past if back <= timedelta(days=340) or back < on else coming


def year_of(digits: str, context: Context) -> int:
    return int(digits) if len(digits) == 4 else century(int(digits), context.anchor)


def years_around(context: Context) -> list[int]:
    base = context.anchor or context.previous
    return [base.year + i for i in (-1, 0, 1)] if base else []
