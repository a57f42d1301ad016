"""Where a span of the network begins and ends by the guidelines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from annotator.domain.words import Place, snap
from annotator.suggest import orgs, persons

_LEADS: Final = {
    "DATE": re.compile(r"(?:on|in|of|at|by|since|until|till|before|after|from|between|during|for)\s+", re.I),
    "ALLEGATION": re.compile(
        r"(?:the|an?|of|on|with|to|that|was|were|is|are|has|have|had|been|be|his|her|their|its|he|she|they|it|who)\s+",
        re.I,
    ),
}
"""Words that stay outside before a span of the label."""
_SEVERAL: Final = re.compile(r"\S[\s-]+\S")


def settled(text: str, place: Place, label: str) -> Iterator[Place]:
    """The spans that a stretch of the text is; none where nothing is left of it."""
    if label in ("PERSON", "ORG"):
        whole = snap(text, *place) if _cuts(text, place) else place
        if whole is not None:
            yield from (persons if label == "PERSON" else orgs).refined(text, whole)
    else:
        yield from _snapped(text, place, label)


def _cuts(text: str, place: Place) -> bool:
    """Does it begin or end inside a word? Quicker to see than what the word is."""
    return any(text[max(0, at - 1) : at + 1].isalnum() and 0 < at < len(text) for at in place)


def _snapped(text: str, place: Place, label: str) -> Iterator[Place]:
    """Whole words of one line (an allegation may go on in the next), without what leads to it."""
    start, end = place
    if label == "DATE" and "\n" in text[start:end]:
        end = text.index("\n", start)
    while True:
        found = snap(text, start, end)
        if found is None:
            return
        start, end = found
        leads = _LEADS[label].match(text, start, end)
        if leads is None:
            break
        start = leads.end()
    # A claim names a wrong: one word alone (`allegations`) is a bare reference.
    if label != "ALLEGATION" or _SEVERAL.search(text, start, end):
        yield start, end
