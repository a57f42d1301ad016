"""Calendar expressions in English text, by their grammar.

The guidelines' DATE is a closed class of words, so a grammar finds it where a small model
takes ages and durations for dates and misses `19Mar18` or `last night`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from annotator.domain.words import Place
from annotator.lexicons import terms

_LONG_MONTHS = "January February March April May June July August September October November December".split()
_MONTHS = [*_LONG_MONTHS, *"Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split()]
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_AMBIGUOUS = frozenset("may march april june august jan mar sat sun".split())
"""Months and days that are also verbs, nouns or first names: alone they need a word before."""
_BEFORE_MONTH = frozenset(
    "in last next this that since by until till from to and or before after during through between "
    "of early late mid every for around about throughout".split()
)


def _either(words: Iterable[str]) -> str:
    found = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return "(?:" + found.replace(r"\ ", " ").replace("'", "['’]") + ")"


def _upper_too(words: list[str]) -> str:
    return _either([*words, *(word.upper() for word in words)])


_MONTH = rf"{_upper_too(_MONTHS)}\b(?:\.(?= ?\d))?"
_DAY = rf"(?:{_upper_too(_DAYS)}\b|(?:Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun)\b\.?(?=,? (?:\d|{_MONTH})))"
_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DASH = r"(?: ?[-–—/] ?)"
_YEAR = r"(?:1[6-9]|20)\d\d"
# What is counted is no year: `2000 workers`, `a 1600-seat hall`, `1,900`, `1700.50`.
_YEAR_END = (
    r"(?![\d%]|[.,:]\d|-(?:page|seat|metre|meter|bed|word|acre|mile|strong|square)"
    r"| (?:people|men|women|residents|workers|employees|members|times|euros|dollars|pounds|miles"
    r"|met(?:er|re)s|kilomet(?:er|re)s|feet|tonnes|tons|jobs|homes|votes|shares|copies|words|pages|patients|students|pupils)\b)"
)
_YEARS = rf"(?<![\d$£€¥#№.,:]){_YEAR}(?:[-–—/](?:{_YEAR}|\d\d)(?!\d))?{_YEAR_END}"
_UNIT = r"(?:day|week|weekend|fortnight|month|quarter|term|season|year|decade|century)"
_SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_COUNT = (
    r"(?i:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|a few|a couple of|several|some|many)"
)
_WHICH = r"(?:[Ll]ast|[Nn]ext|[Tt]his|[Tt]hat(?: same)?|[Tt]he (?:previous|following|next|same|preceding))"
_OF_WHICH = r"(?:of )?(?:last|this|next|that|the same|the following) (?:week|month|year)"
_AFTER_SEASON = "when|after|before|and|but|while|as|at|that|he|she|they|it|with|by|or|if|was|is|were"
_PART = (
    r"(?:(?:(?:[Tt]he )?(?:very )?(?:[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle|[Cc]lose|[Tt]urn|[Hh]eight) of"
    r"|(?:[Tt]he )?(?:first|second|third|fourth|last|final) (?:half|quarter|week|weeks|days|months) of"
    r"|[Ee]arly(?: in| on)?|[Ll]ate(?: in| on)?|[Ee]arlier(?: in| on)?|[Ll]ater(?: in| on)?) |[Mm]id(?: |-))"
)


def _cores() -> Iterator[tuple[str, str]]:
    """The kinds of expression, each without what may stand before it, and the words (or parts of
    them) one of which it has; none named where any text may have it."""
    day_month = rf"{_NUMBER}(?:(?:{_DASH}| and | or | to ){_NUMBER})?(?: of)? {_MONTH}(?:,? {_YEARS})?"
    month_day = (
        rf"{_MONTH} {_NUMBER}(?![\d:]|[.,]\d)(?:{_DASH}(?:{_MONTH} )?{_NUMBER}(?!\d))?(?:,? {_YEARS})?"
    )
    numeric = (
        rf"(?:{_YEAR}-\d\d-\d\d|{_YEAR}/\d\d?/\d\d?|\d\d?[./]\d\d?[./](?:{_YEAR}|\d\d)|\d\d?-\d\d?-{_YEAR}"
        rf"|{_NUMBER}{_upper_too(_MONTHS)}(?:{_YEAR}|\d\d))(?![\d/-])"
    )
    full = rf"(?:{numeric}|{day_month}|{month_day}|{_MONTH},?(?: of)? {_YEARS})"
    which = rf"(?:{_WHICH} )?"
    name = rf"(?<!Father ){_either(terms('holidays'))}(?: (?:[Ee]ve|[Dd]ay|weekend))?"
    holiday = rf"{name}(?:,? (?:of )?(?:{_YEARS}|{_OF_WHICH}))?"
    yield rf"(?:{which}{_DAY},? (?:the )?)?{full}(?: {_OF_WHICH})?", ""
    yield (
        rf"{which}{_DAY}(?: (?:the )?{_NUMBER}(?![.:]?\d)| {_OF_WHICH}| week| last)?",
        "day DAY Mon Tue Wed Thu Fri Sat Sun",
    )
    yield rf"{which}{_MONTH}(?!-[a-z])(?: {_OF_WHICH})?(?! \d)", ""
    named = " ".join(sorted({re.split("[' ]", name)[0] for name in terms("holidays")}))
    yield rf"(?:{_DAY},? )?(?:the day (?:after|before) )?(?:{which}){holiday}", named
    yield rf"the day (?:after|before) {which}(?:{_DAY}|{full})", "after before"
    yield (
        rf"(?:(?:the )?(?:financial|fiscal|tax|academic|school) years? |fiscal |FY ?|the year )?{_YEARS}",
        "",
    )
    yield rf"(?:the )?{_YEARS} (?:financial|fiscal|tax|academic|school) year", "year"
    yield rf"FY ?\d\d(?:{_DASH}\d\d)?", "FY"
    yield r"(?:the )?(?:(?:early|late|mid)(?: |-))?(?:(?:1[6-9]|20)\d0['’]?s|['’‘]\d0s)", "0s 0's 0’s"
    yield r"the (?:(?:early|late|mid)(?: |-))?(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies", "ties"
    yield rf"[QH][1-4](?:(?: of)? {_YEARS})?", "Q1 Q2 Q3 Q4 H1 H2 H3 H4"
    year = rf"(?:{_YEARS}|{_WHICH} year|the year)"
    yield rf"(?:the )?(?:first|second|third|fourth)(?: |-)quarter(?: of {year})?", "quarter"
    seasons = "pring ummer utumn fall Fall inter"
    yield rf"(?:the )?{_SEASON} (?:of )?(?:{_YEARS}|['’‘]\d\d|{_OF_WHICH})", seasons
    preposition = "|".join(rf"(?<={word} )" for word in ("in", "to", "by", "until", "since"))
    yield rf"(?:the |{preposition}){_SEASON}(?=[.,;)]|\n| (?:{_AFTER_SEASON})\b)", seasons
    yield r"(?:(?<=in )|(?<=of )|(?<=since ))['’‘]\d\d", ""
    yield (
        r"(?:(?<=on )|(?<=to )|(?<=by )|(?<=dated )|(?<=until )|(?<=since ))(?:0?\d|1[0-2])/[0-3]?\d(?!/)",
        "/",
    )
    yield rf"{_WHICH} (?:{_UNIT}|{_SEASON})(?! of)", ""
    yield r"the weekend(?! of)|the (?:day|week|month|year) before(?=[.,;])", "weekend before"
    yield r"(?:[Ll]ast|[Tt]hat|[Tt]he (?:previous|next|following|same)) night", "night"
    yield (
        r"(?:[Tt]his|[Tt]hat|[Tt]he (?:previous|next|following|same)) (?:morning|afternoon|evening)",
        "morning afternoon evening",
    )
    span = rf"{_COUNT}(?: and a half)? {_UNIT}s?(?: and {_COUNT} {_UNIT}s?)?"
    yield rf"{span} (?:ago|earlier|later|before(?=[.,;]))", "ago earlier later before"
    yield r"(?:[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|TODAY|YESTERDAY)", "day morrow night DAY"


@cache
def _grammar() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    known = [(rf"(?:{_PART})?(?:{core})(?![\w%])", tuple(words.split())) for core, words in _cores()]
    known.append((rf"{_PART}the (?:week|weekend|month|year|decade|century)(?! of)(?!\w)", ()))
    # A space of the grammar is any that does not end a line.
    return tuple(
        (re.compile(r"(?<![\w-])" + kind.replace(" ", "[ \u00a0\u2009\u202f]")), words)
        for kind, words in known
    )


def find(text: str) -> list[Place]:
    """Places of all calendar expressions, in order, none overlapping another."""
    # To look for a word is ten times quicker than for a pattern.
    possible = [pattern for pattern, words in _grammar() if not words or any(word in text for word in words)]
    places = {match.span() for pattern in possible for match in pattern.finditer(text)}
    found: list[Place] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if (not found or start >= found[-1][1]) and _is_calendar(text, start, end):
            found.append((start, end))
    return found


def _is_calendar(text: str, start: int, end: int) -> bool:
    before = re.search(r"(\w+)\s$", text[max(0, start - 20) : start])
    word = before[1].lower() if before else ""
    if word in ("every", "each"):  # a frequency
        return False
    bare = text[start:end].rstrip(".").lower()
    return bare not in _AMBIGUOUS or (word in _BEFORE_MONTH and not text[end + 1 : end + 2].isupper())
