"""What of a text SQLite cannot hold, and how it is told from a file that is no text."""

from __future__ import annotations

import re
from typing import Any

REPLACEMENT = "\ufffd"
MAX_REPLACED = 1 / 1000
"""More than this share of characters that cannot be stored: not a text."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LONE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> tuple[str, int]:
    """The text with U+0000 and lone surrogates as U+FFFD one for one, and how many there were."""
    return _UNSTORABLE.subn(REPLACEMENT, text)


def clean_all(value: Any) -> tuple[Any, int]:
    """A value without what cannot be stored in any of its strings, and how much that was."""
    if type(value) is str:
        return clean(value)
    count = 0
    if type(value) is list:
        for at, inner in enumerate(value):
            value[at], more = clean_all(inner)
            count += more
    elif type(value) is dict:
        for key in list(value):
            name, more = clean(key)
            value[name], inside = clean_all(value.pop(key))
            count += more + inside
    return value, count


def whole_characters(text: str) -> str:
    """The text with lone surrogates as U+FFFD: where two meet, UTF-16 would read one character that is none."""
    return _LONE.sub(REPLACEMENT, text)


def shortened(text: str, limit: int = 40) -> str:
    """One line of a text for messages: white space folded, cut in the middle of nothing."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
