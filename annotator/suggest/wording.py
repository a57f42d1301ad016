"""What a word looks like: the pieces from which the patterns for names are built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotator.suggest.edges import Place
from annotator.suggest.lexicons import terms

UPPER = "".join(chr(code) for code in range(0x530) if chr(code).isupper())
"""Capital letters of the Latin, Greek and Cyrillic scripts, for character classes."""
SPACE = r"[ \u00a0\u2009\u202f]"
"""White space inside a name: a name crosses no line end."""


def either(words: Iterable[str]) -> str:
    """Any of these words, the longest first; straight and curly apostrophes are the same."""
    found = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return "(?:" + found.replace(r"\ ", SPACE).replace("'", "['’]") + ")"


def parts(text: str, place: Place, separator: re.Pattern[str]) -> Iterator[Place]:
    """The places between the separators inside a place."""
    start, end = place
    for match in separator.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def words(text: str, place: Place) -> list[Place]:
    """The places of the words of a place, split at white space."""
    return [match.span() for match in re.compile(r"\S+").finditer(text, *place)]


def is_title(word: str) -> bool:
    """A form of address, rank or office, whatever its case."""
    return word.rstrip(".,").rpartition("-")[2].capitalize() in terms("titles")
