"""When one organisation's name is short for another: words left out, letters, and what is no short form."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from annotator.domain import names
from annotator.lexicons import terms
from annotator.link.clusters import Words

_REMEMBERED = 1 << 16
_OF_ITS_OWN: Final = frozenset(
    "foundation stiftung union association federation committee subcommittee caucus alumni friends supporters staff "
    "employees workers students ventures".split()
)
"""With these the people around an organisation, or what it set up, make one of their own."""
_SEPARATE: Final = _OF_ITS_OWN | frozenset(
    "trust capital insurance securities management academy school hospital fund funds club society museum library".split()
)
_MORE_OF_IT: Final = frozenset(
    "department dept force council service services group corporation company authority office division international".split()
)
_PUBLIC: Final = frozenset(
    "prosecution customs revenue immigration intelligence security audit corruption fraud complaints anti conduct affairs "
    "practices central investigation investigations bar".split()
)
_WHOLE: Final = frozenset(
    "court university college council senate parliament congress assembly ministry department party church diocese "
    "hospital school bank army navy airport".split()
)
"""What ends the name of something that has offices and units of its own."""
_FOUNDATIONS: Final = frozenset("stichting stiftung fondation fondazione fundacion fundacao".split())
_FORCE: Final = frozenset(("garda", "police"))
_CLUB: Final = frozenset("appeals united rovers city town athletic wanderers albion fc afc rfc cf".split())
_OUTLET: Final = frozenset("news radio television tv".split())
_COMMON_UNION: Final = ("credit", "union")
_INTRODUCED: Final = re.compile(
    r", (?:the|an?) (?:[\w-]+ ){0,4}?(?:company|firm|maker|bank|lender|insurer|brand|group|business|supplier|agency|charity|"
    r"club|team|union|newspaper|station)\b"
)
_OWNER: Final = re.compile(
    r"\b(?:unit|subsidiary|arm|division|affiliate|branch|offshoot|spin-?off|part|owner|parent(?: company)?|owned by|"
    r"bought by|sold by|controlled by)(?: of|,)? (?:the )?$"
)


@lru_cache(_REMEMBERED)
def core_words(text: str) -> Words:
    """The words that tell an organisation: no `the`, no small words, no company forms, no `U.S.`."""
    words = names.organisation_parts(text)
    core = [word for word in words if not names.is_small(word) and word != "us"]
    return tuple(core or words or [text])


@cache
def _heads() -> frozenset[str]:
    """Words for what organisations are."""
    return frozenset(word.casefold() for word in terms("org_heads"))


def is_plain(words: Words) -> bool:
    """Whether words say of an organisation only what it is: another land or town may have one called so."""
    return all(word in _heads() or word in _openers() or word in _PUBLIC for word in words)


@cache
def _openers() -> frozenset[str]:
    return frozenset(word.casefold() for word in terms("common_first_words"))


def is_little_known(name: str) -> bool:
    """Whether a name is letters that not everybody knows: `CPB` may be one here and one there."""
    return names.is_acronym(name) and name.replace(".", "") not in terms("known_orgs")


def is_own(longer: Words, shorter: Words) -> bool:
    """Whether what a longer name adds makes another of it: `Leeds Police Federation` beside `Leeds Police`."""
    if longer[0] in _FOUNDATIONS and longer[-len(shorter) :] == shorter != longer:
        return True
    added = longer[len(shorter) :]
    if longer[: len(shorter)] != shorter or not added or added == _COMMON_UNION:
        return False
    is_whole = shorter[-1] in _WHOLE or not _FORCE.isdisjoint(shorter)
    is_body = added[-1] in _heads() - _MORE_OF_IT
    return (is_whole and is_body) or not _OF_ITS_OWN.isdisjoint(added)


def is_part_of_letters(longer: Words, letters: str) -> bool:
    """Whether a name that begins with letters is one of their parts: `FBI Agents Association`, not `BBC Leeds`."""
    added = [word for word in longer[1:] if not word.isdigit()]
    is_part = len(added) > 1 or not _heads().isdisjoint(added)
    return names.is_acronym(letters) and is_part and _OUTLET.isdisjoint(added)


def adds_only_its_kind(longer: Words, shorter: Words) -> bool:
    """Whether a longer name is that of the same body with what it is: `Leeds Police Department`."""
    return longer[: len(shorter)] == shorter and set(longer[len(shorter) :]) <= _MORE_OF_IT


def adds_a_body(longer: Words, shorter: Words) -> bool:
    """Whether a longer name says of what kind it is: `Arkansas State Police` may be no `Arkansas State`."""
    return not _heads().isdisjoint(longer[len(shorter) :]) and not adds_only_its_kind(longer, shorter)


def is_separate(longer: Words, shorter: Words) -> bool:
    """Whether a longer name may well be a part, or a fund, of the other."""
    return longer[: len(shorter)] == shorter and not _SEPARATE.isdisjoint(longer[len(shorter) :])


def is_same_kind(longer: Words, shorter: Words) -> bool:
    """Whether a longer name only adds what the other is: `Leeds University`, and not `Leeds Trust`, for `Leeds`."""
    added = longer[len(shorter) :]
    return longer[: len(shorter)] == shorter and set(added) <= (_heads() | _CLUB) - _SEPARATE


def is_owner(before: str) -> bool:
    """Whether the words before a name say that it owns what was named: `a unit of`."""
    return bool(_OWNER.search(before))


def is_introduced(after: str) -> bool:
    """Whether the words behind a name tell what it is, as of somebody new: `, the bottled-water company`."""
    return bool(_INTRODUCED.match(after))


def is_letters(short: str, full: str) -> bool:
    """Whether a word in brackets may be made of the letters of a name before it: `Bundeskriminalamt (BKA)`."""
    letters = short.replace(".", "")
    if not 2 <= len(letters) <= 8 or sum(char.isupper() for char in letters) < 2 or " " in short:
        return False
    left = iter("".join(names.parts(full)))
    return (
        all(char in left for char in letters.casefold()) or letters[0].casefold() == names.parts(full)[0][0]
    )


@lru_cache(_REMEMBERED)
def short_forms(text: str) -> frozenset[str]:
    """The letters that a name is shortened to, with and without its small words."""
    words = names.organisation_parts(text)
    loose = "".join(word[0] for word in words if word != "us")
    core = "".join(word[0] for word in core_words(text))
    return frozenset(letters for letters in (names.acronym(text), loose, core) if len(letters) > 1)
