"""Long texts in pieces that a pipeline can take: at most LIMIT characters, cut at paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

LIMIT = 20_000
"""A pipeline's memory grows with the length of one text: 1 MB at once takes 30 s and 3 GB."""

# From the best place to cut to the worst: after a blank line, a line, a sentence, a word.
_CUTS = tuple(re.compile(cut) for cut in (r"\n[ \t\r]*\n\s*", r"\n\s*", r"[.!?][\"'”’)]*\s+", r"\s+"))


def pieces(text: str, limit: int = LIMIT) -> Iterator[tuple[int, int]]:
    """Half-open ranges that join up to the whole text, none empty, none over the limit."""
    start = 0
    while len(text) - start > limit:
        end = _cut(text, start, start + limit)
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def _cut(text: str, start: int, stop: int) -> int:
    """The last good place to cut in (start, stop]; a cut in the first half is too early."""
    for pattern in _CUTS:
        places = [match.end() for match in pattern.finditer(text, start, stop)]
        if places and places[-1] > (start + stop) // 2:
            return places[-1]
    return stop
