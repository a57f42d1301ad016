"""Who of several people with one name is meant: by title, office, age, he or she, and what each was called."""

from __future__ import annotations

import re
from bisect import insort
from collections import defaultdict
from itertools import takewhile
from typing import Final

from annotator.link import around
from annotator.link.clusters import Cluster, Words
from annotator.link.forms import SURNAME, Fit, given_gender, halves, is_given_name, lookups
from annotator.link.standing import is_byline, role_words

Fitting = list[tuple[Cluster, Fit]]

_AGES: Final = {
    "sr": around.ELDER,
    "jr": around.YOUNGER,
    "ii": around.YOUNGER,
    "iii": around.YOUNGER,
    "iv": around.YOUNGER,
}
_PART = 0.8
"""Up to here a word is no surname and no first name."""
_CROWNED: Final = frozenset("pope king queen emperor".split())
"""Behind these stands neither a surname nor the first name of somebody else."""
_BEGINS: Final = re.compile(r"(?:^|[.!?][”’\"']? |\n)(?:[“\"‘']|(?:[A-Z]\w*\.? ){0,2})$")
_WORDS: Final = re.compile(r"[\w’'-]+\.? ")


class Meant:
    """What one article says of its people."""

    def __init__(self) -> None:
        self._ages: dict[int, str] = {}
        self._spouses: dict[int, str] = {}
        self._years: dict[int, int] = {}
        self._offices: dict[int, frozenset[str]] = defaultdict(frozenset)
        self._called: dict[tuple[str, bool], Cluster] = {}
        self._writers: set[int] = set()
        self._topics: dict[int, list[int]] = defaultdict(list)
        self._pronouns: dict[int, list[str]] = defaultdict(list)
        self._fully: dict[int, list[int]] = defaultdict(list)

    def hear(self, person: Cluster, place: int, before: str, after: str) -> None:
        """Take in what stands around a mention of somebody."""
        if is_byline(before):
            self._writers.add(id(person))
        if _BEGINS.search(before):
            self._topics[id(person)].append(place)
        one = id(person)
        spouse = around.spouse_gender(before)
        if spouse is not None:
            self._spouses[one] = spouse
        age = around.kin_age(before) or around.kin_age_behind(after)
        if age is not None:
            self._ages[one] = age
        years = around.years(after)
        if years is not None:
            self._years.setdefault(one, years)
        self._offices[one] |= _offices(before)

    def gender(self, person: Cluster, pronoun: str | None) -> str | None:
        """He or she by most of the pronouns behind the name so far."""
        if pronoun is not None:
            self._pronouns[id(person)].append(pronoun)
        said = self._pronouns[id(person)]
        return max(said, key=said.count, default=None)

    def is_one(
        self, person: Cluster, words: Words, generation: str | None, place: int, *, is_kin: bool
    ) -> bool:
        """Whether a full name at a place is a form of somebody's: not where one comes as the other's son or father."""
        was_kin = id(person) in self._ages
        if person.generation != generation:
            return agree(person.generation, generation) and not (is_kin or was_kin)
        comes_later = person.places[0] > place
        return person.words == words or not (was_kin if comes_later else is_kin)

    def is_spouse(self, person: Cluster, gender: str | None) -> bool:
        """Whether a man or a woman is said to be the husband or wife of somebody else."""
        return gender is not None and self._spouses.get(id(person)) == gender

    def name(self, person: Cluster, place: int) -> None:
        """Remember that somebody is named in full: whose full name comes again and again is not called by its last word."""
        insort(self._fully[id(person)], place)

    def call(self, person: Cluster, words: Words, *, with_title: bool) -> None:
        """Remember by which word the article speaks of somebody, and whether with `Mr` or `Mrs`."""
        person.call(words)
        self._called[words[0], with_title] = person

    def allowed(self, fitting: Fitting, before: str, generation: str | None) -> Fitting:
        """Those whom `Mrs`, `the elder`, `Jr.` or the office before a name does not rule out."""
        title, age = around.title_gender(before), around.age(before) or _AGES.get(generation or "")
        fitting = [one for one in fitting if agree(one[0].title or given_gender(one[0].words), title)]
        if age is not None:
            fitting = self._aged(fitting, age)
        offices = _offices(before)
        if not offices.isdisjoint(_CROWNED):
            fitting = [one for one in fitting if offices & self._offices[id(one[0])]]
        return [one for one in fitting if not self._offices[id(one[0])].isdisjoint(offices)] or fitting

    def _aged(self, fitting: Fitting, age: str) -> Fitting:
        ages = [self._ages.get(id(person), _AGES.get(person.generation or "")) for person, _ in fitting]
        years = [self._years.get(id(person)) for person, _ in fitting]
        known = [one for one in years if one is not None]
        if not any(ages) and len(known) == len(years) == 2 and known[0] != known[1]:
            wanted = max(known) if age == around.ELDER else min(known)
            return [one for one, old in zip(fitting, years, strict=True) if old == wanted]
        aged = [one for one, known in zip(fitting, ages, strict=True) if known == age]
        open_ = [one for one, known in zip(fitting, ages, strict=True) if known is None]
        return aged or (open_ if len(fitting) > 1 else [])

    def best(
        self, fitting: Fitting, word: str, place: int, gender: str | None, *, with_title: bool
    ) -> tuple[Cluster, Fit]:
        """Who was named before, he or she, who was called so last, and not by another word."""
        called = self._called.get((word, with_title), self._called.get((word, False)))

        def order(one: tuple[Cluster, Fit]) -> tuple[float, ...]:
            person, (score, code) = one
            return (
                id(person) not in self._writers,
                score > _PART and word not in halves(person.name),
                person.last_before(place) >= 0,
                agree(person.gender, gender),
                None is not person.gender == gender,
                person is called,
                not any(_is_surname_of(person, one) for (one,) in person.also),
                code == SURNAME or not is_given_name(word),
                -sum(one < place for one in self._fully[id(person)][1:]),
                self._topic(person, place),
                -person.places[0],
            )

        return max(fitting, key=order)

    def _topic(self, person: Cluster, place: int) -> int:
        """Where somebody last stood at the beginning of a sentence before a place."""
        topics = self._topics[id(person)]
        return max((one for one in topics if one < place), default=-1)


def agree(one: str | None, other: str | None) -> bool:
    """Whether two facts, of which each may be unknown, are no contradiction."""
    return one is None or other is None or one == other


def _is_surname_of(person: Cluster, word: str) -> bool:
    """Whether a word under which somebody goes is no first name: `Garcia` of `Maria Garcia Lopez`."""
    return word in person.words[1:] and person.words[0] not in lookups(word)


def _offices(before: str) -> frozenset[str]:
    """The words right before a name that stand for an office or a trade: `Det. Sgt.`, `former mayor`."""
    found = [word.casefold().rstrip(". ") for word in _WORDS.findall(before)]
    offices = takewhile(role_words().__contains__, reversed(found if before.endswith(" ") else []))
    return frozenset(offices)
