"""Feasts and public days that news in English dates things by: their words and their day in a year.

Where countries differ (Mother's Day, Thanksgiving, Labor Day) it is the American day. Feasts of the
moon (Eid, Diwali, Lunar New Year) have no value: they need tables, or somebody who sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from annotator.domain.dates.values import clear_and_bright, easter, nth_weekday

HOLIDAYS: dict[str, Callable[[int], date]] = {
    r"christmas(?: day)?|xmas": lambda year: date(year, 12, 25),
    r"christmas eve": lambda year: date(year, 12, 24),
    r"boxing day|st\.? stephen's day": lambda year: date(year, 12, 26),
    r"new year'?s? eve": lambda year: date(year, 12, 31),
    r"new year(?:'?s)?(?: day)?": lambda year: date(year, 1, 1),
    r"valentine'?s'? day": lambda year: date(year, 2, 14),
    r"st\.? patrick's day": lambda year: date(year, 3, 17),
    r"april fools?'?s?'? day": lambda year: date(year, 4, 1),
    r"may day": lambda year: date(year, 5, 1),
    r"bastille day": lambda year: date(year, 7, 14),
    r"hallowe'?en": lambda year: date(year, 10, 31),
    r"all saints'?(?: day)?": lambda year: date(year, 11, 1),
    r"all souls'?(?: day)?": lambda year: date(year, 11, 2),
    r"(?:ching ming|qing ?ming)(?: festival)?|tomb[- ]sweeping day": lambda year: date(
        year, 4, clear_and_bright(year)
    ),
    r"st\.? john'?s eve": lambda year: date(year, 6, 23),
    r"melbourne cup(?: day)?": lambda year: nth_weekday(year, 11, 1, 1),
    r"anzac eve": lambda year: date(year, 4, 24),
    r"anzac day": lambda year: date(year, 4, 25),
    r"martinmas|armistice day|veterans'? day": lambda year: date(year, 11, 11),
    r"easter(?: sunday)?": easter,
    r"good friday": lambda year: easter(year) - timedelta(days=2),
    r"easter monday": lambda year: easter(year) + timedelta(days=1),
    r"ash wednesday": lambda year: easter(year) - timedelta(days=46),
    r"whit monday": lambda year: easter(year) + timedelta(days=50),
    r"martin luther king(?: jr\.?)? day|mlk day": lambda year: nth_weekday(year, 1, 0, 3),
    r"president'?s'? day": lambda year: nth_weekday(year, 2, 0, 3),
    r"mother's day": lambda year: nth_weekday(year, 5, 6, 2),
    r"memorial day": lambda year: nth_weekday(year, 5, 0, -1),
    r"father's day": lambda year: nth_weekday(year, 6, 6, 3),
    r"labou?r day": lambda year: nth_weekday(year, 9, 0, 1),
    r"columbus day": lambda year: nth_weekday(year, 10, 0, 2),
    r"thanksgiving(?: day)?": lambda year: nth_weekday(year, 11, 3, 4),
    r"black friday|day after thanksgiving": lambda year: nth_weekday(year, 11, 3, 4) + timedelta(days=1),
}
