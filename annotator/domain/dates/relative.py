"""Rules for what leans on the article's day or on the date before it, weekdays and feasts."""

from __future__ import annotations

import re
from datetime import date, timedelta

from annotator.domain.dates.grammar import (
    COUNT,
    UNIT,
    WEEKDAY,
    WHICH,
    YEAR,
    Context,
    count_of,
    nearest_day,
    read,
    rule,
    weekday_of,
    years_around,
)
from annotator.domain.dates.holidays import HOLIDAYS
from annotator.domain.dates.values import month_value, parse_day, week_value

_FIXED = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "overnight": 0, "now": 0, "yesterday": -1, "last night": -1, "last evening": -1,
    "yesterday morning": -1, "yesterday afternoon": -1, "yesterday evening": -1,
    "day before yesterday": -2, "tomorrow": 1, "tomorrow morning": 1, "tomorrow night": 1,
    "tomorrow evening": 1, "tomorrow afternoon": 1, "day after tomorrow": 2,
}  # fmt: skip


@rule("|".join(_FIXED))
def _fixed(found: re.Match[str], context: Context) -> str | None:
    return str(context.anchor + timedelta(days=_FIXED[found[0]])) if context.anchor else None


@rule(rf"{WHICH} (?:calendar )?{UNIT}", r"(?P<unit>week)")
def _relative_unit(found: re.Match[str], context: Context) -> str | None:
    which = found.groupdict().get("which") or "this"
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    return shifted(context.anchor, step, found["unit"]) if context.anchor else None


@rule(r"(?P<unit>day|month|year)")
def _bare_unit(found: re.Match[str], context: Context) -> str | None:
    return shifted(context.anchor, 0, found["unit"]) if context.anchor else None


@rule(
    rf"(?:about |around |almost |nearly |some )?{COUNT} {UNIT}s? "
    r"(?P<way>ago|earlier|before|later|from now|after)"
)
def _counted(found: re.Match[str], context: Context) -> str | None:
    way = found["way"]
    leaning = context.previous_day if found["unit"] in ("day", "week") else context.previous
    base = context.anchor if way in ("ago", "from now") else leaning
    step = count_of(found["count"]) * (1 if way in ("later", "from now", "after") else -1)
    return shifted(base, step, found["unit"]) if base else None


@rule(rf"(?P<way>following|next|previous|that|same|preceding) {UNIT}", rf"{UNIT} (?P<way>before|after)")
def _leaning_unit(found: re.Match[str], context: Context) -> str | None:
    step = {"that": 0, "same": 0, "previous": -1, "preceding": -1, "before": -1}.get(found["way"], 1)
    base = context.previous_day if found["unit"] in ("day", "week") else context.previous
    return shifted(base, step, found["unit"]) if base else None


@rule(r"(?P<way>that|same|previous|following|next) (?:night|morning|afternoon|evening)")
def _leaning_night(found: re.Match[str], context: Context) -> str | None:
    step = {"previous": -1, "following": 1, "next": 1}.get(found["way"], 0)
    return shifted(context.previous_day, step, "day") if context.previous_day else None


def shifted(base: date, step: int, unit: str) -> str | None:
    """`base` moved by so many units, as coarse as the unit: days give a day, years a year."""
    if unit == "year":
        return f"{base.year + step:04d}"
    if unit == "month":
        return month_value(base.year, base.month + step)
    if unit == "decade":
        return f"{base.year // 10 + step:03d}X"
    days = step * (7 if unit == "week" else 1)
    if not 1 < base.year + days // 365 < 9998:
        return None
    moved = base + timedelta(days=days)
    return week_value(moved) if unit == "week" else str(moved)


@rule(rf"(?:{WHICH} )?weekend")
def _weekend(found: re.Match[str], context: Context) -> str | None:
    if context.anchor is None:
        return None
    which = found["which"]
    if which in ("last", "past", "previous"):
        step = -1
    elif which in ("next",):
        step = 1
    elif which or context.ahead or context.anchor.weekday() >= 5:
        step = 0
    else:
        step = -1
    return week_value(context.anchor + timedelta(weeks=step), weekend=True)


_PART = r"(?: (?:morning|afternoon|evening|night|lunchtime))?"


@rule(
    rf"(?:{WHICH} )?{WEEKDAY}{_PART}",
    rf"(?P<following>following) {WEEKDAY}",
    rf"{WEEKDAY} (?P<tail>week|last|next|coming)",
)
def _bare_weekday(found: re.Match[str], context: Context) -> str | None:
    groups = found.groupdict()
    weekday, which = weekday_of(found["weekday"]), groups.get("which") or groups.get("tail")
    if groups.get("following"):
        base = context.previous_day
        return str(base + timedelta(days=(weekday - base.weekday() - 1) % 7 + 1)) if base else None
    if context.anchor is None:
        return None
    anchor = context.anchor
    back = (anchor.weekday() - weekday) % 7
    if which in ("last", "past", "previous"):
        return str(anchor - timedelta(days=back or 7))
    if which == "week":  # `Thursday week`: a week after the coming one
        return str(anchor + timedelta(days=(weekday - anchor.weekday()) % 7 + 7))
    ahead = which in ("next", "coming") or (which is None and context.ahead is True)
    if ahead or which == "this":
        return str(anchor + timedelta(days=(7 - back) if back or which == "next" else 0))
    return str(anchor - timedelta(days=back))


@rule(*(rf"(?:{WHICH} |{WEEKDAY} )?(?P<holiday>{words})(?: (?:of |in )?{YEAR})?" for words in HOLIDAYS))
def _holiday(found: re.Match[str], context: Context) -> str | None:
    words = next(words for words in HOLIDAYS if re.fullmatch(words, found["holiday"]))
    day_of = HOLIDAYS[words]
    if found["year"]:
        return str(day_of(int(found["year"])))
    if context.anchor is None:
        return None
    days = [day_of(year) for year in years_around(context)]
    if found["which"] in ("last", "past", "previous"):
        return str(max(day for day in days if day < context.anchor))
    nearest = nearest_day(days, context)
    return str(nearest) if nearest else None


@rule(r"(?P<unit>day|week|night) (?P<way>before|after) (?P<rest>.+)", r"(?P<unit>eve) of (?P<rest>.+)")
def _beside(found: re.Match[str], context: Context) -> str | None:
    """`the day after Christmas`: one step from a day that the rest names."""
    base = parse_day(read(re.sub(r"^the ", "", found["rest"]), context))
    step = 1 if found.groupdict().get("way") == "after" else -1
    return shifted(base, step, "week" if found["unit"] == "week" else "day") if base else None


@rule(r"(?P<rest>.+) weekend")
def _weekend_of(found: re.Match[str], context: Context) -> str | None:
    day = parse_day(read(found["rest"], context))
    return week_value(day, weekend=True) if day else None
