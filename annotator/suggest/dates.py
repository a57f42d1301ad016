"""Calendar expressions in English text, by their grammar.

The guidelines' DATE is a closed class of words, so a grammar finds it where a small model
takes ages and durations for dates and misses `19Mar18` or `last night`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from annotator.domain.words import Place
from annotator.lexicons import terms
from annotator.suggest.wording import first_words, words_at

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


def _in_any_case(words: str) -> frozenset[str]:
    return frozenset(
        form for word in words.split() for form in (word, word.lower(), word.capitalize(), word.upper())
    )


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
_ARTICLE = (
    r"[Tt]he (?:['’‘\d]|previous|following|next|same|preceding|day|week|month|year|quarter"
    r"|financial|fiscal|tax|academic|school|early|late|mid|first|second|third|fourth|last|final"
    r"|very|[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle|[Cc]lose|[Tt]urn|[Hh]eight"
    rf"|{_SEASON}|twent|thirt|fort|fift|sixt|sevent|eight|ninet)"
)
_DIGITS = "0"
"""Stands among the words of an opening for whatever begins with a digit."""
_BY_WHICH = "last next this that the"
_BY_MONTH = " ".join(_MONTHS)
_BY_DAY = " ".join((*_DAYS, "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun"))
_BY_COUNT = (
    "0 a an one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty several some many"
)
_BY_PART = _in_any_case(
    "the very end beginning start middle close turn height first second third fourth last final early late "
    "earlier later mid"
)


Core = tuple[str, str]
"""A kind of expression without what may stand before it, and the words (in any case) of which one
begins it."""


def _days() -> Iterator[Core]:
    """Days, months and holidays by name or number."""
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
    yield (
        rf"(?:{which}{_DAY},? (?:the )?)?{full}(?: {_OF_WHICH})?",
        f"{_DIGITS} {_BY_WHICH} {_BY_DAY} {_BY_MONTH}",
    )
    yield (
        rf"{which}{_DAY}(?: (?:the )?{_NUMBER}(?![.:]?\d)| {_OF_WHICH}| week| last)?",
        f"{_BY_WHICH} {_BY_DAY}",
    )
    yield rf"{which}{_MONTH}(?!-[a-z])(?: {_OF_WHICH})?(?! \d)", f"{_BY_WHICH} {_BY_MONTH}"
    named = " ".join(sorted(first_words(terms("holidays"))))
    yield (
        rf"(?:{_DAY},? )?(?:the day (?:after|before) )?(?:{which}){holiday}",
        f"{named} {_BY_WHICH} {_BY_DAY}",
    )
    yield rf"the day (?:after|before) {which}(?:{_DAY}|{full})", "the"
    yield (
        r"(?:(?<=on )|(?<=to )|(?<=by )|(?<=dated )|(?<=until )|(?<=since ))(?:0?\d|1[0-2])/[0-3]?\d(?!/)",
        _DIGITS,
    )


def _periods() -> Iterator[Core]:
    """Years, decades, quarters, seasons."""
    yield (
        rf"(?:(?:the )?(?:financial|fiscal|tax|academic|school) years? |fiscal |FY ?|the year )?{_YEARS}",
        f"{_DIGITS} the financial fiscal tax academic school FY",
    )
    yield rf"(?:the )?{_YEARS} (?:financial|fiscal|tax|academic|school) year", f"{_DIGITS} the"
    yield rf"FY ?\d\d(?:{_DASH}\d\d)?", "FY"
    yield (
        r"(?:the )?(?:(?:early|late|mid)(?: |-))?(?:(?:1[6-9]|20)\d0['’]?s|['’‘]\d0s)",
        f"{_DIGITS} the early late mid ' ’ ‘",
    )
    yield r"the (?:(?:early|late|mid)(?: |-))?(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies", "the"
    yield rf"[QH][1-4](?:(?: of)? {_YEARS})?", "Q H"
    year = rf"(?:{_YEARS}|{_WHICH} year|the year)"
    yield (
        rf"(?:the )?(?:first|second|third|fourth)(?: |-)quarter(?: of {year})?",
        "the first second third fourth",
    )
    seasons = "the spring summer autumn fall winter"
    yield rf"(?:the )?{_SEASON} (?:of )?(?:{_YEARS}|['’‘]\d\d|{_OF_WHICH})", seasons
    preposition = "|".join(rf"(?<={word} )" for word in ("in", "to", "by", "until", "since"))
    yield rf"(?:the |{preposition}){_SEASON}(?=[.,;)]|\n| (?:{_AFTER_SEASON})\b)", seasons
    yield r"(?:(?<=in )|(?<=of )|(?<=since ))['’‘]\d\d", "' ’ ‘"


def _relative() -> Iterator[Core]:
    """What is told from the day of the article, or from another."""
    yield rf"{_WHICH} (?:{_UNIT}|{_SEASON})(?! of)", _BY_WHICH
    yield r"the weekend(?! of)|the (?:day|week|month|year) before(?=[.,;])", "the"
    yield r"(?:[Ll]ast|[Tt]hat|[Tt]he (?:previous|next|following|same)) night", "last that the"
    yield (
        r"(?:[Tt]his|[Tt]hat|[Tt]he (?:previous|next|following|same)) (?:morning|afternoon|evening)",
        "this that the",
    )
    span = rf"{_COUNT}(?: and a half)? {_UNIT}s?(?: and {_COUNT} {_UNIT}s?)?"
    yield rf"{span} (?:ago|earlier|later|before(?=[.,;]))", _BY_COUNT
    yield (
        r"(?:[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|TODAY|YESTERDAY)",
        "today yesterday tomorrow tonight",
    )


class _Grammar(NamedTuple):
    """The patterns, and which of them may begin with a word, by their numbers."""

    kinds: tuple[re.Pattern[str], ...]
    openings: Mapping[str, Sequence[int]]
    part: re.Pattern[str]
    """What may stand before any of them."""
    article: re.Pattern[str]
    """`the`, which is everywhere, where something of a date follows it."""


@cache
def _grammar() -> _Grammar:
    cores = [
        *_days(),
        *_periods(),
        *_relative(),
        (r"the (?:week|weekend|month|year|decade|century)(?! of)(?!\w)", ""),
    ]
    kinds = [rf"(?:{_PART})?(?:{core})(?![\w%])" for core, _ in cores[:-1]] + [_PART + cores[-1][0]]
    openings = defaultdict[str, list[int]](list, {word: [] for word in _BY_PART})
    for number, (_, words) in enumerate(cores):
        for word in _in_any_case(words):
            openings[word].append(number)
    # A space of the grammar is any that does not end a line.
    *compiled, part, article = (
        re.compile(r"(?<![\w-])" + kind.replace(" ", "[ \u00a0\u2009\u202f]"))
        for kind in (*kinds, _PART, _ARTICLE)
    )
    return _Grammar(tuple(compiled), openings, part, article)


def find(text: str) -> list[Place]:
    """Places of all calendar expressions, in order, none overlapping another."""
    found: list[Place] = []
    for start, end in sorted(_possible(text), key=lambda place: (place[0], -place[1])):
        if (not found or start >= found[-1][1]) and _is_calendar(text, start, end):
            found.append((start, end))
    return found


def _possible(text: str) -> set[Place]:
    """What `finditer` finds of each pattern, tried only where a word stands that may begin it: ten
    times as quick."""
    kinds = _grammar().kinds
    found = set[Place]()
    behind = [0] * len(kinds)
    for start, numbers in sorted(_starts(text), key=itemgetter(0)):
        for number in numbers:
            match = kinds[number].match(text, start) if start >= behind[number] else None
            if match is not None:
                found.add(match.span())
                behind[number] = match.end()
    return found


def _starts(text: str) -> Iterator[tuple[int, Sequence[int]]]:
    """Places where a word stands that may begin a pattern, and the numbers of these."""
    kinds, openings, part, article = _grammar()
    for word, places in words_at(text).items():
        numbers = openings.get(word) or openings.get(_kind(word), ())
        if word in _BY_PART:
            for start in places:
                if word.lower() != "the" or article.match(text, start):
                    yield start, range(len(kinds)) if part.match(text, start) else numbers
        elif numbers:
            yield from ((start, numbers) for start in places)


def _kind(word: str) -> str:
    """What stands in the openings for `2015`, `FY2015`, `Q1`."""
    return _DIGITS if word[0].isdecimal() else word.rstrip("0123456789")


def _is_calendar(text: str, start: int, end: int) -> bool:
    before = re.search(r"(\w+)\s$", text[max(0, start - 20) : start])
    word = before[1].lower() if before else ""
    if word in ("every", "each"):  # a frequency
        return False
    bare = text[start:end].rstrip(".").lower()
    return bare not in _AMBIGUOUS or (word in _BEFORE_MONTH and not text[end + 1 : end + 2].isupper())
