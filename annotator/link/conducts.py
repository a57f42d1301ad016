"""What wrong the words of an allegation tell of: their stems, and the kinds of wrong that they name or hint at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from annotator.domain import names
from annotator.lexicons import bases, terms

Kinds = Mapping[str, float]
"""Kind of wrong -> how clearly words speak of it, from 0 to 1."""

NAMED: Final = 1.0
"""What a word weighs that names a kind of wrong."""
_HINT: Final = 0.25
_SHORTEST: Final = 4
_REMEMBERED: Final = 1 << 16
_WORD: Final = re.compile(r"[a-z][a-z-]*[a-z]|[a-z]")
_ENDINGS: Final = "ations ation ings ing ies ied ions ion ers er ed es s y e".split()
_STOP: Final = frozenset(
    "that with from have been were they their them this what when which while would could should about into over "
    "said says alleged alleges allegedly allegation allegations claim claims claimed accuse accused accuses accusing "
    "accusation accusations charge charged charges suspicion suspected suspect told reported reportedly report "
    "reports count counts case probe investigation inquiry against after before also than then there being more most "
    "least during under between through other another only some such company former called calls sued suing lawsuit "
    "suit complaint believed appears seems whether investigating examining arrested indicted trial because".split()
)


class _Wrong(NamedTuple):
    """A kind of wrong, and beginnings of words and whole words, each with what it weighs."""

    kind: str
    starts: tuple[tuple[str, float], ...]
    words: Mapping[str, float]


def kinds(text: str) -> Kinds:
    """The kinds of wrong of which a text speaks; hints add up."""
    found: dict[str, float] = {}
    for word in _WORD.findall(text.casefold()):
        for part in {word, *word.split("-")}:
            for kind, weight in _kinds_of(part).items():
                found[kind] = 1 - (1 - found.get(kind, 0.0)) * (1 - weight)
    return found


@lru_cache(_REMEMBERED)
def _kinds_of(word: str) -> Kinds:
    found = {}
    for one in _wrongs():
        weight = max(
            max((weight for start, weight in one.starts if word.startswith(start)), default=0.0),
            max((one.words.get(base, 0.0) for base in bases(word)), default=0.0),
        )
        if weight:
            found[one.kind] = weight
    return found


@cache
def _wrongs() -> list[_Wrong]:
    wrongs = []
    for line in sorted(terms("kinds_of_wrong")):
        kind, _, words = line.partition(":")
        named, _, hints = words.partition("|")
        weights = dict.fromkeys(hints.split(), _HINT) | dict.fromkeys(named.split(), NAMED)
        starts = tuple((word[:-1], weight) for word, weight in weights.items() if word.endswith("*"))
        wrongs.append(_Wrong(kind, starts, weights))
    return wrongs


def stems(text: str) -> frozenset[str]:
    """The words that tell of the wrong itself, cut to their stems."""
    return frozenset(
        _stem(word)
        for word in names.parts(text)
        if len(word) >= _SHORTEST and word not in _STOP and not names.is_small(word)
    )


def _stem(word: str) -> str:
    for end in _ENDINGS:
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST:
            return word[: -len(end)]
    return word
