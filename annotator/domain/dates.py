"""From the words of a date and the article's own date to a calendar value.

`resolve("last Tuesday", date(2017, 11, 19))` is `2017-11-14`. What leans on a date that is
not known (`Monday` in an article without one) has no value. News tells of the past, so an
open choice falls to the last such day, month or season, unless the sentence looks ahead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from annotator.domain.date_values import (
    END,
    MID,
    START,
    day_value,
    month_value,
    parse_day,
    week_value,
)
from annotator.domain.holidays import HOLIDAYS

_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_SEASON_ENDS = {"SP": 5, "SU": 8, "FA": 11, "WI": 14}  # month of its year; winter ends in the next one

_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?"
_WEEKDAY = r"(?P<weekday>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _DAYS) + r"|tues|thurs?)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WHICH = r"(?P<which>last|past|this|next|coming|current|previous|same)"
_COUNT = r"(?P<count>\d+|an?|" + "|".join(_NUMBERS[1:]) + ")"
_UNIT = r"(?P<unit>day|week|month|year|decade)"

_AHEAD = re.compile(
    r"\b(will|would|shall|is|are|due|scheduled|slated|expected|planned|set (?:for|to|down)|until|till|"
    r"(?:moved|pushed|put off|postponed|delayed|deferred|adjourned|called|remanded)\b.{0,12}"
    r"\b(?:to|until|for)|"
    r"ahead of|resumes?|begins?|starts?|ends?|opens?|closes?|meets?|visits?|returns?|"
    r"beginning|starting|upcoming|next|deadline)\b|['’]ll\b|\bby $"
)
_BEHIND = re.compile(r"\b(said|told|was|were|had|did|has|have|since|found|went|came|made|took|\w{3,}ed)\b")


class Moment(NamedTuple):
    """A calendar value, and which part of it is meant (START, MID, END or None)."""

    value: str
    mod: str | None = None


class _Context(NamedTuple):
    anchor: date | None
    ahead: bool | None  # the sentence looks ahead, back, or does not say
    previous: date | None  # the first day of the date mentioned last
    previous_day: date | None  # the same where it was a single day


_Rule = Callable[[re.Match[str], _Context], str | None]
_RULES: list[tuple[re.Pattern[str], _Rule]] = []


def resolve(
    words: str, anchor: date | None, *, before: str = "", after: str = "", previous: str | None = None
) -> Moment | None:
    """What a date expression names, None where the article does not fix it.

    `before` and `after` are the text around it in its sentence; `previous` is the value of
    the date mentioned last, on which `the following day` leans.
    """
    text, mod = _normalise(words)
    context = _Context(anchor, _looks_ahead(before, after), _first_day(previous), parse_day(previous))
    return _match(text, mod, context)


def _match(text: str, mod: str | None, context: _Context) -> Moment | None:
    for pattern, rule in _RULES:
        found = pattern.fullmatch(text)
        if found:
            value = rule(found, context)
            if value:
                return Moment(value, mod)
    return None


def _first_day(value: str | None) -> date | None:
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value or "")
    if found is None:
        return None
    return parse_day(day_value(int(found[1]), int(found[2] or 1), int(found[3] or 1)))


def _normalise(words: str) -> tuple[str, str | None]:
    text = re.sub(r"[\s\xa0]+", " ", words.lower()).strip(" ()[],.")
    text = text.replace("’", "'").replace("–", "-").replace("—", "-")
    text = re.sub(r"(?<=[a-z]),? (?=\d{4}$)|, ", " ", text)
    text = re.sub(r"^(?:the|of|on|in) ", "", text)
    for pattern, mod in _MODS:
        rest = pattern.sub("", text, count=1)
        if rest != text and rest:
            return rest, mod
    return re.sub(r"^(?:earlier|later) (?=this |last )", "", text), None


_MODS = (
    (re.compile(r"^(?:early(?: in)?|(?:start|beginning) of)[ -](?:the )?"), START),
    (re.compile(r"^(?:mid|middle of)[ -](?:the )?"), MID),
    (re.compile(r"^(?:late(?: in)?|end of)[ -](?:the )?"), END),
    (re.compile(r"(?<=month|.year|..day)[ -]end$"), END),
)


def _looks_ahead(before: str, after: str) -> bool | None:
    """True or False by the nearest verb or marker before, else the first one after; None: no sign."""
    clause = re.split(r"[.!?;\n•]", before)[-1]
    signs = [(found.end(), True) for found in _AHEAD.finditer(clause)]
    signs += [(found.end(), False) for found in _BEHIND.finditer(clause)]
    if signs:
        return max(signs)[1]
    clause = re.split(r"[.!?;\n•]", after)[0][:60]
    signs = [(found.start(), True) for found in _AHEAD.finditer(clause)]
    signs += [(found.start(), False) for found in _BEHIND.finditer(clause)]
    return min(signs)[1] if signs else None


def _rule(*patterns: str) -> Callable[[_Rule], _Rule]:
    def add(rule: _Rule) -> _Rule:
        _RULES.extend((re.compile(pattern), rule) for pattern in patterns)
        return rule

    return add


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))


def _weekday(name: str) -> int:
    return next(i for i, day in enumerate(_DAYS) if day.startswith(name[:3]))


def _count(word: str) -> int:
    if word.isdigit():
        return int(word)
    return 1 if word in ("a", "an") else _NUMBERS.index(word)


def _century(two_digits: int, anchor: date | None) -> int:
    """The full year of '17: not more than ten years after the article."""
    limit = (anchor.year if anchor else 2029) + 10
    year = limit - limit % 100 + two_digits
    return year if year <= limit else year - 100


def _nearest(candidates: list[date], context: _Context) -> date | None:
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


@_rule(r"(\d{4})-(\d\d)-(\d\d)")
def _iso(found: re.Match[str], _: _Context) -> str | None:
    return day_value(int(found[1]), int(found[2]), int(found[3]))


@_rule(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)", r"(\d{1,2})(/)(\d{1,2})")
def _numeric(found: re.Match[str], context: _Context) -> str | None:
    """Day or month first by what the calendar allows, then by what lies nearer to the article."""
    first, second = int(found[1]), int(found[3])
    orders = [(second, first)] if found[2] == "." else [(second, first), (first, second)]
    years = [_year_of(found[4], context)] if found.re.groups == 4 else _years_around(context)
    days = [parse_day(day_value(year, month, day)) for year in years for month, day in orders]
    known = [day for day in days if day]
    if context.anchor:
        anchor = context.anchor
        return str(min(known, key=lambda day: abs(day - anchor))) if known else None
    return str(known[0]) if known and found.re.groups == 4 else None


def _year_of(digits: str, context: _Context) -> int:
    return int(digits) if len(digits) == 4 else _century(int(digits), context.anchor)


def _years_around(context: _Context) -> list[int]:
    base = context.anchor or context.previous
    return [base.year + i for i in (-1, 0, 1)] if base else []


@_rule(r"(?P<day>\d{1,2})" + _MONTH.replace(r"\.?", "") + r"(?P<year>\d\d|\d{4})")
def _agency(found: re.Match[str], context: _Context) -> str | None:
    return day_value(_year_of(found["year"], context), _month(found["month"]), int(found["day"]))


@_rule(
    rf"(?:{_WEEKDAY} )?{_DAY} (?:of )?{_MONTH}(?: {_YEAR})?",
    rf"(?:{_WEEKDAY} )?{_MONTH} {_DAY}(?: {_YEAR})?",
    rf"{_WHICH} {_WEEKDAY} {_DAY} {_MONTH}(?: {_YEAR})?",
)
def _day_of_month(found: re.Match[str], context: _Context) -> str | None:
    month, day = _month(found["month"]), int(found["day"])
    if found["year"]:
        return day_value(int(found["year"]), month, day)
    days = [parse_day(day_value(year, month, day)) for year in _years_around(context)]
    known = [each for each in days if each]
    if found["weekday"]:  # a weekday settles the year
        known = [each for each in known if each.weekday() == _weekday(found["weekday"])] or known
    nearest = _nearest(known, context)
    return str(nearest) if nearest else None


@_rule(
    rf"{_DAY} {_MONTH} (?P<which>last|this|next) year",
    rf"{_MONTH}(?: {_DAY})? (?P<which>last|this|next) year",
)
def _month_of_year(found: re.Match[str], context: _Context) -> str | None:
    if context.anchor is None:
        return None
    year = context.anchor.year + {"last": -1, "this": 0, "next": 1}[found["which"]]
    if found["day"]:
        return day_value(year, _month(found["month"]), int(found["day"]))
    return month_value(year, _month(found["month"]))


@_rule(
    rf"{_DAY} ?(?:-|to|and|&) ?(?P<last>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}(?: {_YEAR})?",
    rf"{_MONTH} {_DAY} ?(?:-|to|and|&) ?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?(?: {_YEAR})?",
)
def _days_of_month(found: re.Match[str], context: _Context) -> str | None:
    month, first, last = _month(found["month"]), int(found["day"]), int(found["last"])
    years = [int(found["year"])] if found["year"] else _years_around(context)
    starts = [parse_day(day_value(year, month, first)) for year in years]
    known = [day for day in starts if day]
    start = known[0] if found["year"] and known else _nearest(known, context)
    end = day_value(start.year, month, last) if start else None
    return f"{start}/{end}" if end else None


@_rule(rf"{_MONTH} (?:of )?{_YEAR}", rf"{_MONTH} '(?P<year>\d\d)")
def _month_and_year(found: re.Match[str], context: _Context) -> str | None:
    return month_value(_year_of(found["year"], context), _month(found["month"]))


@_rule(rf"(?:{_WHICH} |(?P<following>following ))?{_MONTH}")
def _bare_month(found: re.Match[str], context: _Context) -> str | None:
    month, which = _month(found["month"]), found["which"]
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


@_rule(r"(\d{4})", r"'(\d\d)", r"(?:year|season) (\d{4})", r"(\d{4}) season")
def _plain_year(found: re.Match[str], context: _Context) -> str | None:
    return str(_year_of(found[1], context))


@_rule(r"(\d{4}) ?(?:-|to|/) ?(\d{4}|\d\d)")
def _years(found: re.Match[str], _: _Context) -> str | None:
    last = found[2] if len(found[2]) == 4 else found[1][:2] + found[2]
    return f"{found[1]}/{last}" if last > found[1] else None


@_rule(r"(\d{3})0'?s", r"'?(\d)0'?s")
def _decade(found: re.Match[str], context: _Context) -> str | None:
    if len(found[1]) == 3:
        return f"{found[1]}X"
    return f"{_century(int(found[1]) * 10, context.anchor) // 10}X"


@_rule(
    r"(?:fiscal|financial)(?: years?)? (\d{4})(?:[-/](\d{4}|\d\d))?",
    r"fy ?'?(\d{4}|\d\d)(?:[-/](\d{4}|\d\d))?",
    r"(?:tax|budget) year (\d{4})(?:[-/](\d{4}|\d\d))?",
    r"(\d{4})(?:[-/](\d{4}|\d\d))? (?:fiscal|financial|tax|budget) year",
)
def _fiscal(found: re.Match[str], context: _Context) -> str | None:
    year = _year_of(found[1], context)
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
_OF_YEAR = rf"(?: (?:of )?(?:{_YEAR}|(?P<which>last|this|next) year))?"


@_rule(rf"{_NTH}[ -](?P<part>quarter|half){_OF_YEAR}", rf"(?P<part>q|h)(?P<nth>[1-4])(?: (?:of )?{_YEAR})?")
def _part_of_year(found: re.Match[str], context: _Context) -> str | None:
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


@_rule(r"(?P<which>last|this|next|previous|current) quarter")
def _relative_quarter(found: re.Match[str], context: _Context) -> str | None:
    step = {"last": -1, "previous": -1, "next": 1}.get(found["which"], 0)
    return _shifted_quarter(context.anchor, step) if context.anchor else None


def _shifted_quarter(anchor: date, step: int) -> str:
    year, index = divmod(anchor.year * 4 + (anchor.month - 1) // 3 + step, 4)
    return f"{year:04d}-Q{index + 1}"


def _named_year(found: re.Match[str], context: _Context) -> int | None:
    groups = found.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if context.anchor is None:
        return None
    return context.anchor.year + {"last": -1, "next": 1}.get(groups.get("which") or "", 0)


_SEASON = "(?P<season>" + "|".join(_SEASONS) + ")"


@_rule(
    rf"{_SEASON}(?: of)? (?P<year>\d{{4}})(?:[-/](?:\d{{4}}|\d\d))?", rf"{_SEASON}(?: of)? '(?P<year>\d\d)"
)
def _season_of_year(found: re.Match[str], context: _Context) -> str | None:
    return f"{_year_of(found['year'], context)}-{_SEASONS[found['season']]}"


@_rule(rf"that {_SEASON}")
def _leaning_season(found: re.Match[str], context: _Context) -> str | None:
    return f"{context.previous.year}-{_SEASONS[found['season']]}" if context.previous else None


@_rule(rf"(?:{_WHICH} )?{_SEASON}")
def _bare_season(found: re.Match[str], context: _Context) -> str | None:
    if context.anchor is None:
        return None
    season = _SEASONS[found["season"]]
    year, now, ends = context.anchor.year, context.anchor.month, _SEASON_ENDS[season]
    if found["which"] in ("last", "past", "previous"):  # the one that was over last
        back = 0 if now > ends else 1
        return f"{year - (back if season != 'WI' else 1 if now > ends - 12 else 2)}-{season}"
    if found["which"] in ("next", "coming"):
        return f"{year + (now >= ends - 2)}-{season}"
    running_winter = season == "WI" and now <= ends - 12
    return f"{year - running_winter}-{season}"


_FIXED = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "overnight": 0, "now": 0, "yesterday": -1, "last night": -1, "last evening": -1,
    "yesterday morning": -1, "yesterday afternoon": -1, "yesterday evening": -1,
    "day before yesterday": -2, "tomorrow": 1, "tomorrow morning": 1, "tomorrow night": 1,
    "tomorrow evening": 1, "tomorrow afternoon": 1, "day after tomorrow": 2,
}  # fmt: skip


@_rule("|".join(_FIXED))
def _fixed(found: re.Match[str], context: _Context) -> str | None:
    return str(context.anchor + timedelta(days=_FIXED[found[0]])) if context.anchor else None


@_rule(rf"{_WHICH} (?:calendar )?{_UNIT}", r"(?P<unit>week)")
def _relative_unit(found: re.Match[str], context: _Context) -> str | None:
    which = found.groupdict().get("which") or "this"
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    return _shifted(context.anchor, step, found["unit"]) if context.anchor else None


@_rule(r"(?P<unit>day|month|year)")
def _bare_unit(found: re.Match[str], context: _Context) -> str | None:
    return _shifted(context.anchor, 0, found["unit"]) if context.anchor else None


@_rule(
    rf"(?:about |around |almost |nearly |some )?{_COUNT} {_UNIT}s? "
    r"(?P<way>ago|earlier|before|later|from now|after)"
)
def _counted(found: re.Match[str], context: _Context) -> str | None:
    way = found["way"]
    leaning = context.previous_day if found["unit"] in ("day", "week") else context.previous
    base = context.anchor if way in ("ago", "from now") else leaning
    step = _count(found["count"]) * (1 if way in ("later", "from now", "after") else -1)
    return _shifted(base, step, found["unit"]) if base else None


@_rule(rf"(?P<way>following|next|previous|that|same|preceding) {_UNIT}", rf"{_UNIT} (?P<way>before|after)")
def _leaning_unit(found: re.Match[str], context: _Context) -> str | None:
    step = {"that": 0, "same": 0, "previous": -1, "preceding": -1, "before": -1}.get(found["way"], 1)
    base = context.previous_day if found["unit"] in ("day", "week") else context.previous
    return _shifted(base, step, found["unit"]) if base else None


@_rule(r"(?P<way>that|same|previous|following|next) (?:night|morning|afternoon|evening)")
def _leaning_night(found: re.Match[str], context: _Context) -> str | None:
    step = {"previous": -1, "following": 1, "next": 1}.get(found["way"], 0)
    return _shifted(context.previous_day, step, "day") if context.previous_day else None


def _shifted(base: date, step: int, unit: str) -> str | None:
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


@_rule(rf"(?:{_WHICH} )?weekend")
def _weekend(found: re.Match[str], context: _Context) -> str | None:
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


@_rule(
    rf"(?:{_WHICH} )?{_WEEKDAY}{_PART}",
    rf"(?P<following>following) {_WEEKDAY}",
    rf"{_WEEKDAY} (?P<tail>week|last|next|coming)",
)
def _bare_weekday(found: re.Match[str], context: _Context) -> str | None:
    groups = found.groupdict()
    weekday, which = _weekday(found["weekday"]), groups.get("which") or groups.get("tail")
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


@_rule(*(rf"(?:{_WHICH} |{_WEEKDAY} )?(?P<holiday>{words})(?: (?:of |in )?{_YEAR})?" for words in HOLIDAYS))
def _holiday(found: re.Match[str], context: _Context) -> str | None:
    words = next(words for words in HOLIDAYS if re.fullmatch(words, found["holiday"]))
    day_of = HOLIDAYS[words]
    if found["year"]:
        return str(day_of(int(found["year"])))
    if context.anchor is None:
        return None
    days = [day_of(year) for year in _years_around(context)]
    if found["which"] in ("last", "past", "previous"):
        return str(max(day for day in days if day < context.anchor))
    nearest = _nearest(days, context)
    return str(nearest) if nearest else None


@_rule(r"(?P<unit>day|week|night) (?P<way>before|after) (?P<rest>.+)", r"(?P<unit>eve) of (?P<rest>.+)")
def _beside(found: re.Match[str], context: _Context) -> str | None:
    """`the day after Christmas`: one step from a day that the rest names."""
    moment = _match(re.sub(r"^the ", "", found["rest"]), None, context)
    base = parse_day(moment.value) if moment else None
    step = 1 if found.groupdict().get("way") == "after" else -1
    return _shifted(base, step, "week" if found["unit"] == "week" else "day") if base else None


@_rule(r"(?P<rest>.+) weekend")
def _weekend_of(found: re.Match[str], context: _Context) -> str | None:
    moment = _match(found["rest"], None, context)
    day = parse_day(moment.value) if moment else None
    return week_value(day, weekend=True) if day else None
