"""Where the sentence around a place of an article begins and ends."""

from __future__ import annotations

import re
from typing import Final

_REACH: Final = 600
_END: Final = re.compile(r"[.!?][”’\"']?\s|\n")


def start(text: str, place: int) -> int:
    """Where the sentence or line that holds a place begins."""
    begin = max(0, place - _REACH)
    found = [one.end() for one in _END.finditer(text, begin, place)]
    return found[-1] if found else begin


def sentence(text: str, begin: int, end: int) -> str:
    """The whole sentence, or sentences, in which a stretch of text lies."""
    found = _END.search(text, end, end + _REACH)
    return text[start(text, begin) : found.start() if found else end + _REACH]
