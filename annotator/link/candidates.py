"""Which known entities a mention may be, best first, each with its reasons.

What its own article says counts most: a surname there is the person of that name there. Then
what a run proposed, then names and values from anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain import names
from annotator.domain.changes import Message
from annotator.domain.linking import ArticleMentions
from annotator.domain.models import KIND_CLAIM, KIND_DATE, Entity, Label, Link, Span
from annotator.domain.names import PEOPLE
from annotator.domain.reasons import reason
from annotator.link import organisations, persons
from annotator.link.clusters import Cluster

LEAST = 0.2
_HERE = 0.08
"""What an entity that the article names already gains."""
_SAID_HERE = 0.04
"""What an entity gains that the article itself shows to be meant."""


class Candidate(NamedTuple):
    """An entity, how well it fits from 0 to 1, and why."""

    entity: Entity
    score: float
    reasons: list[Message]


class Around(NamedTuple):
    """What an article knows: its mentions of the label, each with the entity that it is linked
    or proposed to, and the open proposals of the span itself."""

    mentions: ArticleMentions
    proposed: list[Link]


def search_words(span: Span, label: Label) -> list[str]:
    """What to look for in names, to find every entity that `candidates` might take."""
    if label.kind == KIND_DATE:
        return []
    words = [word for word in names.parts(span.text) if len(word) > 2 or label.kind != KIND_CLAIM]
    if names.is_acronym(span.text):
        words.append("%".join(names.parts(span.text.replace(".", ""))[0]))
    return words[:8]


def candidates(
    span: Span,
    label: Label,
    entities: Iterable[Entity],
    here: frozenset[int],
    value: str | None = None,
    around: Around | None = None,
) -> list[Candidate]:
    """Rank entities of the span's label; `here` are those that its article names already.

    `value` is the calendar value of a date, where its words fix one.
    """
    said = _said(span, label, around) if around is not None else {}
    found = []
    for entity in entities:
        if entity.label != span.label:
            continue
        score, why = _fit(span, label, entity, value)
        reasons = [why] if score >= LEAST else []
        for said_score, said_why in said.get(entity.id, ()):
            score = max(score, said_score)
            reasons = [said_why, *(one for one in reasons if one != said_why)]
        if not reasons:
            continue
        if entity.id in here and entity.id not in said:
            score += _HERE
            reasons.append(Message("candidate.here"))
        found.append(Candidate(entity, min(1.0, score), reasons))
    return sorted(found, key=lambda one: (-one.score, one.entity.name.casefold(), one.entity.id))


def _said(span: Span, label: Label, around: Around) -> dict[int, list[tuple[float, Message]]]:
    """What the article shows and what a run proposed, by entity, weakest first."""
    found: dict[int, list[tuple[float, Message]]] = {}
    for link in around.proposed:
        if link.why is not None:
            found.setdefault(link.entity, []).append((link.score or LEAST, reason(link.why)))
    if label.kind not in (KIND_CLAIM, KIND_DATE):
        rules = persons if label.name in PEOPLE else organisations
        clusters = rules.in_article(around.mentions, around.mentions.mentions)
        own = next((one for one in clusters for member in one.members if member.span == span.id), None)
        if own is not None and len(own.entities) == 1:
            member = next(member for member in own.members if member.span == span.id)
            whys = found.setdefault(next(iter(own.entities)), [])
            whys.append((member.score + _SAID_HERE, member.why))
            if _is_only(own, clusters):
                whys.append((member.score + _SAID_HERE, Message("candidate.only_here", {"name": own.name})))
    return found


def _is_only(own: Cluster, clusters: Iterable[Cluster]) -> bool:
    """Whether no other name of the article shares the last word."""
    return all(one is own or not one.words or one.words[-1] != own.words[-1] for one in clusters)


def _fit(span: Span, label: Label, entity: Entity, value: str | None) -> tuple[float, Message]:
    if label.kind == KIND_DATE:
        same = value is not None and value == entity.value
        return (0.95 if same else 0.0), Message("candidate.same_day", {"value": value})
    known = [entity.name, *json.loads(entity.aliases)]
    fit = _claim_fit if label.kind == KIND_CLAIM else _name_fit
    return max((fit(span.text, name) for name in known), key=lambda one: one[0])


def _name_fit(text: str, name: str) -> tuple[float, Message]:
    mine, theirs = names.fingerprint(text), names.fingerprint(name)
    if mine == theirs:
        return 0.92, Message("candidate.same_name")
    own, other = mine.split(), theirs.split()
    if names.generation(text) != names.generation(name) and names.generation(text) and names.generation(name):
        return 0.0, Message("candidate.same_name")
    if names.organisation_parts(text) == names.organisation_parts(name):
        return 0.88, Message("candidate.same_name")
    if names.is_acronym(text) and names.acronym(name) == mine.replace(" ", ""):
        return 0.85, Message("candidate.acronym", {"name": name})
    if names.is_acronym(name) and names.acronym(text) == theirs.replace(" ", ""):
        return 0.85, Message("candidate.acronym", {"name": text})
    if len(own) == 1 and len(other) > 1 and own[0] == other[-1]:
        return 0.7, Message("candidate.same_surname")
    if len(other) == 1 and len(own) > 1 and other[0] == own[-1]:
        return 0.6, Message("candidate.same_surname")
    if own and other and own[-1] == other[-1]:
        same_initial = own[0][0] == other[0][0] and 1 in (len(own[0]), len(other[0]))
        return (0.6 if same_initial else 0.3), Message("candidate.same_surname")
    if len(own) == 1 and own[0] == other[0]:
        return 0.5, Message("candidate.same_first")
    shared = set(own) & set(other)
    return (0.25 if shared else 0.0), Message("candidate.same_word", {"word": min(shared, default="")})


def _claim_fit(text: str, name: str) -> tuple[float, Message]:
    mine = {word for word in names.parts(text) if len(word) > 3}
    theirs = {word for word in names.parts(name) if len(word) > 3}
    shared = mine & theirs
    share = len(shared) / max(1, min(len(mine), len(theirs)))
    words = ", ".join(sorted(shared, key=len, reverse=True)[:2])
    return 0.8 * share, Message("candidate.same_words", {"words": words})
