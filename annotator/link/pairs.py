"""Entities that may be the same: pairs to ask a person about, the likeliest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from annotator.domain import names
from annotator.domain.changes import Message
from annotator.domain.names import PEOPLE
from annotator.link.clusters import Words
from annotator.link.forms import fit, is_form, is_variant, person_words
from annotator.link.reasons import SAME_NAME, reason
from annotator.link.shortenings import core_words, short_forms

_CROWD = 60
"""A word that so many entities share asks too much."""
_SAME, _FORM, _SHORT, _MAYBE = 0.9, 0.8, 0.6, 0.4


class Named(NamedTuple):
    """An entity by all its names, with its mentions counted."""

    entity: int
    label: str
    names: tuple[str, ...]
    mentions: int


class Pair(NamedTuple):
    """Two entities, `first` the one with more mentions, how alike they are, and why."""

    first: int
    second: int
    score: float
    why: Message


def pairs(entities: Iterable[Named], apart: Collection[tuple[int, int]]) -> list[Pair]:
    """Pairs of one label that nobody told apart, the likeliest and most mentioned first."""
    by_word: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for one in entities:
        for word in {word for name in one.names for word in _index_words(one.label, name)}:
            by_word[one.label, word].append(one)
    found: dict[tuple[int, int], tuple[Pair, int]] = {}
    for sharing in by_word.values():
        if len(sharing) <= _CROWD:
            for one, other in combinations(sharing, 2):
                key = min(one.entity, other.entity), max(one.entity, other.entity)
                if key not in apart and key not in found:
                    score, why = _alike(one, other)
                    more, less = sorted((one, other), key=lambda each: (-each.mentions, each.entity))
                    found[key] = Pair(more.entity, less.entity, score, why), one.mentions + other.mentions
    asked = sorted(
        (one for one in found.values() if one[0].score), key=lambda one: (-one[0].score, -one[1], one[0])
    )
    return [pair for pair, _ in asked]


def _index_words(label: str, name: str) -> Iterator[str]:
    if label in PEOPLE:
        yield from person_words(name)
    else:
        yield from core_words(name)
        yield from short_forms(name)


def _alike(one: Named, other: Named) -> tuple[float, Message]:
    compare = _people if one.label in PEOPLE else _organisations
    ways = (compare(mine, theirs) for mine in one.names for theirs in other.names)
    return max(ways, key=lambda way: way[0])


def _people(one: str, other: str) -> tuple[float, Message]:
    shorter, longer = sorted((person_words(one), person_words(other)), key=len)
    if names.generation(one) != names.generation(other) and names.generation(one) and names.generation(other):
        return 0.0, SAME_NAME
    if not shorter or set(shorter) == set(longer):
        return (_SAME if shorter else 0.0), SAME_NAME
    if len(shorter) == 1:
        part = fit(longer, shorter[0])
        return (_SHORT, reason(part[1])) if part else (0.0, SAME_NAME)
    if is_form(longer, shorter):
        return _FORM, reason("candidate.same_surname")
    return (_MAYBE if is_variant(longer, shorter) else 0.0), reason("candidate.same_surname")


def _organisations(one: str, other: str) -> tuple[float, Message]:
    mine, theirs = core_words(one), core_words(other)
    if set(mine) == set(theirs):
        return _SAME, SAME_NAME
    for short, full, name in ((mine, other, one), (theirs, one, other)):
        if len(short) == 1 and names.is_acronym(name) and short[0] in short_forms(full):
            return _FORM, Message("candidate.acronym", {"name": full})
    shorter, longer = sorted((mine, theirs), key=len)
    return (_SHORT if _begins(longer, shorter) else 0.0), reason("candidate.short_name")


def _begins(longer: Words, shorter: Words) -> bool:
    return longer[: len(shorter)] == shorter or (len(shorter) > 1 and set(shorter) <= set(longer))
