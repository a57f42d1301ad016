"""Where a span ends by the guidelines: what every label's spans have in common."""

from __future__ import annotations

import re

from annotator.suggest.lexicons import terms

Place = tuple[int, int]

_OPENING = "\"'“‘«‹([{<*•·–—-,.;:!?|/\\_#~"
_CLOSING = "\"'”’»›)]}>*–—-,;:!?…|/\\_~"
_POSSESSIVE = re.compile(r"['’][sS]?$")
_ABBREVIATED = re.compile(r"(?:^|[\s.-])(?:\w\.)+$")
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»"}


def trimmed(text: str, start: int, end: int) -> Place | None:
    """The place without outer white space, sentence punctuation and a possessive.

    A bracket or quote at an edge stays where its other half lies inside. None where nothing
    is left.
    """
    before = (-1, -1)
    while before != (start, end):
        before = (start, end)
        while start < end and (text[start].isspace() or _loose(text, start, end, _OPENING, at_end=False)):
            start += 1
        while start < end and (text[end - 1].isspace() or _loose(text, start, end, _CLOSING, at_end=True)):
            end -= 1
        if start < end and text[end - 1] == "." and not _keeps_stop(text[start:end]):
            end -= 1
        possessive = _POSSESSIVE.search(text, start, end)
        if possessive and possessive.start() > start:
            end = possessive.start()
    return (start, end) if start < end else None


def _loose(text: str, start: int, end: int, edge: str, *, at_end: bool) -> bool:
    """Is the outermost character punctuation of the sentence, not one half of an inner pair?"""
    char = text[end - 1] if at_end else text[start]
    if char not in edge:
        return False
    inner = text[start : end - 1] if at_end else text[start + 1 : end]
    if at_end:
        return not any(
            closing == char and inner.count(opening) > inner.count(closing)
            for opening, closing in _PAIRS.items()
        )
    return not (char in _PAIRS and inner.count(_PAIRS[char]) > inner.count(char))


def _keeps_stop(name: str) -> bool:
    """Does the closing full stop belong to the name (`Jr.`, `Weinstein Co.`, `L.D.`)?"""
    return name.rsplit(maxsplit=1)[-1] in terms("suffixes") or _ABBREVIATED.search(name) is not None
