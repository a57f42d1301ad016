"""PERSON, ORG and DATE of one article, by the guidelines, from what a model found in it.

Pure functions over code point offsets; the model may be a spaCy pipeline or anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from annotator.domain.suggestion import Suggestion
from annotator.domain.words import Place
from annotator.suggest import dates, orgs, persons
from annotator.suggest.lexicons import terms
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

    def names(self, text: str, label: str) -> set[str]:
        return {text[start:end] for (start, end), given in self.places.items() if given == label}


def tidy(text: str, found: Iterable[Found]) -> list[Suggestion]:
    """Names and dates of the guidelines, from a model's names; none overlaps another."""
    seen: dict[str, list[Place]] = {}
    for one in found:
        seen.setdefault(one.label, []).append((one.start, one.end))
    towns = seen.get(TOWN, [])
    claims = _Claims()
    for place in occurrences(text, terms("known_orgs")):
        claims.take(place, ORG)
    for place in orgs.by_pattern(text, towns):
        claims.take(place, ORG)
    for place in persons.by_pattern(text):
        claims.take(place, PERSON)
    for place in dates.find(text):
        claims.take(place, DATE)
    _sort_out(text, claims, seen)
    for place in persons.by_given_name(text):
        claims.take(place, PERSON)
    _repeat(text, claims, {text[slice(*place)] for place in towns})
    return [Suggestion(start, end, label) for (start, end), label in sorted(claims.places.items())]


def _sort_out(text: str, claims: _Claims, seen: dict[str, list[Place]]) -> None:
    """Decide for each name of the model, in the light of those that are certain, what it names."""
    by_model = {label: _refined(text, label, seen) for label in (PERSON, ORG, TOWN)}
    votes = Counter((text[slice(*place)], label) for label, places in by_model.items() for place in places)
    datelines = orgs.datelines(text)
    towns = {text[slice(*place)].casefold() for place in datelines}
    firms = orgs.names_of(claims.names(text, ORG))
    firms |= orgs.names_of(text[slice(*place)] for place in by_model[ORG])
    full = (name for name, label in votes if label == PERSON and " " in name)
    people = persons.names_of(claims.names(text, PERSON) | set(full))
    firms -= {name for name in people if not _is_shared(name, text, votes)}
    for place in by_model[PERSON]:
        name = text[slice(*place)]
        if name.casefold() in towns or votes[name, TOWN] > votes[name, PERSON] or _is_in_town(text, place):
            continue
        outvoted = votes[name, ORG] > votes[name, PERSON]
        if outvoted or name in firms:
            claims.take(place, ORG)
        else:
            claims.take(persons.with_given_name(text, persons.with_surname(text, place)), PERSON)
    people = persons.names_of(claims.names(text, PERSON)) - firms
    for place in by_model[ORG]:
        name = text[slice(*place)]
        person = name in people or persons.looks_given(name) or (name.split()[-1] in people and " " in name)
        if person and not persons.is_headed(name):
            claims.take(place, PERSON)
        elif place not in datelines and votes[name, TOWN] <= votes[name, ORG]:
            claims.take(place, ORG)


def _is_shared(name: str, text: str, votes: Mapping[tuple[str, str], int]) -> bool:
    """Does the bare name mean the firm, because the person has a title (`Ms Brandvik`)?"""
    return name in persons.titled(text) and votes[name, ORG] >= votes[name, PERSON]


def _refined(text: str, label: str, seen: dict[str, list[Place]]) -> list[Place]:
    """The names in what the model labelled so."""
    if label == TOWN:
        return seen.get(TOWN, [])
    refined = persons.refined if label == PERSON else orgs.refined
    places = [place for one in seen.get(label, ()) for place in refined(text, one)]
    joined: list[Place] = []
    for start, end in sorted(places):
        if label == PERSON and joined and re.fullmatch(SPACE, text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)  # `GRAHAM` + `Tulloch`
        else:
            joined.append((start, end))
    return joined


def _is_in_town(text: str, place: Place) -> bool:
    """`Gardaí in Ardmoyle`: a single word behind `in` is a place, whatever the model says."""
    name = text[slice(*place)]
    return re.search(
        r"\b(?:in|near)\s$", text[max(0, place[0] - 6) : place[0]]
    ) is not None and name not in terms("given_names")


def across(text: str, found: Iterable[Suggestion]) -> list[Suggestion]:
    """The same article's suggestions, found piece by piece, with each name marked in every piece."""
    claims = _Claims()
    kept: dict[tuple[int, int, str], Suggestion] = {}
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.label)):
        kept[one.start, one.end, one.label] = one
        if one.label in (PERSON, ORG, DATE):
            claims.take((one.start, one.end), one.label)
    _repeat(text, claims, frozenset())
    for (start, end), label in claims.places.items():
        kept.setdefault((start, end, label), Suggestion(start, end, label))
    return [kept[key] for key in sorted(kept)]


def _repeat(text: str, claims: _Claims, towns: Iterable[str]) -> None:
    """Mark each known name wherever it stands.

    A surname that is also a firm's name is the firm's where the text writes the person's with a
    title (`Ms Brandvik` beside `Brandvik`), else the person's.
    """
    people = persons.names_of(claims.names(text, PERSON))
    firms = orgs.names_of(claims.names(text, ORG)) - frozenset(towns)
    people -= claims.names(text, ORG)  # decided before
    firms -= people
    for place in occurrences(text, people):
        claims.take(persons.with_given_name(text, place), PERSON)
    for place in occurrences(text, firms):
        claims.take(place, ORG)
    for place in [place for place, label in claims.places.items() if label == PERSON]:
        again = persons.in_other_script(text, place)
        if again is not None:
            claims.take(again, PERSON)
