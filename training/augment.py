"""Other names, firms and dates in the same article, so that none of them is learned by heart."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from annotator.lexicons import terms
from annotator.suggest.wording import is_title
from training.mark import Span
from training.records import Gold

LOCALES: Final = (
    "en_US en_GB en_AU en_IE en_IN fr_FR de_DE it_IT es_ES es_MX pt_BR nl_NL pl_PL cs_CZ sv_SE no_NO da_DK fi_FI "
    "tr_TR ro_RO hu_HU hr_HR id_ID fil_PH en_NG"
).split()
EACH: Final = 150
PEOPLE, FIRMS, SWAPPED, CAPITALS, DATES, REWRITTEN = 0.8, 0.6, 0.25, 0.1, 0.6, 0.15
"""How often an article gets other people, firms, an ORG of another article; dates likewise, each."""

_PROPER = re.compile(r"[^\W\d_][\w'’-]+")
_SUFFIXES = ("Jr", "Sr", "II", "III", "IV")
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_LONG = re.compile(
    rf"(?:(?P<day>[0-3]?\d) (?P<month>{'|'.join(_MONTHS)})|(?P<month2>{'|'.join(_MONTHS)}) (?P<day2>[0-3]?\d),?) "
    r"(?P<year>(?:19|20)\d\d)"
)


@dataclass(frozen=True)
class Names:
    """Given names and surnames by locale, and the names of towns."""

    given: dict[str, list[str]]
    last: dict[str, list[str]]
    towns: list[str]

    @classmethod
    def made(cls, seed: int) -> Names:
        """Drawn from the lists of Faker, the same for the same seed and version of it."""
        from faker import Faker

        given, last, towns = {}, {}, []
        for locale in LOCALES:
            faker = Faker(locale)
            faker.seed_instance(seed)
            given[locale] = _proper(faker.first_name() for _ in range(EACH))
            last[locale] = _proper(faker.last_name() for _ in range(EACH))
            towns += _proper(faker.city() for _ in range(EACH // 5))
        return cls(given, last, towns)


def _proper(names: Iterable[str]) -> list[str]:
    return [name for name in names if _PROPER.fullmatch(name) and name[0].isupper()]


def common_words(articles: Sequence[Gold]) -> frozenset[str]:
    """Words that stand in organisations of several articles: what kind it is, not which."""
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update({word for name in _names(article, "ORG") for word in name.split()})
    return frozenset(word for word, count in counts.items() if count > 2) | terms("org_heads")


def _names(article: Gold, label: str) -> list[str]:
    return [article.text[span.start : span.end] for span in article.spans if span.label == label]


class Augmenter:
    """Rewrites articles; the same one twice in different ways."""

    def __init__(self, names: Names, articles: Sequence[Gold], chance: random.Random) -> None:
        self._names = names
        self._common = common_words(articles)
        self._firms = sorted({name for article in articles for name in _names(article, "ORG")})
        self._chance = chance

    def __call__(self, article: Gold) -> Gold:
        """The article with its spans, in other words."""
        words = _Words(self._names, self._common, self._chance, _given(article))
        odds = self._chance.random
        rewrite: dict[str, Callable[[str], str]] = {}
        if odds() < PEOPLE:
            rewrite["PERSON"] = words.person
        if odds() < FIRMS:
            swapped: dict[str, str] = {}
            for name in sorted(set(_names(article, "ORG"))):
                new = self._chance.choice(self._firms) if odds() < SWAPPED else words.firm(name)
                swapped[name] = new
            rewrite["ORG"] = swapped.__getitem__
        rewrite["DATE"] = self._dates()
        changed = _rewritten(article, rewrite)
        return _shouting(changed) if odds() < CAPITALS else changed

    def _dates(self) -> Callable[[str], str]:
        chance = self._chance
        days = dict(zip(_WEEKDAYS, chance.sample(_WEEKDAYS, 7), strict=True))

        def other(date: str) -> str:
            date = re.sub("|".join(_WEEKDAYS), lambda found: days[found[0]], date)
            if chance.random() < REWRITTEN:
                date = _LONG.sub(lambda found: _written(found, chance), date)
            if chance.random() < DATES:
                date = re.sub(rf"\b(?:{'|'.join(_MONTHS)})\b", lambda _: chance.choice(_MONTHS), date)
                date = re.sub(r"\b(?:19|20)\d\d\b", lambda _: str(chance.randint(1975, 2026)), date)
            return date

        return other


def _written(found: re.Match[str], chance: random.Random) -> str:
    """The same day as agencies, lists and other countries write it."""
    day, month = found["day"] or found["day2"], found["month"] or found["month2"]
    number, year = _MONTHS.index(month) + 1, found["year"]
    return chance.choice(
        (
            f"{day} {month} {year}",
            f"{month} {day}, {year}",
            f"{int(day):02}{month[:3]}{year[2:]}",
            f"{int(day):02}/{number:02}/{year}",
            f"{year}-{number:02}-{int(day):02}",
            f"{day}.{number}.{year}",
            f"{month[:3]}. {day}, {year}",
            f"{day}th {month} {year}",
        )
    )


class _Words:
    """Which word stands for which in one article."""

    def __init__(self, names: Names, common: frozenset[str], chance: random.Random, given: set[str]) -> None:
        self._names = names
        self._common = common
        self._chance = chance
        self._given = given
        self._new: dict[str, str] = {}
        self._locales = chance.sample(LOCALES, 3)

    def person(self, name: str) -> str:
        words = name.split(" ")
        return " ".join(
            word if self._stays(word) else self._other(word, given=word in self._given or at < len(words) - 1)
            for at, word in enumerate(words)
        )

    def firm(self, name: str) -> str:
        """Another name for the same kind of thing: its common words stay."""
        return " ".join(
            word
            if self._stays(word) or word in self._common or not word[0].isupper() or is_title(word)
            else self._acronym(word)
            if word.isupper()
            else self._other(word, given=False, town=self._chance.random() < 0.4)
            for word in name.split(" ")
        )

    @staticmethod
    def _stays(word: str) -> bool:
        return not _PROPER.fullmatch(word) or word in _SUFFIXES or word in terms("particles")

    def _acronym(self, word: str) -> str:
        if word not in self._new:
            self._new[word] = "".join(self._chance.choice("ABCDEFGHILMNOPRSTUW") for _ in word)
        return self._new[word]

    def _other(self, word: str, *, given: bool, town: bool = False) -> str:
        key = word.capitalize() if word.isupper() else word
        if key not in self._new:
            locale = self._chance.choice(self._locales)
            pool = self._names.given[locale] if given else self._names.last[locale]
            self._new[key] = self._chance.choice(self._names.towns if town else pool)
        new = self._new[key]
        return new.upper() if word.isupper() and len(word) > 2 else new


def _given(article: Gold) -> set[str]:
    """Given names, as far as they stand before a surname somewhere in the article."""
    names = (name.split() for name in _names(article, "PERSON"))
    return {words[0] for words in names if len(words) > 1}


def _rewritten(article: Gold, rewrite: dict[str, Callable[[str], str]]) -> Gold:
    """The article with names exchanged and its spans moved along."""
    named = [span for span in article.spans if span.label in ("PERSON", "ORG", "DATE")]
    pieces: list[str] = []
    moved: list[tuple[int, int, int]] = []  # start, end, how much longer the text has become
    last = 0
    for span in sorted(named, key=lambda span: (span.start, -span.end)):
        if span.start < last or span.label not in rewrite:
            continue  # inside the one before it
        old = article.text[span.start : span.end]
        new = rewrite[span.label](old)
        pieces += (article.text[last : span.start], new)
        moved.append((span.start, span.end, len(new) - len(old)))
        last = span.end
    text = "".join(pieces) + article.text[last:]
    places = [
        tuple(Span(_at(moved, one.start, 0), _at(moved, one.end, 1), one.label) for one in spans)
        for spans in (article.spans, article.optional)
    ]
    return Gold(article.name, text, *places)


def _at(moved: Sequence[tuple[int, int, int]], place: int, side: int) -> int:
    """Where a place of the old text is in the new one; inside a name, the name's start or end."""
    by = 0
    for start, end, longer in moved:
        if end <= place:
            by += longer
        elif start < place:
            return (end + longer if side else start) + by
        else:
            break
    return place + by


def _shouting(article: Gold) -> Gold:
    """The first line in capitals, as headlines are; only where that keeps every place."""
    line, newline, rest = article.text.partition("\n")
    return replace(article, text=line.upper() + newline + rest) if len(line.upper()) == len(line) else article
