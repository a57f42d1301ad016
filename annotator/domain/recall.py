"""What the memory of decisions says about one article: names that stand in it, and what they are not.

Words match as they were decided, white space apart; a name of several words also in capitals
throughout, as in a headline. The longest string wins. What a person has decided stands; so does a
longer name that somebody suggests around a place, and what the article itself says about a single
word (a title before it, a longer name of another kind that it is a part of).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from annotator.domain.names import is_title
from annotator.domain.verdicts import SURE, Judgement, Verdict, Verdicts

Place = tuple[int, int, int]
"""Start, end and label."""

_SELDOM: Final = 1 / 5
"""Dates are told by more than their words: up to here, refused three times and never accepted, they go."""
_WORD: Final = re.compile(r"\w+")
_LETTERS: Final = "\\w\u0300-\u036f"
"""What goes on with a word, accents that are signs of their own included."""
_BEFORE: Final = re.compile(r"(\w+\.?)[ \u00a0]$")
_BEHIND: Final = re.compile(r"[ \u00a0]\w+")
_SENTENCE_ENDS: Final = ".!?:;•*\n\r\u2028\u2029"
_AROUND: Final = " \t\u00a0\"'“”‘’«»(["


class Situation(NamedTuple):
    """What stands in an article: `others` are places that other suggesters propose and nobody
    decided on, `fixed` what a person had a hand in (undecided ones too), `closed` places where no
    span may come to stand; `clauses` are labels that may lie around others, `names` those of names."""

    text: str
    others: Collection[Place]
    fixed: Collection[Place]
    closed: Collection[Place]
    clauses: Collection[int]
    names: Collection[int]

    def is_date(self, label: int) -> bool:
        """Whether a label is neither for names nor for clauses."""
        return label not in self.names and label not in self.clauses


class Recalled(NamedTuple):
    """What the memory has to say of a place; a score of 0 is an objection."""

    score: float
    why: str


class Strings:
    """The strings that are right somewhere by their first word, to be found in texts."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._by_word: dict[str, dict[str, str]] = {}
        for string, verdict in verdicts.items():
            self.put(string, verdict)

    def put(self, string: str, verdict: Verdict) -> None:
        """Follow a verdict."""
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
                if found is not None and not _only_begins_a_sentence(form, text, found[0]):
                    yield *found, string


def recall(
    situation: Situation, verdicts: Verdicts, strings: Strings, spared: tuple[int, int] | None = None
) -> dict[Place, Recalled]:
    """The places that the memory proposes or objects to. `spared`: nothing is said about this stretch."""
    text = situation.text
    kinds = _kinds_of_words(situation)
    objections: dict[Place, Judgement] = {}
    for place in situation.others:
        if place[2] not in kinds.get(text[place[0] : place[1]], ()):  # no longer name says that it is one
            string = " ".join(text[place[0] : place[1]].split())
            for wrong in verdicts[string].wrong:
                most = _SELDOM if situation.is_date(place[2]) else 1 - SURE
                if wrong.label == place[2] and wrong.score <= most:
                    objections[place] = wrong._replace(score=0.0)
    said: dict[Place, Judgement] = {}
    for start, end, string in sorted(strings.found(text), key=lambda one: (one[0] - one[1], one[0])):
        right = verdicts[string].right
        if right is None:
            continue
        place = (start, end, right.label)
        beaten = _beaten(place, situation, objections, said)
        if beaten is None or _mixed(text, place, kinds):
            continue
        instead = [*beaten, *(other for other in objections if overlap(place, other))]
        if place not in situation.others and not _fits(text, place, instead, situation):
            continue
        said[place] = right
        objections |= dict.fromkeys(beaten, right._replace(score=0.0))
    return {
        place: Recalled(one.score, one.why)
        for place, one in {**objections, **said}.items()
        if spared is None or not overlap(place, spared)
    }


def overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two places share a character."""
    return one[0] < other[1] and other[0] < one[1]


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
            if other != place and overlap(place, other) and (other[2] in situation.clauses) == clause
        ]

    if rivals(situation.fixed) or rivals(said):
        return None
    beaten = [other for other in rivals(situation.others) if other not in objections]
    longer = [one for one in beaten if one[1] - one[0] > place[1] - place[0]]
    return None if longer else beaten


def _fits(text: str, place: Place, instead: Collection[Place], situation: Situation) -> bool:
    """Whether the words around leave it likely that the place is meant, `instead` of what others say."""
    start, end, label = place
    words = text[start:end]
    before, behind = _BEFORE.search(text, max(0, start - 40), start), _BEHIND.match(text, end)
    if any(other[0] <= start and end <= other[1] and other[:2] != place[:2] for other in instead):
        return True  # refitted like this elsewhere
    if before is not None and is_title(before.group(1)):
        return not instead and label in situation.names
    if label not in situation.names:  # dates and clauses are told by more than their words
        return bool(instead) or (label in situation.clauses and " " in words)
    if words.islower() or len(words) < 2:
        return bool(instead)
    if words.isupper():
        return True
    goes_on = behind is not None and behind.group()[1:2].isupper()
    alone = len(words.split()) == 1
    return not goes_on and not (alone and before is not None and _is_of_a_name(text, before))


def _is_of_a_name(text: str, word: re.Match[str]) -> bool:
    """Whether a word has a capital that is not that of its sentence."""
    if not word.group(1)[0].isupper():
        return False
    return not (_is_first(text, word.start()) and _is_small_too(text, word.group(1)))


def _kinds_of_words(situation: Situation) -> Mapping[str, set[int]]:
    """Of the words of longer names that stand in the article: the labels of these names."""
    kinds = defaultdict[str, set[int]](set)
    for start, end, label in (*situation.fixed, *situation.others):
        words = _WORD.findall(situation.text, start, end)
        if len(words) > 1 and label in situation.names:
            for word in words:
                kinds[word].add(label)
    return kinds


def _mixed(text: str, place: Place, kinds: Mapping[str, set[int]]) -> bool:
    """Whether a single word is a part of a longer name of another kind in the same article."""
    word = text[place[0] : place[1]]
    return bool(kinds.get(word, set()) - {place[2]})


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
    return re.compile(rf"(?<![{_LETTERS}]){spaced}(?![{_LETTERS}])")


def _only_begins_a_sentence(form: str, text: str, start: int) -> bool:
    """Whether a single word may have its capital from the sentence alone: the article has it small too."""
    if not form[0].isupper() or not form[1:].islower() or not _is_first(text, start):
        return False
    return _is_small_too(text, form)


def _is_small_too(text: str, word: str) -> bool:
    """Whether the article has a word without its capital as well."""
    return re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text) is not None


def _is_first(text: str, start: int) -> bool:
    """Whether a sentence or a line begins here."""
    before = text[max(0, start - 8) : start].rstrip(_AROUND)
    return not before or before[-1] in _SENTENCE_ENDS
