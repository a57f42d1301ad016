"""How an allegation begins: what marks it, and where its clause names the one who did it."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache
from typing import Final, NamedTuple

from annotator.lexicons import bases, terms


class Kind(Enum):
    """What leads from the words of an allegation to the one accused."""

    SAID = auto()
    """`says that X stole`, `accused X of theft`: X stands right behind the marking word."""
    CLAUSE = auto()
    """`X stole`: the wrong with its subject."""
    DONE = auto()
    """`accused of theft`, `stole`: the subject stands before the allegation."""
    NOUN = auto()
    """`theft charge`, `allegations of theft`."""


class Opening(NamedTuple):
    """`slot` is where the one who did it is named, for SAID and CLAUSE; `is_verb`: somebody says it."""

    kind: Kind
    slot: int
    is_verb: bool = False


_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")
_TO_WHOM: Final = re.compile(
    r"\b(?:tell|told|tells|telling|inform\w*|remind\w*|assur\w*|warn\w*)$", re.IGNORECASE
)
_ADDRESSED: Final = re.compile(
    r"[^.;:\n]{1,70}?\bthat\b|\s+\S+[^.;:\n]{1,60}?(?=\b(?:he|she|they|it|we|i|his|her|the|an?)\b)",
    re.IGNORECASE,
)
_THAT: Final = re.compile(
    r"[\s,]*(?:into |(?:in|on|at|under|before|during|last) (?:[\w.’']+ ){1,4}?)?(?:that|whether|how|when|if)\b[\s,]*",
    re.IGNORECASE,
)
_NOT_A_NOUN: Final = frozenset(
    "that whether how he she they it we i you him them the a an his her their its our my this these those "
    "one another some someone somebody".split()
)
_SHOWN: Final = re.compile(
    r"(?:appear|seem)\w* to (?:show|suggest|indicate|prove)(?: that)?\b", re.IGNORECASE
)
_PREPOSITIONS: Final = frozenset(
    "of with for to over on in by as about before since after during at under from into".split()
)
_QUOTES: Final = " \t\n“”\"‘’'"
_AUXILIARIES: Final = frozenset(
    "is was were are has had have been being be would could may might must did does".split()
)
_SHORT: Final = 6


def opening(text: str, start: int, end: int) -> Opening:
    """How the allegation at a place begins."""
    first = _WORD.match(text, _skip(text, start, end), end)
    if first is None:
        return Opening(Kind.DONE, start)
    word = first[0].casefold()
    behind = _WORD.search(text, first.end(), end)
    following = behind[0] if behind is not None else ""
    leads = _leads(word)
    if leads is not None:
        return _marked(text, first.end(), end, word, following, leads)
    that = _THAT.match(text, first.end(), end)
    if that is not None and word not in _AUXILIARIES:
        return Opening(Kind.SAID, _skip(text, that.end(), end), is_verb=True)
    if _is_noun(text[start:end], word):
        return Opening(Kind.NOUN, start)
    if bases(word) & _reporting():
        return _said(text, first.end(), end, word, following)
    shown = _SHOWN.match(text, first.start(), end)
    if shown is not None:
        return Opening(Kind.SAID, _skip(text, shown.end(), end), is_verb=True)
    if bases(word) & terms("hedges") or word in ("appears", "appeared", "seems", "seemed", "may", "might"):
        return Opening(Kind.DONE, start)
    return Opening(Kind.CLAUSE if _has_subject(text, start, first[0]) else Kind.DONE, start)


def _marked(text: str, place: int, end: int, word: str, following: str, leads: frozenset[str]) -> Opening:
    """It begins with a verb or noun that marks a claim by itself."""
    that = _THAT.match(text, place, end)
    if that is not None:
        return Opening(Kind.SAID, _skip(text, that.end(), end), is_verb=True)
    next_word = re.split(r"['’]", following.casefold())[0]
    if word.endswith("ed") and word != "sued" and next_word in _PREPOSITIONS:
        return Opening(Kind.DONE, place)
    if next_word in leads or next_word in _PREPOSITIONS:
        is_noun = bool(bases(word) & _cue_nouns())
        return Opening(Kind.NOUN if is_noun else Kind.DONE, place)
    is_plain = next_word not in _NOT_A_NOUN and following[:1].islower() and not following.endswith("ing")
    if not following or (is_plain and (word in terms("alleged") or bases(word) & _cue_nouns())):
        return Opening(Kind.NOUN, place)  # `alleged kingpin`
    return Opening(Kind.SAID, _skip(text, place, end), is_verb=True)


def _said(text: str, place: int, end: int, word: str, following: str) -> Opening:
    if following == "to" and word.endswith(("d", "t")):
        return Opening(Kind.DONE, place)  # `said to have paid`
    if _TO_WHOM.search(word):
        addressed = _ADDRESSED.match(text, place, end)
        return Opening(Kind.SAID, _skip(text, addressed.end() if addressed else place, end), is_verb=True)
    return Opening(Kind.SAID, _skip(text, place, end), is_verb=True)


def _is_noun(words: str, first: str) -> bool:
    """`bribery charge`, `suspicion of fraud`, `theft of a bicycle`: nothing in it says who acted."""
    found = [one.casefold() for one in _WORD.findall(words)]
    if _is_wrong(first) or (first in _before_nouns() and any(_is_wrong(one) for one in found[1:3])):
        return True
    if any(base in terms("claim_heads") for base in (first, first.removesuffix("s"))):
        return True
    last = found[-1]
    return (
        len(found) <= _SHORT
        and any(base in terms("claim_heads") for base in bases(last))
        and _PREPOSITIONS.isdisjoint(found)
    )


def _is_wrong(word: str) -> bool:
    return not {word, word.removesuffix("s")}.isdisjoint(terms("wrong_nouns"))


@cache
def _before_nouns() -> frozenset[str]:
    return terms("alleged") | terms("wrong_adjectives")


def _has_subject(text: str, start: int, first: str) -> bool:
    """Whether a clause begins here, so that its subject stands in it: after a full stop, a comma or `that`."""
    before = text[max(0, start - 20) : start].rstrip(_QUOTES)
    begins = not before or before.endswith(
        (".", "!", "?", ":", ",", ";", " that", " and", "-", "–", "—", "\n")
    )
    word = first.casefold()
    is_verb = word in _AUXILIARIES or word.endswith(("ed", "ing")) or bool(bases(word) & terms("wrong_verbs"))
    return (begins or word in _NOT_A_NOUN or text[start - 1 : start] == "\n") and not is_verb


def _skip(text: str, place: int, end: int) -> int:
    while place < end and text[place] in _QUOTES:
        place += 1
    return place


@cache
def _leads(word: str) -> frozenset[str] | None:
    """What leads from a word that marks a claim to the wrong; None where it marks none."""
    tables = (_table("cue_verbs"), _table("cue_nouns"))
    found = [table[base] for table in tables for base in bases(word) if base in table]
    return frozenset().union(*found) if found else None


@cache
def _table(name: str) -> dict[str, frozenset[str]]:
    lines = (line.split() for line in terms(name))
    return {word: frozenset(leads) for word, *leads in lines}


@cache
def _cue_nouns() -> frozenset[str]:
    return frozenset(_table("cue_nouns"))


@cache
def _reporting() -> frozenset[str]:
    return terms("reporting_verbs") | {"ask", "blame", "call", "look", "name", "identify", "paint", "hint"}
