"""Who is accused in an allegation: names in it and around it, each with its share of the blame."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp
from typing import Final

from annotator.domain.linking import ArticleMentions, Mention
from annotator.link.clusters import PEOPLE, Cluster

Signs = dict[str, float]
Shares = dict[int, float]
"""Index of a cluster of the article -> its share, 1 in all."""

_OBJECT: Final = re.compile(
    r"(?:accus\w+|charg(?:ed|es|ing)|su(?:ed|es|ing)|arrest\w*|suspect(?:s|ed|ing)?|indict\w*|blam\w+|nam(?:es|ed|ing))\b",
    re.IGNORECASE,
)
_PASSIVE: Final = re.compile(
    r"(?:accused of|charged with|charged over|charged in|suspected of|suspected|arrested|indicted|wanted|investigated|"
    r"suspicion|count|counts|charge|charges|trial|allegedly|alleged|reportedly|apparently|possession|investigation)\b",
    re.IGNORECASE,
)
_REPORT: Final = re.compile(
    r"(?:alleg(?:es|ed that|ing|e)|claim\w*|sa(?:ys?|id|ying)|told|tells|argu\w+|contend\w*|insist\w*|believ\w+|"
    r"accus(?:es|ing)|accused (?!of\b)|suggest\w*|report(?:s|ed) that|wrote|testif\w+|recall\w*|remember\w*|describ\w+|"
    r"call(?:s|ed|ing)|question\w*|identif\w+|nam(?:es|ed))\b",
    re.IGNORECASE,
)
_AGAINST: Final = re.compile(
    r"^[^.;\n]{0,25}\b(?:against|by|over|involving|on the part of)\s+(?:\w+\s+){0,3}$"
)
_HE: Final = re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE)
_SHE: Final = re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE)
_EARLY = 60
_OBJECT_WITHIN = 40
_SUBJECT_WITHIN = 30
_BEFORE = 600
_AFTER = 60
_FREQUENT = 3
_ACCUSER_WITHIN = 40
_BEFORE_SIGNS: Final = frozenset(("same_1", "same_more", "earlier_1", "earlier_more"))

WEIGHTS: Final = {
    "inside_first": 2.2, "inside_late": 0.8, "inside_other": 0.6, "object": 1.4, "same_1": 1.4, "same_more": 0.4,
    "earlier_1": 0.5, "earlier_more": 0.1, "reporter": -0.6, "passive": 0.6, "other_inside": -0.8, "subject": 0.2,
    "against": 0.7, "after": 0.4, "his_gender": 1.1, "other_gender": -0.3, "share": 0.8, "headline": 0.2,
    "no_person": -0.5, "credit": -0.7, "blamed": 1.0,
}  # fmt: skip


class Names:
    """The names of an article by place."""

    def __init__(self, article: ArticleMentions, clusters: Sequence[Cluster]) -> None:
        self.text = article.text
        self.clusters = clusters
        self._most = max((len(one.places) for one in clusters), default=1)
        self._headline = (self.text + "\n").index("\n")
        self.frequent = sorted(range(len(clusters)), key=lambda index: -len(clusters[index].places))[
            :_FREQUENT
        ]
        self.places = sorted((place, index) for index, one in enumerate(clusters) for place in one.places)

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """(place, cluster) of the names that begin in a stretch of the text."""
        return self.places[bisect_left(self.places, (start, -1)) : bisect_left(self.places, (end, -1))]

    def describe(self, index: int, signs: Signs) -> None:
        """What an article says of a name as a whole."""
        cluster = self.clusters[index]
        signs["share"] = len(cluster.places) / self._most
        if cluster.places[0] < self._headline:
            signs["headline"] = 1.0
        if cluster.label not in PEOPLE:
            signs["no_person"] = 1.0
        if len(cluster.places) == 1:
            place = cluster.places[0]
            if self.text[max(0, place - 1) : place] == "(":
                signs["credit"] = 1.0


def shares(names: Names, mentions: Sequence[Mention]) -> list[Shares]:
    """For each allegation of an article who may be accused; those blamed elsewhere in it weigh more."""
    seen = [_signs(names, mention) for mention in mentions]
    first = [_softmax({index: _weigh(signs) for index, signs in one.items()}) for one in seen]
    blamed: Counter[int] = Counter()
    for one in first:
        blamed.update(one)
    most = max(blamed.values(), default=0.0) or 1.0
    return [
        _softmax(
            {index: _weigh(signs) + WEIGHTS["blamed"] * blamed[index] / most for index, signs in one.items()}
        )
        for one in seen
    ]


def accuser(names: Names, mention: Mention) -> int | None:
    """The cluster of the name right before a word that reports, in its sentence."""
    if not _REPORT.match(names.text, mention.start) or _PASSIVE.match(names.text, mention.start):
        return None
    near = names.between(mention.start - _ACCUSER_WITHIN, mention.start)
    if not near or re.search(r"[.!?]\s|\n", names.text[near[-1][0] : mention.start]):
        return None
    return near[-1][1]


def _weigh(signs: Mapping[str, float]) -> float:
    return sum(WEIGHTS[name] * value for name, value in signs.items())


def _softmax(scores: Mapping[int, float]) -> Shares:
    best = sorted(scores.items(), key=lambda one: -one[1])[:5]
    raised = {index: exp(score) for index, score in best}
    total = sum(raised.values())
    return {index: value / total for index, value in raised.items()}


def _signs(names: Names, mention: Mention) -> dict[int, Signs]:
    """For each name that comes into question, what speaks for it and against it."""
    text = names.text[mention.start : mention.end]
    signs: dict[int, Signs] = {index: {} for index in names.frequent}
    _see_inside(names, mention, signs)
    _see_before(names, mention, signs)
    for place, index in names.between(mention.end, mention.end + _AFTER)[:1]:
        sign = "against" if _AGAINST.match(names.text[mention.end : place]) else "after"
        signs.setdefault(index, {})[sign] = 1.0
    gender = "m" if _HE.search(text) else "f" if _SHE.search(text) else None
    for index, here in signs.items():
        names.describe(index, here)
        known = names.clusters[index].gender
        if gender is not None and known is not None:
            here["his_gender" if gender == known else "other_gender"] = 1.0
    return signs


def _see_inside(names: Names, mention: Mention, signs: dict[int, Signs]) -> None:
    for number, (place, index) in enumerate(names.between(mention.start, mention.end)):
        into = place - mention.start
        sign = "inside_late" if number == 0 else "inside_other"
        if number == 0 and into < _EARLY:
            is_object = into < _OBJECT_WITHIN and _OBJECT.match(names.text, mention.start)
            sign = "object" if is_object else "inside_first"
        signs.setdefault(index, {}).setdefault(sign, 1.0)


def _see_before(names: Names, mention: Mention, signs: dict[int, Signs]) -> None:
    sentence = _sentence_start(names.text, mention.start)
    passive = bool(_PASSIVE.match(names.text, mention.start))
    reports = not passive and bool(_REPORT.match(names.text, mention.start))
    has_inside = any("inside_first" in one or "object" in one for one in signs.values())
    before = names.between(max(0, mention.start - _BEFORE), mention.start)[::-1]
    for number, (place, index) in enumerate(before):
        here = signs.setdefault(index, {})
        if here.keys() & _BEFORE_SIGNS:
            continue
        same = place >= sentence
        seen = {
            ("same" if same else "earlier") + ("_1" if number == 0 else "_more"): True,
            "reporter": same and reports,
            "passive": number == 0 and passive,
            "other_inside": has_inside,
            "subject": same and place - sentence < _SUBJECT_WITHIN,
        }
        here.update((sign, 1.0) for sign, is_there in seen.items() if is_there)


def _sentence_start(text: str, place: int) -> int:
    begin = max(0, place - _BEFORE)
    found = [one.end() for one in re.finditer(r"[.!?][”’\"\']?\s|\n", text[begin:place])]
    return begin + (found[-1] if found else 0)
