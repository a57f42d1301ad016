"""All claims of a parsed document, from the rules in the order of their certainty."""

from __future__ import annotations

from spacy.tokens import Doc

from annotator.suggest.allegations import markers, reports
from annotator.suggest.allegations.clauses import Claim, Parsed

CERTAIN = (
    markers.cue_verbs,
    markers.cue_nouns,
    markers.compounds,
    markers.formal_steps,
    markers.naming,
    markers.adjectives,
    markers.adverbs,
    reports.examined,
    reports.hedged,
    reports.reported,
    reports.sourced,
)
"""Where two rules find overlapping claims, that of the earlier rule is kept."""
IN_CONTEXT = (reports.told,)
"""Rules that need an article with other claims: alone they would mark any report of an act."""
ENOUGH = 2
"""Certain claims that make an article one about wrongs."""


def find(doc: Doc) -> list[Claim]:
    """The claims of a parsed document in reading order, none overlapping another."""
    parsed = Parsed(doc)
    tokens = [token for token in doc if token.is_alpha]
    found: list[Claim] = []
    taken: set[int] = set()
    for rules in (CERTAIN, IN_CONTEXT):
        if rules is IN_CONTEXT and len(found) < ENOUGH:
            break
        for rule in rules:
            for claim in (claim for token in tokens for claim in rule(parsed, token)):
                if claim.end > claim.start and taken.isdisjoint(range(claim.start, claim.end)):
                    found.append(claim)
                    taken.update(range(claim.start, claim.end))
    return sorted(found)
