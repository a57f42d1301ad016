"""What of a text SQLite cannot hold, and how it is told from a file that is no text."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
MAX_REPLACED = 1 / 1000
"""More than this share of characters that cannot be stored: not a text."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LONE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> tuple[str, int]:
    """The text with U+0000 and lone surrogates as U+FFFD one for one, and how many there were."""
    return _UNSTORABLE.subn(REPLACEMENT, text)


def whole_characters(text: str) -> str:
    """The text with lone surrogates as U+FFFD: where two meet, UTF-16 would read one character that is none."""
    return _LONE.sub(REPLACEMENT, text)


def shortened(text: str, limit: int = 40) -> str:
    """One line of a text for messages: white space folded, cut in the middle of nothing."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
