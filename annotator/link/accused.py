"""Who is accused in an allegation: names in it and around it, each with its share of the blame."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from annotator.domain.linking import ArticleMentions, Mention
from annotator.domain.names import PEOPLE
from annotator.link import sentences
from annotator.link.clusters import Cluster
from annotator.link.openings import Kind, Opening, opening
from annotator.link.standing import Standing, called_in

Signs = dict[str, float]

_BEFORE = 600
_AFTER = 60
_SLOT = 45
"""Code points behind a marking word in which the one who acted is named."""
_BESIDE = 30
"""Code points between a word for somebody and the allegation of which it is the subject."""
_FREQUENT = 3
_PRONOUN: Final = re.compile(r"(he|she|they|him|her|them|it)\b", re.IGNORECASE)
_DETERMINER: Final = re.compile(
    r"(?:the|an?|his|her|their|its|our|my|this|that|one|another|two|three|some(?:one|body)?)\b", re.IGNORECASE
)
_SUBJECT: Final = re.compile(
    r"\b(he|she|they|it|who|which|i|we)(?:['’]s|['’]d)?(?: (?:is|was|were|are|has|had|have|been|being|be|also|then|now|"
    r"later|personally|himself|herself|still|did|does|once|would|allegedly|instead))*[\s“\"‘']*$",
    re.IGNORECASE,
)
_NEXT_TO: Final = re.compile(
    r"(?:[\w’'.-]+ ?){0,5}?(?:, \d+,?)?(?:,? (?:who|which))?\s*(?:(?:is|was|were|are|has|had|have|been|being|be|also|then|now|later|personally|"
    r"himself|herself|itself|still|did|does|stands?|faces?|once|would|allegedly|instead) ?)*[\s“\"‘']*"
)
_APPOSED: Final = re.compile(
    r"[^,.;:\n]{1,50},(?:(?: [^,.;:\n]{1,90},)?\s+|(?: [^,;:\n]{1,90},){2,3}\s+(?=(?:is|was|has|had|who) ))"
    r"(?:(?:who|is|was|has|had|have|been|also|then|now|later|allegedly) )*"
)
"""`Ada Moe, a nurse, has` before what she says; not before a participle, which may belong to another."""
_PARTICIPLE: Final = re.compile(r"\w+ing\b")
_PASSIVE: Final = re.compile(
    r"[^.;,\n]{0,40}?\b(?:was|were|been|being|be|is|are|got)\b (?:\w+ly )?(?:\w+ed|\w+en|sold|cut|made|put|told|sent|"
    r"paid|hid|shot|hit|set|kept|left|held|done|bought|built|lost)\b",
    re.IGNORECASE,
)
_BE: Final = re.compile(r"\b(?:is|was|were|are|been|being|be|got|gets)\s+$")
_DONE_TO: Final = re.compile(r"\w+(?:ed|en|ne|wn|ld|pt|ut|ept|lt)\b")
_BY: Final = re.compile(
    r"\b(?:by|through|against|(?:on|at) (?:the )?(?:orders?|behalf|instructions?|request) of|involving)\s+(?:[\w.]+\s+){0,4}$",
    re.IGNORECASE,
)
_AGAINST: Final = re.compile(r"[^.;\n]{0,25}\b(?:against|by|over|involving|on the part of)\s+(?:\w+\s+){0,3}")
_ANSWERING: Final = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|disput\w*|fac(?:e|es|ed|ing)|plead\w*|contest\w*|settle\w*|"
    r"(?:was|were|is|are|been) (?:\w+ ){0,2}(?:on|over|under|for|handed)|wanted|arrested|booked|charged|detained|held|"
    r"resigned|resolve|trial|under|amid)\b",
    re.IGNORECASE,
)
_OWNER: Final = re.compile(r"^[^,;]{0,45}['’]s?\s+(?:\w+\s+){0,2}$")
_HE: Final = re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE)
_SHE: Final = re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE)
_GENDERS: Final = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}


class Names:
    """The names of an article by place."""

    def __init__(self, article: ArticleMentions, clusters: Sequence[Cluster]) -> None:
        self.text = article.text
        self.clusters = clusters
        self.places = sorted((place, index) for index, one in enumerate(clusters) for place in one.places)
        self.frequent = sorted(range(len(clusters)), key=lambda index: -len(clusters[index].places))
        self._most = max((len(one.places) for one in clusters), default=1)

    @cached_property
    def standing(self) -> list[Standing]:
        """What the article says of each."""
        return [Standing(self.text, one) for one in self.clusters]

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """(place, cluster) of the names that begin in a stretch of the text."""
        return self.places[bisect_left(self.places, (start, -1)) : bisect_left(self.places, (end, -1))]

    def called(self, word: str) -> list[int]:
        """The clusters for which the article has this word."""
        return [index for index, one in enumerate(self.standing) if word in one.called]

    def fitting(self, pronoun: str, start: int, end: int) -> list[int]:
        """The clusters named in a stretch that a pronoun may mean."""
        gender = _GENDERS.get(pronoun)
        is_person = gender is not None or pronoun in ("who", "i")
        found = []
        for _, index in self.between(start, end):
            one = self.clusters[index]
            if (one.label in PEOPLE or not is_person) and (gender is None or one.gender in (None, gender)):
                found.append(index)
        return found

    def describe(self, index: int, signs: Signs) -> None:
        """What an article says of a name as a whole."""
        cluster, standing = self.clusters[index], self.standing[index]
        signs["share"] = len(cluster.places) / self._most
        signs["no_person"] = float(cluster.label not in PEOPLE)
        signs["speaks"] = standing.speaks
        signs["byline"] = float(standing.is_byline)
        signs["authority"] = float(standing.is_authority)
        place = cluster.places[0]
        signs["credit"] = float(len(cluster.places) == 1 and self.text[max(0, place - 1) : place] == "(")


def signs(names: Names, mentions: Sequence[Mention]) -> list[dict[int, Signs]]:
    """For each allegation of an article: each name that comes into question, with what speaks for it and against it."""
    readings = [_Reading(names, mention) for mention in mentions]
    found = [reading.signs() for reading in readings]
    speakers = Counter(reading.speaker for reading in readings)
    for reading, here in zip(readings, found, strict=True):
        for index, one in here.items():
            one["accuses"] = 1 - 0.5 ** (speakers[index] - (index == reading.speaker))
    return found


def accuser(names: Names, mention: Mention) -> int | None:
    """The cluster that stands as the subject right before a word by which it accuses."""
    return _Reading(names, mention).accuser()


class _Reading:
    """One allegation as its sentence and the one before it are read."""

    def __init__(self, names: Names, mention: Mention) -> None:
        self._names = names
        self._mention = mention
        self._text = names.text
        self._begin = sentences.start(self._text, mention.start)
        self._earlier = sentences.start(self._text, max(0, self._begin - 2))
        self._opening: Opening = opening(self._text, mention.start, mention.end)
        self._signs: dict[int, Signs] = {index: {} for index in names.frequent[:_FREQUENT]}
        self.speaker = self._subject() if self._opening.is_verb else None

    def signs(self) -> dict[int, Signs]:
        """For each name that comes into question, what speaks for it and against it."""
        self._see_places()
        kind = self._opening.kind
        if kind is Kind.SAID or kind is Kind.CLAUSE:
            self._see_slot()
        elif kind is Kind.DONE:
            self._see_subject("victim" if self._is_passive() else "subject")
        else:
            self._see_noun()
        if self._opening.is_verb:
            self._see_subject("speaker")
        self._see_gender()
        for index, here in self._signs.items():
            self._names.describe(index, here)
        return self._signs

    def accuser(self) -> int | None:
        """Who says it: the name before the word that says, or whom a pronoun there means without doubt."""
        if self.speaker is not None or not self._opening.is_verb:
            return self.speaker
        pronoun = _SUBJECT.search(self._text, self._begin, self._mention.start)
        if pronoun is None or pronoun[1].casefold() not in ("he", "she"):
            return None
        place, word = pronoun.start(), pronoun[1].casefold()
        fitting = set(self._names.fitting(word, self._earlier, place))
        return fitting.pop() if len(fitting) == 1 else None

    def _sign(self, index: int, name: str, value: float = 1.0) -> None:
        here = self._signs.setdefault(index, {})
        here[name] = max(value, here.get(name, 0.0))

    def _see_places(self) -> None:
        names, mention = self._names, self._mention
        for place, index in names.between(mention.start, mention.end):
            if place >= self._opening.slot:
                self._sign(index, "inside_" + self._opening.kind.name.lower())
            if _BY.search(self._text, self._opening.slot, place):
                self._sign(index, "by")
        before = names.between(max(0, mention.start - _BEFORE), mention.start)[::-1]
        for number, (place, index) in enumerate(before):
            if not any(name.startswith(("same", "earlier")) for name in self._signs.get(index, ())):
                where = "same" if place >= self._begin else "earlier"
                self._sign(index, where + ("_1" if number == 0 else "_more"))
        for place, index in names.between(mention.end, mention.end + _AFTER)[:1]:
            against = _AGAINST.fullmatch(self._text, mention.end, place)
            self._sign(index, "against" if against else "after")

    def _see_slot(self) -> None:
        """Who stands where the clause has its subject."""
        start = self._opening.slot
        slot = re.split(r"[;:.]", self._text[start : min(self._mention.end, start + 2 * _SLOT)])[0]
        if _PASSIVE.match(slot):
            return  # what was done to somebody
        pronoun = _PRONOUN.match(slot)
        if pronoun is not None:
            self._refer(pronoun[1].casefold(), "doer", self._mention.start)
            self._see_objects(None)
            return
        named = self._names.between(start, start + _SLOT)[:1]
        called = called_in(slot[:_SLOT]) if _DETERMINER.match(slot) else []
        fitting = [one for one in self._names.called(called[0][1]) if one != self.speaker] if called else []
        if fitting and not (named and named[0][0] - start < called[0][0] + 25):
            self._see_called(fitting, "doer", start)
            self._see_objects(None)
        elif named:
            self._sign(named[0][1], "doer_named")
            self._see_objects(named[0][1])

    def _see_objects(self, doer: int | None) -> None:
        """Whoever else is named in a clause that has a subject is not the one who acted."""
        inside = "inside_" + self._opening.kind.name.lower()
        for index, here in self._signs.items():
            if index != doer and inside in here:
                here["object"] = here.pop(inside)

    def _see_subject(self, way: str) -> None:
        """Who is the subject right before the allegation."""
        before = self._text[self._begin : self._mention.start]
        pronoun = _SUBJECT.search(before)
        if pronoun is not None and pronoun[1].casefold() not in ("who", "which"):
            self._refer(pronoun[1].casefold(), way, self._begin + pronoun.start())
            return
        subject = self._subject()
        if subject is not None:
            self._sign(subject, f"{way}_named")
            return
        called = called_in(before[-_SLOT:])
        if called and _NEXT_TO.fullmatch(before[-_SLOT:], called[-1][0]):
            fitting = self._names.called(called[-1][1])
            self._see_called(fitting, way, self._mention.start)

    def _is_passive(self) -> bool:
        """Whether the subject suffers what is told: `was << beaten`, and not `was << accused of`."""
        start = self._mention.start
        is_wrong_alone = self._opening.slot == start
        return is_wrong_alone and bool(
            _BE.search(self._text, self._begin, start) and _DONE_TO.match(self._text, start)
        )

    def _see_called(self, fitting: list[int], way: str, place: int) -> None:
        """Who may be called by a word at a place, and who of them was named last before it."""
        for index in fitting:
            self._sign(index, f"{way}_called", 1.0 / len(fitting))
        last = {index: self._names.clusters[index].last_before(place) for index in fitting}
        if fitting and max(last.values()) >= 0:
            self._sign(max(fitting, key=lambda index: last[index]), f"{way}_called_near")

    def _see_noun(self) -> None:
        """Who answers to what is named: `X denies the charge`; not whose word it is: `X's claim`."""
        start = self._mention.start
        for place, index in self._names.between(self._begin, start)[-1:]:
            gap = self._text[place:start]
            if not _OWNER.search(gap):
                self._sign(index, "answering" if _ANSWERING.search(gap) else "beside_noun")

    def _see_gender(self) -> None:
        text = self._text[self._mention.start : self._mention.end]
        gender = "m" if _HE.search(text) else "f" if _SHE.search(text) else None
        if gender is not None:
            for index in self._signs:
                known = self._names.clusters[index].gender
                if known is not None:
                    self._sign(index, "his_gender" if known == gender else "other_gender")

    def _refer(self, pronoun: str, way: str, place: int) -> None:
        """Whom a pronoun at a place means: the nearest that fits, or the first of the sentence before."""
        near = self._without_speaker(self._names.fitting(pronoun, max(0, place - _BEFORE), place), way)
        if near:
            self._sign(near[-1], f"{way}_near")
        first = self._without_speaker(self._names.fitting(pronoun, self._earlier, place), way)
        if first:
            self._sign(first[0], f"{way}_first")

    def _without_speaker(self, indexes: list[int], way: str) -> list[int]:
        if way == "speaker":
            return indexes
        return [index for index in indexes if index != self.speaker]

    def _subject(self) -> int | None:
        """The name that is the subject right before the allegation, at most with an apposition between."""
        start = self._mention.start
        near = self._names.between(self._begin, start)
        if near and _NEXT_TO.fullmatch(self._text, near[-1][0], start):
            return near[-1][1]
        if not _PARTICIPLE.match(self._text, start):
            for place, index in near:
                if _APPOSED.fullmatch(self._text, place, start):
                    return index
        return None
