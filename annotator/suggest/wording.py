"""What a word looks like: the pieces from which the patterns for names are built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotator.domain.words import Place
from annotator.lexicons import terms

UPPER = "".join(chr(code) for code in range(0x530) if chr(code).isupper())
"""Capital letters of the Latin, Greek and Cyrillic scripts, for character classes."""
SPACE = r"[ \u00a0\u2009\u202f]"
"""White space inside a name: a name crosses no line end."""

_FIRST = re.compile(r"\w+|[^\w\s]")
_GOES_ON = re.compile(r"[\w\u0300-\u036f-]")


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


def occurrences(text: str, names: Iterable[str]) -> Iterator[Place]:
    """Where names stand as whole words, the longest first, also in capitals; in text order."""
    by_first: dict[str, list[str]] = {}
    for name in {*names, *(name.upper() for name in names if len(name) > 3)}:
        first = _FIRST.match(name)
        if first:
            by_first.setdefault(first[0], []).append(name)
    for same in by_first.values():
        same.sort(key=len, reverse=True)
    for match in _FIRST.finditer(text):
        start = match.start()
        if text[start - 1 : start] == "-":
            continue
        for name in by_first.get(match[0], ()):
            end = start + len(name)
            if text.startswith(name, start) and not _GOES_ON.match(text, end):
                yield start, end
                break
