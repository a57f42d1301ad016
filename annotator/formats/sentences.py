"""Words and sentences for formats that need some; sentences are lines, parted behind full stops, never inside a span."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from annotator.formats.tokens import Tokens

_END: Final = re.compile(r"[\r\n]+|[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z\d])")
_ABBREVIATED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gov|Sen|Rep|Gen|Lt|Col|Sgt|No|vs|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|[A-Z])\.\s+$"
)


def sentences(text: str, spans: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Start and end of each, without the white space between them (but for what spans begin or end with)."""
    found: list[tuple[int, int]] = []
    begin = 0
    for end in [*_outside(_ends(text), spans), len(text)]:
        kept = [edge for span in spans for edge in (span["start"], span["end"]) if begin <= edge <= end]
        first, last = _trimmed(text, begin, end)
        if kept:
            first, last = min(first, *kept), max(last, *kept)
        if first < last:
            found.append((first, last))
        begin = end
    return found


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if match[0].isspace() or not _ABBREVIATED.search(text, max(match.start() - 8, 0), match.end()):
            yield match.end()


def _outside(places: Iterator[int], spans: Sequence[Mapping[str, Any]]) -> Iterator[int]:
    """The places at which no span is cut."""
    waiting = deque(sorted((span["start"], span["end"]) for span in spans))
    reach = 0
    for place in places:
        while waiting and waiting[0][0] < place:
            reach = max(reach, waiting.popleft()[1])
        if reach <= place:
            yield place


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    piece = text[begin:end]
    return begin + len(piece) - len(piece.lstrip()), begin + len(piece.rstrip())


def words(text: str, tokens: Tokens) -> list[tuple[int, int]]:
    """Start and end of the tokens, without those of white space."""
    return [
        (start + match.start(), start + match.end())
        for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)
        for match in re.finditer(r"\S+", text[start:end])
    ]
