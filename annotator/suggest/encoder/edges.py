"""Where a span of the network begins and ends by the guidelines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from annotator.domain.words import Place, snap, trim
from annotator.suggest import orgs, persons

_LEADS: Final = {
    "DATE": re.compile(r"(?:on|in|of|at|by|since|until|till|before|after|from|between|during|for)\s+", re.I),
    "ALLEGATION": re.compile(
        r"(?:the|an?|of|on|with|to|that|was|were|is|are|has|have|had|been|be|his|her|their|its|he|she|they|it|who)\s+",
        re.I,
    ),
}
"""Words that stay outside before a span of the label."""
_TRAILS: Final = re.compile(r"(?:\s+(?:and|or|but|of|to|with|the|an?|that|who|which|was|were|is|are))+$")
"""Words that no allegation ends with."""
_APART: Final = frozenset(' \t\r\n,;:!?()[]"“”-–—/')
"""What is in no word."""
_GLUED: Final = re.compile(r"[a-z]+(?=\d\d?[A-Z][a-z]{2}\d\d)")
"""What is written without a space before a date: `(ends18Mar18)`."""
_SEVERAL: Final = re.compile(r"\S[\s-]+\S")


def settled(text: str, place: Place, label: str) -> Iterator[Place]:
    """The spans that a stretch of the text is; none where nothing is left of it."""
    if label in ("PERSON", "ORG"):
        whole = _whole(text, *place)
        if whole is not None:
            yield from (persons if label == "PERSON" else orgs).refined(text, whole)
    else:
        yield from _snapped(text, place, label)


def _whole(text: str, start: int, end: int) -> Place | None:
    """`snap`, which is slow, only where an end may lie inside a word."""
    cuts = any(0 < at < len(text) and _APART.isdisjoint(text[at - 1 : at + 1]) for at in (start, end))
    return (snap if cuts else trim)(text, start, end)


def _snapped(text: str, place: Place, label: str) -> Iterator[Place]:
    """Whole words of one line (an allegation may go on in the next), without what leads to it."""
    start, end = place
    if label == "DATE" and "\n" in text[start:end]:
        end = text.index("\n", start)
    while True:
        found = _whole(text, start, end)
        if found is None:
            return
        start, end = found
        leads = _LEADS[label].match(text, start, end)
        if leads is None:
            break
        start = leads.end()
    glued = _GLUED.match(text, start, end) if label == "DATE" else None
    if glued:
        start = glued.end()
    trails = _TRAILS.search(text[start:end]) if label == "ALLEGATION" else None
    if trails:
        end = start + trails.start()
    # A claim names a wrong: one word alone (`allegations`) is a bare reference.
    if label != "ALLEGATION" or _SEVERAL.search(text, start, end):
        yield start, end
