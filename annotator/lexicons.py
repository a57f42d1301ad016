"""Word lists: plain text in resources/lexicons/, one term a line, `#` starts a comment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from annotator import paths

_VOWELS: Final = frozenset("aeiou")


@cache
def terms(name: str) -> frozenset[str]:
    """The terms of `NAME.txt` as they are written there."""
    file = paths.resources() / "lexicons" / f"{name}.txt"
    lines = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line)


@cache
def bases(word: str) -> frozenset[str]:
    """A lower-case word and the base forms that its ending allows: no lemmatizer is needed."""
    found = {word}
    found.update(_without(word, "s"), _without(word, "es"), _without(word, "ed"), _without(word, "ing"))
    if word.endswith(("ies", "ied")):
        found.add(word[:-3] + "y")
    return frozenset(found)


def _without(word: str, ending: str) -> Iterator[str]:
    """`abuse` and `abus` of `abused`, `rob` of `robbed`."""
    stem = word.removesuffix(ending)
    if stem != word and len(stem) > 1:
        yield stem
        if ending in ("ed", "ing"):
            yield stem + "e"
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
                yield stem[:-1]
