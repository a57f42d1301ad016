"""What speaks for a span: what the network says of its place, who else proposes it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from annotator.domain.words import Place
from annotator.lexicons import bases, terms
from annotator.suggest import dates, orgs, persons
from annotator.suggest.encoder import edges
from annotator.suggest.encoder.decoding import BEGIN, INSIDE, LABELS, OUTSIDE, log_probabilities, stretches
from annotator.suggest.encoder.windows import Floats
from annotator.suggest.encoder.wordpiece import Piece
from annotator.suggest.wording import occurrences

NETWORK, RULE, REPEATED = "network", "rule", "repeated"
FEATURES: Final = ("begin", "inner", "end", "length", NETWORK, RULE, REPEATED)
"""What a candidate is weighed by; the first four are of the network, the rest say who proposes it."""
_FLOOR: Final = -8.0
_LONG: Final = 40
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Candidate:
    """A span that may be suggested."""

    start: int
    end: int
    label: str
    by: frozenset[str]
    """Who proposes it."""
    why: str = ""
    """The name elsewhere in the article that it repeats, or the word that marks the claim."""


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

    @cached_property
    def proposed(self) -> list[Candidate]:
        """What the network and the rules propose, in reading order; no two are the same."""
        found: dict[tuple[int, int, str], set[str]] = {}
        if self._pieces:  # the rules would look for long in a million blanks
            for by, places in ((NETWORK, self._found()), (RULE, _by_rule(self.text))):
                for place, label in places:
                    found.setdefault((*place, label), set()).add(by)
        return [self._candidate(*key, found[key]) for key in sorted(found)]

    def _candidate(self, start: int, end: int, label: str, by: set[str]) -> Candidate:
        marker = _marker(self.text, start) if label == "ALLEGATION" else ""
        return Candidate(start, end, label, frozenset({*by, RULE} if marker else by), marker)

    def _found(self) -> Iterable[tuple[Place, str]]:
        """Places of the likeliest tags, as the guidelines bound them."""
        for one in stretches(self._logs, self._pieces):
            for place in edges.settled(self.text, (one.start, one.end), one.label):
                yield place, one.label

    def features(self, one: Candidate) -> list[float]:
        """The numbers of FEATURES."""
        first = bisect_right(self._ends, one.start)
        last = max(bisect_left(self._starts, one.end), first + 1)
        flags = [float(kind in one.by) for kind in (NETWORK, RULE, REPEATED)]
        if first >= len(self._pieces):
            return [_FLOOR, _FLOOR, _FLOOR, 0.0, *flags]
        number = LABELS.index(one.label)
        own, sums = self._logs[:, number], self._inner[:, number]
        begin = own[first, BEGIN]
        inner = (sums[last - 1] - sums[first]) / (last - first - 1) if last > first + 1 else 0.0
        end = max(own[last, OUTSIDE], own[last, BEGIN]) if last < len(own) else 0.0
        said = [max(float(log), _FLOOR) for log in (begin, inner, end)]
        return [*said, min(last - first, _LONG) / 10, *flags]


@cache
def _markers() -> frozenset[str]:
    """Base forms of the words that mark a claim."""
    lists = ("cue_verbs", "cue_nouns", "hedges", "alleged", "reporting_verbs")
    return frozenset(line.split()[0] for name in lists for line in terms(name))


def _marker(text: str, start: int) -> str:
    """The word at a place where it marks a claim; empty where it does not."""
    word = _WORD.match(text, start)
    return word[0] if word and not bases(word[0].lower()).isdisjoint(_markers()) else ""


def _by_rule(text: str) -> Iterable[tuple[Place, str]]:
    for place in dates.find(text):
        yield place, "DATE"
    for place in (*persons.by_pattern(text), *persons.by_given_name(text)):
        yield place, "PERSON"
    for place in (*orgs.by_pattern(text, ()), *occurrences(text, terms("known_orgs"))):
        yield place, "ORG"


def repeated(text: str, names: Sequence[Candidate]) -> list[Candidate]:
    """Where the people and organisations of an article stand again, by the name or a part that names them."""
    known: dict[tuple[str, str], list[Candidate]] = {}
    for one in sorted(names, key=lambda one: (one.start - one.end, one.start)):  # the fullest name first
        name = text[one.start : one.end]
        for part in sorted({name, *_parts(name, one.label)}):
            known.setdefault((one.label, part), []).append(one)
            if len(part) > 3:
                known.setdefault((one.label, part.upper()), []).append(one)
    whole = {(one.start, one.end) for one in names}
    inside = {place for start, end in whole for place in range(start, end)}
    found = []
    for label in ("PERSON", "ORG"):
        for start, end in occurrences(text, {part for of, part in known if of == label}):
            others = [one for one in known[label, text[start:end]] if (one.start, one.end) != (start, end)]
            if others and (start not in inside or (start, end) in whole):
                name = text[others[0].start : others[0].end]
                found.append(Candidate(start, end, label, frozenset({REPEATED}), name))
    return found


def _parts(name: str, label: str) -> set[str]:
    return persons.names_of([name]) if label == "PERSON" else orgs.names_of([name])
