"""What words that somebody looks for match in a text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache


def pattern(words: str) -> re.Pattern[str]:
    """Words in their order with any white space between, from the beginning of a word.

    Upper and lower case are alike; a plain letter finds those with a mark too ("muller": "Müller").
    """
    spaced = r"\s+".join("".join(map(_letter, word)) for word in words.split())
    ahead = r"(?<!\w)" if words.lstrip()[0].isalnum() else ""
    return re.compile(ahead + spaced, re.IGNORECASE)


def _letter(sign: str) -> str:
    marked = _marked().get(sign.lower(), "")
    return f"[{sign}{marked}]" if marked else re.escape(sign)


@cache
def _marked() -> dict[str, str]:
    """The letters with a mark for each plain one."""
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain = unicodedata.normalize("NFD", chr(code))[0].lower()
        if plain.isascii() and plain.isalpha():
            found[plain] = found.get(plain, "") + chr(code)
    return found
