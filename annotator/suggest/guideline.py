"""PERSON, ORG and DATE of one article, by the guidelines, from what a model found in it.

Pure functions over code point offsets; the model may be a spaCy pipeline or anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set
from typing import NamedTuple

from annotator.domain.suggestion import Suggestion
from annotator.domain.words import Place, snap
from annotator.lexicons import terms
from annotator.suggest import dates, orgs, persons
from annotator.suggest.wording import SPACE, occurrences

PERSON, ORG, DATE, TOWN = "PERSON", "ORG", "DATE", "TOWN"


class Found(NamedTuple):
    """A name as a model sees it. `label` is PERSON, ORG, TOWN (a place on the map) or any other."""

    start: int
    end: int
    label: str


class _Claims:
    """Who has which part of the text; the first to claim a place has it."""

    def __init__(self) -> None:
        self.places: dict[Place, str] = {}
        self._taken: set[int] = set()

    def take(self, place: Place, label: str) -> None:
        if self._taken.isdisjoint(range(*place)):
            self.places[place] = label
            self._taken.update(range(*place))

    def take_all(self, places: Iterable[Place], label: str) -> None:
        for place in places:
            self.take(place, label)

    def names(self, text: str, label: str) -> set[str]:
        return {text[start:end] for (start, end), given in self.places.items() if given == label}


class _Names:
    """The names of one text as a model found them, put right, and how often it found each."""

    def __init__(self, text: str, found: Iterable[Found]) -> None:
        places: dict[str, list[Place]] = {PERSON: [], ORG: [], TOWN: []}
        for one in found:
            if one.label in places:
                places[one.label].append((one.start, one.end))
        self.towns = [place for place in places[TOWN] if _is_one_name(text, place)]
        self.firms = [place for one in places[ORG] for place in orgs.refined(text, one)]
        self.people = _joined(text, [place for one in places[PERSON] for place in persons.refined(text, one)])
        by_label = ((PERSON, self.people), (ORG, self.firms), (TOWN, self.towns))
        self.votes = Counter((text[slice(*place)], label) for label, those in by_label for place in those)
        titled = persons.titled(text)
        self.firms_bare = {name for name in titled if self.votes[name, ORG] >= self.votes[name, PERSON]}
        """Names that mean a firm where they stand bare, because a person has a title before them."""

    def prefer(self, name: str, first: str, second: str) -> bool:
        """Did the model take this name for the first more often than for the second?"""
        return self.votes[name, first] > self.votes[name, second]


def _is_one_name(text: str, place: Place) -> bool:
    """Whole words of one line: others cannot stand in a longer name."""
    return snap(text, *place) == place and "\n" not in text[slice(*place)]


def _joined(text: str, places: list[Place]) -> list[Place]:
    """Names that a model cut in two: `GRAHAM` + `Tulloch`."""
    joined: list[Place] = []
    for start, end in sorted(places):
        if joined and re.fullmatch(SPACE, text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def tidy(text: str, found: Iterable[Found]) -> list[Suggestion]:
    """Names and dates of the guidelines, from a model's names; none overlaps another."""
    names = _Names(text, found)
    claims = _Claims()
    claims.take_all(occurrences(text, terms("known_orgs")), ORG)
    claims.take_all(orgs.by_pattern(text, names.towns), ORG)
    claims.take_all(persons.by_pattern(text), PERSON)
    claims.take_all(dates.find(text), DATE)
    _sort_out(text, claims, names)
    claims.take_all(persons.by_given_name(text), PERSON)
    _repeat(text, claims, names.firms_bare, {text[slice(*place)] for place in names.towns})
    return [Suggestion(start, end, label) for (start, end), label in sorted(claims.places.items())]


def _sort_out(text: str, claims: _Claims, names: _Names) -> None:
    """Decide for each name of the model, in the light of those that are certain, what it names."""
    datelines = orgs.datelines(text)
    towns = {text[slice(*place)].casefold() for place in datelines}
    firms = orgs.names_of(claims.names(text, ORG)) | orgs.names_of(text[slice(*one)] for one in names.firms)
    full_names = {text[slice(*place)] for place in names.people if " " in text[slice(*place)]}
    firms -= persons.names_of(claims.names(text, PERSON) | full_names) - names.firms_bare
    for place in names.people:
        name = text[slice(*place)]
        if name.casefold() in towns or names.prefer(name, TOWN, PERSON) or _is_in_town(text, place):
            continue
        if names.prefer(name, ORG, PERSON) or name in firms:
            claims.take(place, ORG)
        else:
            claims.take(persons.with_given_name(text, persons.with_surname(text, place)), PERSON)
    people = persons.names_of(claims.names(text, PERSON)) - firms
    for place in names.firms:
        name = text[slice(*place)]
        bears = name in people or persons.looks_given(name) or (" " in name and name.split()[-1] in people)
        if bears and not persons.is_headed(name):
            claims.take(place, PERSON)
        elif place not in datelines and not names.prefer(name, TOWN, ORG):
            claims.take(place, ORG)


def _is_in_town(text: str, place: Place) -> bool:
    """`Gardaí in Ardmoyle`: a single word behind `in` is a place, whatever the model says."""
    start, end = place
    behind = re.search(r"\b(?:in|near)\s$", text[max(0, start - 6) : start])
    return behind is not None and text[start:end] not in terms("given_names")


def across(text: str, found: Iterable[Suggestion]) -> list[Suggestion]:
    """The same article's suggestions, found piece by piece, with each name marked in every piece."""
    claims = _Claims()
    kept: dict[tuple[int, int, str], Suggestion] = {}
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.label)):
        kept[one.start, one.end, one.label] = one
        if one.label in (PERSON, ORG, DATE):
            claims.take((one.start, one.end), one.label)
    _repeat(text, claims, claims.names(text, ORG), frozenset())
    for (start, end), label in claims.places.items():
        kept.setdefault((start, end, label), Suggestion(start, end, label))
    return [kept[key] for key in sorted(kept)]


def _repeat(text: str, claims: _Claims, firms_bare: Set[str], towns: Set[str]) -> None:
    """Mark each known name wherever it stands; a surname that is a firm's as well is a person's."""
    firms = orgs.names_of(claims.names(text, ORG)) - towns
    people = persons.names_of(claims.names(text, PERSON)) - (firms & firms_bare)
    for place in occurrences(text, people):
        claims.take(persons.with_given_name(text, place), PERSON)
    claims.take_all(occurrences(text, firms - people), ORG)
    for place in [place for place, label in claims.places.items() if label == PERSON]:
        again = persons.in_other_script(text, place)
        if again is not None:
            claims.take(again, PERSON)
