"""What an article says of a name as a whole: the words for it, and how much of it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from annotator.domain.names import PEOPLE
from annotator.lexicons import terms
from annotator.link.clusters import Cluster

_BEFORE, _BEHIND = 60, 160
"""Code points beside a name in which words for it may stand."""
_WORDS, _APPOSED = 4, 7
_MOST = 8
"""Mentions that are looked at."""
_WORD: Final = re.compile(r"[^\W\d][\w-]+")
_BREAK: Final = re.compile(r"[.,;:!?“”\"()\n—–]")
_NAME: Final = re.compile(r"(?:[A-ZÀ-Ý][\w’'.-]*\s?|(?:de|van|der|den|bin|al|la|von)\s)+")
_APPOSITION: Final = re.compile(r"(?:, | \()(?:\d+, )?(?=(?:an? |the |who |his |her |its |then |now |[a-z]))")
_SPEAKS: Final = re.compile(
    r"^[^.!?\n]{0,30}?\b(?:said|says|told|added|wrote|argued|recalled|testified|alleged|claimed)\b"
)
_BYLINE: Final = re.compile(r"(?:^|\n)\s*(?:[Bb]y|BY|[Rr]eporting by|From)\s+(?:\w+ ){0,3}$")
_AUTHORITY: Final = frozenset(
    "court tribunal police department dept ministry agency bureau commission authority inspectorate garda ombudsman "
    "parliament senate office prosecutor prosecutors times herald tribune gazette courier echo post news wire mail "
    "bugle star observer chronicle journal ledger standard tv radio press magazine".split()
)
_AGENCY: Final = frozenset(
    "agency bureau commission directorate department dept ministry authority office inspectorate administration board".split()
)
_PUBLIC: Final = _AGENCY | frozenset(
    "court tribunal police parliament senate council university college school academy hospital party union church "
    "diocese parish club association federation society league times herald tribune gazette courier echo".split()
)
_COMPANY: Final = frozenset("company firm business group corporation employer contractor".split())


class Standing:
    """`called` are the words for it (`mayor`, `company`), `speaks` how many of its mentions do, from 0 to 1."""

    __slots__ = ("called", "is_authority", "is_byline", "speaks")

    def __init__(self, text: str, cluster: Cluster) -> None:
        places = cluster.places
        behind = [text[place : place + _BEHIND] for place in places]
        self.called = frozenset(_called(text, cluster))
        self.speaks = sum(bool(_SPEAKS.match(_NAME.sub("", one, count=1))) for one in behind) / len(places)
        self.is_byline = is_byline(text[max(0, places[0] - _BEFORE) : places[0]])
        self.is_authority = cluster.label not in PEOPLE and not self.called.isdisjoint(_AUTHORITY)


def is_byline(before: str) -> bool:
    """Whether a name stands where an article names its writer."""
    may_be = any(word in before for word in ("by", "By", "BY", "From"))
    return may_be and bool(_BYLINE.search(before))


def called_in(text: str) -> list[tuple[int, str]]:
    """The words for people and organisations in a stretch of text, with their places."""
    known = role_words() | _bodies() | _COMPANY
    found = []
    for match in re.finditer(r"[a-zà-ÿ][\w-]+", text):
        form = next((one for one in (match[0], match[0].removesuffix("s")) if one in known), None)
        if form is not None:
            found.append((match.start(), form))
    return found


def _called(text: str, cluster: Cluster) -> Iterator[str]:
    if cluster.label not in PEOPLE:
        words = _WORD.findall(cluster.name.casefold())
        yield from words
        if _PUBLIC.isdisjoint(words):
            yield from _COMPANY
        elif not _AGENCY.isdisjoint(words):
            yield from ("agency", "authority", "watchdog", "regulator")
    for place in cluster.places[:_MOST]:
        before = _BREAK.split(text[max(0, place - _BEFORE) : place])[-1]
        yield from _before(_WORD.findall(before)[-_WORDS:])
        name = _NAME.match(text, place)
        apposed = _APPOSITION.match(text, name.end()) if name is not None else None
        if apposed is not None:
            behind = _BREAK.split(text[apposed.end() : apposed.end() + _BEHIND])[0]
            yield from (word for word in _WORD.findall(behind.casefold())[:_APPOSED] if word in role_words())


def _before(words: list[str]) -> Iterator[str]:
    """Those right before a name, back to where somebody else is named."""
    for word in reversed(words):
        if word.casefold() in role_words():
            yield word.casefold()
        elif word[0].isupper():
            return


@cache
def role_words() -> frozenset[str]:
    """Words for what people are, folded."""
    words = {word for term in terms("roles") | terms("titles") for word in term.casefold().split()}
    return frozenset(word for word in words if len(word) > 2)


@cache
def _bodies() -> frozenset[str]:
    """Words for what organisations are."""
    return frozenset(word.casefold() for word in terms("org_heads") if len(word) > 3)
