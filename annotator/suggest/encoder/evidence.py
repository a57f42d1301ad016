"""What speaks for a span: what the network says of its place, who else proposes it."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import Final, NamedTuple

import numpy as np

from annotator.lexicons import bases, terms
from annotator.suggest import dates, orgs, persons
from annotator.suggest.encoder import claims, edges
from annotator.suggest.encoder.decoding import (
    BEGIN,
    INSIDE,
    LABELS,
    OUTSIDE,
    log_probabilities,
    openings,
    stretches,
)
from annotator.suggest.encoder.windows import Floats
from annotator.suggest.encoder.wordpiece import Piece
from annotator.suggest.wording import occurrences

KINDS = NETWORK, RULE, PARSED, REPEATED = "network", "rule", "parsed", "repeated"
RIVAL: Final = {"PERSON": "ORG", "ORG": "PERSON"}
"""What else a name may be."""
LIKELY = "likely"
FEATURES: Final = ("begin", "inner", "end", "length", *KINDS, "agreed")
"""What a candidate is weighed by; the first four are of the network, then who proposes it, and what the same
name is taken for elsewhere in the article."""
_FLOOR: Final = -8.0
_LONG: Final = 40
_ENDS: Final = {"ALLEGATION": 3, "ORG": 2}
"""Labels of which several ends of a likely span are weighed."""
_SUSPECTED: Final = -3.0
"""The log probability of being in an allegation from which on a piece is suspected: one in twenty."""
_WORD = re.compile(r"\w+")


class Candidate(NamedTuple):
    """A span that may be suggested."""

    start: int
    end: int
    label: str
    by: frozenset[str]
    """Who proposes it."""
    why: str = ""
    """The name elsewhere in the article that it repeats, or the word that marks the claim."""
    agreed: float = 0.0
    """From -1, the name is taken for something else elsewhere in the article, to 1, it is taken for this."""


Known = dict[tuple[str, str], list[Candidate]]
"""Who bears a label and a name, or a part of it."""


class Said:
    """What the network says of an article, asked by place."""

    def __init__(self, text: str, pieces: list[Piece], said: Floats) -> None:
        self.text = text
        self._pieces = pieces
        self._logs = log_probabilities(said) if pieces else said
        self._inner = self._logs[:, :, INSIDE].cumsum(0, dtype=float) if pieces else said
        """Sums of the log probabilities of inside, up to and with a piece, by label."""
        self._starts = [piece.start for piece in pieces]
        self._ends = [piece.end for piece in pieces]
        self._asked: dict[tuple[int, int, str], list[float]] = {}

    @cached_property
    def proposed(self) -> list[Candidate]:
        """What the network, the rules and the parse propose, in reading order; no two are the same."""
        if not self._pieces:  # the rules would look for long in a million blanks
            return []
        found = merged(self._found(), _by_rule(self.text), self._parsed())
        return sorted(found, key=lambda one: (one.start, one.end, one.label))

    def _found(self) -> Iterator[Candidate]:
        """The likeliest tags, and what else is likely of the labels whose ends are hard to tell; as the
        guidelines bound them."""
        best = stretches(self._logs, self._pieces)
        others = (openings(self._logs, LABELS.index(of), self._pieces, most) for of, most in _ENDS.items())
        for by, some in ((NETWORK, best), (LIKELY, set().union(*others).difference(best))):
            for one in some:
                for start, end in edges.settled(self.text, (one.start, one.end), one.label):
                    marker = _marker(self.text, start) if one.label == "ALLEGATION" else ""
                    found = {by, RULE} if marker else {by}
                    yield Candidate(start, end, one.label, frozenset(found), marker)

    def _parsed(self) -> Iterator[Candidate]:
        """Claims by the parse."""
        for (start, end), marker in claims.claims(self.text, self.suspected()):
            yield Candidate(start, end, "ALLEGATION", frozenset({PARSED}), marker)

    def suspected(self) -> list[int]:
        """Where, in reading order, the network does not rule out an allegation."""
        begin, inside = self._logs[:, LABELS.index("ALLEGATION"), (BEGIN, INSIDE)].T
        return [self._starts[at] for at in np.flatnonzero(np.logaddexp(begin, inside) > _SUSPECTED)]

    def features(self, one: Candidate) -> list[float]:
        """The numbers of FEATURES."""
        place = (one.start, one.end, one.label)
        if place not in self._asked:
            self._asked[place] = self._of_network(*place)
        return [*self._asked[place], *(float(kind in one.by) for kind in KINDS), one.agreed]

    def _of_network(self, start: int, end: int, label: str) -> list[float]:
        first = bisect_right(self._ends, start)
        last = max(bisect_left(self._starts, end), first + 1)
        if first >= len(self._pieces):
            return [_FLOOR, _FLOOR, _FLOOR, 0.0]
        number = LABELS.index(label)
        log, total = self._logs.item, self._inner.item
        inner, behind = 0.0, 0.0
        if last > first + 1:
            inner = (total(last - 1, number) - total(first, number)) / (last - first - 1)
        if last < len(self._pieces):
            behind = max(log(last, number, OUTSIDE), log(last, number, BEGIN))
        said = (log(first, number, BEGIN), inner, behind)
        return [*(max(one, _FLOOR) for one in said), min(last - first, _LONG) / 10]


@cache
def _markers() -> frozenset[str]:
    """Base forms of the words that mark a claim."""
    lists = ("cue_verbs", "cue_nouns", "hedges", "alleged", "reporting_verbs")
    return frozenset(line.split()[0] for name in lists for line in terms(name))


def _marker(text: str, start: int) -> str:
    """The word at a place where it marks a claim; empty where it does not."""
    word = _WORD.match(text, start)
    return word[0] if word and not bases(word[0].lower()).isdisjoint(_markers()) else ""


def _by_rule(text: str) -> Iterator[Candidate]:
    people = (*persons.by_pattern(text), *persons.by_given_name(text))
    firms = (*orgs.by_pattern(text, ()), *occurrences(text, terms("known_orgs")))
    for label, places in (("DATE", dates.find(text)), ("PERSON", people), ("ORG", firms)):
        for start, end in places:
            yield Candidate(start, end, label, frozenset({RULE}))


def merged(*pools: Iterable[Candidate]) -> list[Candidate]:
    """All candidates once, with everyone who proposes them and what the last of these says."""
    found: dict[tuple[int, int, str], Candidate] = {}
    for one in itertools.chain(*pools):
        key = (one.start, one.end, one.label)
        known = found.get(key)
        found[key] = one if known is None else one._replace(by=one.by | known.by, why=one.why or known.why)
    return list(found.values())


def bearers(text: str, names: Iterable[Candidate]) -> Known:
    """The people and organisations of an article by label and name, or a part that names them; the fullest first."""
    known: Known = {}
    for one in sorted(names, key=lambda one: (one.start - one.end, one.start)):
        for part in _parts(text[one.start : one.end], one.label):
            known.setdefault((one.label, part), []).append(one)
    return known


def repeated(text: str, names: Sequence[Candidate], known: Known) -> list[Candidate]:
    """Where the names of an article stand again, by the name or a part of it; `known` are their bearers."""
    whole = {(one.start, one.end) for one in names}
    inside = {place for start, end in whole for place in range(start, end)}
    found = []
    for label in RIVAL:
        for start, end in occurrences(text, {part for of, part in known if of == label}):
            others = [one for one in known[label, text[start:end]] if (one.start, one.end) != (start, end)]
            if others and (start not in inside or (start, end) in whole):
                name = text[others[0].start : others[0].end]
                found.append(Candidate(start, end, label, frozenset({REPEATED}), name))
    found.extend(_namesakes(text, names, known))
    return found


def _namesakes(text: str, names: Iterable[Candidate], known: Known) -> Iterator[Candidate]:
    """What is taken for an organisation and ends like the name of a person of the article: `DA` + `Vance`."""
    for one in names:
        if one.label == "ORG" and not persons.is_headed(text[one.start : one.end]):
            for start, end in persons.refined(text, (one.start, one.end)):
                others = known.get(("PERSON", persons.surname(text[start:end])))
                if others:
                    name = text[others[0].start : others[0].end]
                    yield Candidate(start, end, "PERSON", frozenset({REPEATED}), name)


def informed(said: Said, names: Sequence[Candidate]) -> list[Candidate]:
    """All candidates in the light of the names of the article: with where these stand again, and with what the
    others of the same name are taken for."""
    text = said.text
    known = bearers(text, names)
    return [
        one._replace(agreed=_balance(text, one, known)) if one.label in RIVAL else one
        for one in merged(said.proposed, repeated(text, names, known))
    ]


def _balance(text: str, one: Candidate, known: Known) -> float:
    """See Candidate.agreed: of others of this name, or of this surname."""
    name = text[one.start : one.end]
    forms = (name, persons.surname(name))
    own, other = (
        len({bearer[:2] for form in forms for bearer in known.get((label, form), ())} - {one[:2]})
        for label in (one.label, RIVAL[one.label])
    )
    return (own - other) / (own + other + 1)


@lru_cache(maxsize=1000)
def _parts(name: str, label: str) -> tuple[str, ...]:
    """The name and what else names its bearer, longer ones also in capitals."""
    found = {name, *(persons if label == "PERSON" else orgs).names_of([name])}
    return tuple(form for part in found for form in ((part, part.upper()) if len(part) > 3 else (part,)))
