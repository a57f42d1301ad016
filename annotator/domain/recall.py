"""What the memory of decisions says about one article: names that stand in it, and what they are not.

Words match as they were decided, white space apart; a name of several words also in capitals
throughout, as in a headline. The longest string wins; what a person has decided, and a longer
name that somebody suggests around a place, stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from annotator.domain.verdicts import Judgement, Verdict, Verdicts

Place = tuple[int, int, int]
"""Start, end and label."""

_WORD = re.compile(r"\w+")
_SENTENCE_END = ".!?:;\n\r\u2028\u2029"
_QUOTES = " \t\u00a0\"'“”‘’«»(["


class Situation(NamedTuple):
    """What stands in an article: `others` are places that other suggesters propose and nobody
    decided on, `fixed` what a person had a hand in (undecided ones too), `closed` places where no
    span may come to stand, `clauses` the labels that may lie around others."""

    text: str
    others: Collection[Place]
    fixed: Collection[Place]
    closed: Collection[Place]
    clauses: Collection[int]


class Recalled(NamedTuple):
    """What the memory has to say of a place; a score of 0 is an objection."""

    score: float
    why: str


class Strings:
    """The strings with a verdict by their first word, to be found in texts."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._by_word: dict[str, dict[str, str]] = {}
        for string, verdict in verdicts.items():
            self.put(string, verdict)

    def put(self, string: str, verdict: Verdict) -> None:
        """Follow a verdict: a string is looked for where it is right somewhere."""
        for form in _forms(string):
            first = _WORD.search(form)
            if first is None:
                continue
            known = self._by_word.setdefault(first.group(), {})
            if verdict.right is not None:
                known[form] = string
            else:
                known.pop(form, None)

    def found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where the strings stand as whole words."""
        for word in _WORD.finditer(text):
            for form, string in self._by_word.get(word.group(), {}).items():
                found = _stands(form, text, word.start())
                if found is not None and not _begins_a_sentence(form, text, found[0]):
                    yield *found, string


def recall(
    situation: Situation, verdicts: Verdicts, strings: Strings, *, only_more: bool = False
) -> dict[Place, Recalled]:
    """The places that the memory proposes or objects to.

    `only_more`: nothing is objected to, as in the article that somebody is reading.
    """
    text = situation.text
    objections: dict[Place, Judgement] = {}
    for place in situation.others:
        string = " ".join(text[place[0] : place[1]].split())
        for judgement in verdicts[string].wrong:
            if judgement.label == place[2]:
                objections[place] = judgement
    said: dict[Place, Judgement] = {}
    for start, end, string in sorted(strings.found(text), key=lambda one: (one[0] - one[1], one[0])):
        right = verdicts[string].right
        if right is None:
            continue
        place = (start, end, right.label)
        beaten = _beaten(place, situation, objections, said)
        if beaten is None or (only_more and beaten):
            continue
        said[place] = right
        objections |= dict.fromkeys(beaten, right._replace(score=0.0))
    if only_more:
        objections = {}
    return {place: Recalled(one.score, one.why) for place, one in {**objections, **said}.items()}


def _beaten(
    place: Place, situation: Situation, objections: Mapping[Place, Judgement], said: Mapping[Place, Judgement]
) -> list[Place] | None:
    """What others propose and would have to go for this place to be suggested; None where it may not be."""
    if place in situation.closed or place in situation.fixed:
        return None
    clause = place[2] in situation.clauses

    def rivals(places: Iterable[Place]) -> list[Place]:
        return [
            other
            for other in places
            if other != place
            and other[0] < place[1]
            and place[0] < other[1]
            and (other[2] in situation.clauses) == clause
        ]

    if rivals(situation.fixed) or rivals(said):
        return None
    beaten = [other for other in rivals(situation.others) if other not in objections]
    longer = [one for one in beaten if one[1] - one[0] > place[1] - place[0]]
    return None if longer else beaten


def _forms(string: str) -> Iterator[str]:
    yield string
    if " " in string and string != string.upper() and not string.islower():
        yield string.upper()


def _stands(form: str, text: str, word: int) -> tuple[int, int] | None:
    """Where a string stands whose first word begins here."""
    first = _WORD.search(form)
    start = word - (first.start() if first is not None else 0)
    if start < 0:
        return None
    match = _pattern(form).match(text, start)
    return None if match is None else match.span()


@lru_cache(maxsize=65536)
def _pattern(form: str) -> re.Pattern[str]:
    spaced = r"\s+".join(re.escape(word) for word in form.split())
    return re.compile(rf"(?<!\w){spaced}(?!\w)")


def _begins_a_sentence(form: str, text: str, start: int) -> bool:
    """Whether a single word may only have its capital from the sentence: the article has it small too."""
    if not form[0].isupper() or not form[1:].islower():
        return False
    before = text[max(0, start - 8) : start].rstrip(_QUOTES)
    if before and before[-1] not in _SENTENCE_END:
        return False
    return re.search(rf"(?<!\w){re.escape(form.lower())}(?!\w)", text) is not None
