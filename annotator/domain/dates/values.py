"""The calendar values that a DATE entity may have, as `docs/formats.md` lists them.

`YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `YYYY-Www`, `YYYY-Www-WE`, `YYYY-Qn`, `YYYY-Hn`,
`YYYY-SP|SU|FA|WI`, `YYYX` (a decade), `FYYYYY`, `FYYYYY-YY`, and `a/b` for a range of two.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

START = "START"
MID = "MID"
END = "END"
MODS = (START, MID, END)

_FORMS = re.compile(
    r"\d{4}(-(W\d\d(-WE)?|Q[1-4]|H[12]|SP|SU|FA|WI|\d\d(-\d\d)?))?|\d{3}X|FY\d{4}(-\d\d)?",
)


def is_value(text: str) -> bool:
    """Whether this is a calendar value, months, weeks and days checked against the calendar."""
    parts = text.split("/")
    return len(parts) <= 2 and all(_is_one(part) for part in parts)


def _is_one(text: str) -> bool:
    if not _FORMS.fullmatch(text):
        return False
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", text):
        return parse_day(text if len(text) == 10 else text + "-01") is not None
    week = re.match(r"(\d{4})-W(\d\d)", text)
    if week:
        return 1 <= int(week[2]) <= date(int(week[1]), 12, 28).isocalendar().week if int(week[1]) else False
    return True


def parse_day(text: str | None) -> date | None:
    """The day of a `YYYY-MM-DD` value, None for anything else."""
    if text is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_value(year: int, month: int, day: int) -> str | None:
    """`YYYY-MM-DD`, None where the calendar has no such day."""
    value = f"{year:04d}-{month:02d}-{day:02d}"
    return value if parse_day(value) else None


def month_value(year: int, month: int) -> str:
    """`YYYY-MM`; months count on over the year's ends (0 is December of the year before)."""
    year, index = divmod(year * 12 + month - 1, 12)
    return f"{year:04d}-{index + 1:02d}"


def week_value(day: date, weekend: bool = False) -> str:
    """The ISO week that a day lies in, or its weekend."""
    iso = day.isocalendar()
    return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if weekend else "")


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def clear_and_bright(year: int) -> int:
    """The day in April of the solar term Qingming, from 1901 to 2099, by the usual formula."""
    start = 5.59 if year < 2000 else 4.81
    return int(year % 100 * 0.2422 + start) - year % 100 // 4


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th weekday (0 is Monday) of a month; n = -1 is the last one."""
    if n > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)
