"""Rules for what names a day, a month, a year or a part of one, and for bare months and seasons."""

from __future__ import annotations

import re
from datetime import date

from annotator.domain.dates.grammar import (
    DAY,
    MONTH,
    SEASON,
    SEASON_ENDS,
    SEASONS,
    WEEKDAY,
    WHICH,
    YEAR,
    Context,
    century,
    month_of,
    nearest_day,
    rule,
    weekday_of,
    year_of,
    years_around,
)
from annotator.domain.dates.values import day_value, month_value, parse_day


@rule(r"(\d{4})-(\d\d)-(\d\d)")
def _iso(found: re.Match[str], _: Context) -> str | None:
    return day_value(int(found[1]), int(found[2]), int(found[3]))


@rule(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)", r"(\d{1,2})(/)(\d{1,2})")
def _numeric(found: re.Match[str], context: Context) -> str | None:
    """Day or month first by what the calendar allows, then by what lies nearer to the article."""
    first, second = int(found[1]), int(found[3])
    orders = [(second, first)] if found[2] == "." else [(second, first), (first, second)]
    years = [year_of(found[4], context)] if found.re.groups == 4 else years_around(context)
    days = [parse_day(day_value(year, month, day)) for year in years for month, day in orders]
    known = [day for day in days if day]
    if context.anchor:
        anchor = context.anchor
        return str(min(known, key=lambda day: abs(day - anchor))) if known else None
    return str(known[0]) if known and found.re.groups == 4 else None


@rule(r"(?P<day>\d{1,2})" + MONTH.replace(r"\.?", "") + r"(?P<year>\d\d|\d{4})")
def _agency(found: re.Match[str], context: Context) -> str | None:
    return day_value(year_of(found["year"], context), month_of(found["month"]), int(found["day"]))


@rule(
    rf"(?:{WEEKDAY} )?{DAY} (?:of )?{MONTH}(?: {YEAR})?",
    rf"(?:{WEEKDAY} )?{MONTH} {DAY}(?: {YEAR})?",
    rf"{WHICH} {WEEKDAY} {DAY} {MONTH}(?: {YEAR})?",
)
def _day_of_month(found: re.Match[str], context: Context) -> str | None:
    month, day = month_of(found["month"]), int(found["day"])
    if found["year"]:
        return day_value(int(found["year"]), month, day)
    days = [parse_day(day_value(year, month, day)) for year in years_around(context)]
    known = [each for each in days if each]
    if found["weekday"]:  # a weekday settles the year
        known = [each for each in known if each.weekday() == weekday_of(found["weekday"])] or known
    nearest = nearest_day(known, context)
    return str(nearest) if nearest else None


@rule(
    rf"{DAY} {MONTH} (?P<which>last|this|next) year",
    rf"{MONTH}(?: {DAY})? (?P<which>last|this|next) year",
)
def _month_of_year(found: re.Match[str], context: Context) -> str | None:
    if context.anchor is None:
        return None
    year = context.anchor.year + {"last": -1, "this": 0, "next": 1}[found["which"]]
    if found["day"]:
        return day_value(year, month_of(found["month"]), int(found["day"]))
    return month_value(year, month_of(found["month"]))


@rule(
    rf"{DAY} ?(?:-|to|and|&) ?(?P<last>\d{{1,2}})(?:st|nd|rd|th)? {MONTH}(?: {YEAR})?",
    rf"{MONTH} {DAY} ?(?:-|to|and|&) ?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?(?: {YEAR})?",
)
def _days_of_month(found: re.Match[str], context: Context) -> str | None:
    month, first, last = month_of(found["month"]), int(found["day"]), int(found["last"])
    years = [int(found["year"])] if found["year"] else years_around(context)
    starts = [parse_day(day_value(year, month, first)) for year in years]
    known = [day for day in starts if day]
    start = known[0] if found["year"] and known else nearest_day(known, context)
    end = day_value(start.year, month, last) if start else None
    return f"{start}/{end}" if end else None


@rule(rf"{MONTH} (?:of )?{YEAR}", rf"{MONTH} '(?P<year>\d\d)")
def _month_and_year(found: re.Match[str], context: Context) -> str | None:
    return month_value(year_of(found["year"], context), month_of(found["month"]))


@rule(rf"(?:{WHICH} |(?P<following>following ))?{MONTH}")
def _bare_month(found: re.Match[str], context: Context) -> str | None:
    month, which = month_of(found["month"]), found["which"]
    if found["following"]:
        base = context.previous
        return month_value(base.year + (month <= base.month), month) if base else None
    if context.anchor is None:
        return month_value(context.previous.year, month) if context.previous and not which else None
    year, now = context.anchor.year, context.anchor.month
    if which in ("last", "past", "previous"):
        return month_value(year - (month >= now), month)
    if which in ("next", "coming"):
        return month_value(year + (month <= now), month)
    if which:
        return month_value(year, month)
    if context.ahead is True:
        return month_value(year + (month < now), month)
    return month_value(year - (month > now), month)


@rule(r"(\d{4})", r"'(\d\d)", r"(?:year|season) (\d{4})", r"(\d{4}) season")
def _plain_year(found: re.Match[str], context: Context) -> str | None:
    return str(year_of(found[1], context))


@rule(r"(\d{4}) ?(?:-|to|/) ?(\d{4}|\d\d)")
def _years(found: re.Match[str], _: Context) -> str | None:
    if len(found[2]) == 4:
        return f"{found[1]}/{found[2]}" if found[2] > found[1] else None
    last = int(found[1][:2] + found[2])
    if last == int(found[1]) + 1:  # `2018-19` is a year of money, school or sport
        return f"FY{found[1]}-{found[2]}"
    return f"{found[1]}/{last}" if last > int(found[1]) else None


@rule(r"(\d{3})0'?s", r"'?(\d)0'?s")
def _decade(found: re.Match[str], context: Context) -> str | None:
    if len(found[1]) == 3:
        return f"{found[1]}X"
    return f"{century(int(found[1]) * 10, context.anchor) // 10}X"


@rule(
    r"(?:fiscal|financial)(?: years?)? (\d{4})(?:[-/](\d{4}|\d\d))?",
    r"fy ?'?(\d{4}|\d\d)(?:[-/](\d{4}|\d\d))?",
    r"(?:tax|budget) year (\d{4})(?:[-/](\d{4}|\d\d))?",
    r"(\d{4})(?:[-/](\d{4}|\d\d))? (?:fiscal|financial|tax|budget) year",
)
def _fiscal(found: re.Match[str], context: Context) -> str | None:
    year = year_of(found[1], context)
    return f"FY{year}" + (f"-{found[2][-2:]}" if found[2] else "")


_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "last": 0,
}
_NTH = "(?P<nth>" + "|".join(_ORDINALS) + ")"
_OF_YEAR = rf"(?: (?:of )?(?:{YEAR}|(?P<which>last|this|next) year))?"


@rule(rf"{_NTH}[ -](?P<part>quarter|half){_OF_YEAR}", rf"(?P<part>q|h)(?P<nth>[1-4])(?: (?:of )?{YEAR})?")
def _part_of_year(found: re.Match[str], context: Context) -> str | None:
    letter = found["part"][0].upper()
    nth = int(found["nth"]) if found["nth"].isdigit() else _ORDINALS[found["nth"]]
    year = _named_year(found, context)
    if year is None:
        return None
    if nth == 0:  # `the last quarter`: the one before the article's own
        if context.anchor is None or letter == "H":
            return None
        return _shifted_quarter(context.anchor, -1)
    return f"{year:04d}-{letter}{nth}" if nth <= (4 if letter == "Q" else 2) else None


@rule(r"(?P<which>last|this|next|previous|current) quarter")
def _relative_quarter(found: re.Match[str], context: Context) -> str | None:
    step = {"last": -1, "previous": -1, "next": 1}.get(found["which"], 0)
    return _shifted_quarter(context.anchor, step) if context.anchor else None


def _shifted_quarter(anchor: date, step: int) -> str:
    year, index = divmod(anchor.year * 4 + (anchor.month - 1) // 3 + step, 4)
    return f"{year:04d}-Q{index + 1}"


def _named_year(found: re.Match[str], context: Context) -> int | None:
    groups = found.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if context.anchor is None:
        return None
    return context.anchor.year + {"last": -1, "next": 1}.get(groups.get("which") or "", 0)


@rule(rf"{SEASON}(?: of)? (?P<year>\d{{4}})(?:[-/](?:\d{{4}}|\d\d))?", rf"{SEASON}(?: of)? '(?P<year>\d\d)")
def _season_of_year(found: re.Match[str], context: Context) -> str | None:
    return f"{year_of(found['year'], context)}-{SEASONS[found['season']]}"


@rule(rf"that {SEASON}")
def _leaning_season(found: re.Match[str], context: Context) -> str | None:
    return f"{context.previous.year}-{SEASONS[found['season']]}" if context.previous else None


@rule(rf"(?:{WHICH} )?{SEASON}")
def _bare_season(found: re.Match[str], context: Context) -> str | None:
    if context.anchor is None:
        return None
    season = SEASONS[found["season"]]
    year, now, ends = context.anchor.year, context.anchor.month, SEASON_ENDS[season]
    if found["which"] in ("last", "past", "previous"):  # the one that was over last
        back = 0 if now > ends else 1
        return f"{year - (back if season != 'WI' else 1 if now > ends - 12 else 2)}-{season}"
    if found["which"] in ("next", "coming"):
        return f"{year + (now >= ends - 2)}-{season}"
    running_winter = season == "WI" and now <= ends - 12
    if context.ahead is True and now > ends:
        return f"{year + 1}-{season}"
    return f"{year - running_winter}-{season}"
