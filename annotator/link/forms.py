"""When one person's name is a form of another: parts left out, initials, short first names."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from annotator.domain import names
from annotator.lexicons import terms
from annotator.link.clusters import Words

Fit = tuple[float, str]
"""How surely a word is part of a full name, and the reason to give."""

SURNAME: Final = "candidate.same_surname"
FIRST: Final = "candidate.same_first"
INITIALS: Final = "candidate.initials"

_SHORT_FIRST: Final = {
    short: full
    for full, shorts in (
        line.split(":")
        for line in (
            "abigail:abby andrew:andy,drew anthony:tony alexander:alex,sandy,sasha benjamin:ben,benny "
            "catherine:cathy,kate,katie,kitty charles:charlie,chuck,chas christopher:chris,kit daniel:dan,danny "
            "david:dave,davey deborah:deb,debbie donald:don,donnie dorothy:dot,dottie edward:ed,eddie,ted,ned "
            "elizabeth:liz,beth,betty,eliza,lizzie,betsy eugene:gene frances:fran,fanny francis:frank,frankie,francie "
            "frederick:fred,freddie gerald:gerry,jerry gregory:greg harold:harry,hal henry:harry,hank isabella:bella "
            "jacob:jake james:jim,jimmy,jamie jeffrey:jeff jennifer:jen,jenny john:jack,johnny,jock jonathan:jon "
            "joseph:joe,joey joshua:josh judith:judy katherine:kate,kathy,katie,kit kenneth:ken,kenny "
            "lawrence:larry,lars leonard:len,lenny margaret:maggie,meg,peggy,greta martha:patty "
            "matthew:matt,mattie michael:mike,mick,mickey,micky nicholas:nick,nicky pamela:pam patricia:pat,patty,trish "
            "patrick:pat,paddy peter:pete philip:phil phillip:phil rebecca:becky,becca richard:rick,dick,ricky,rich "
            "robert:bob,rob,bobby,robbie,bert ronald:ron,ronnie samuel:sam,sammy samantha:sam stephen:steve "
            "steven:steve susan:sue,suzy terence:terry terrence:terry theodore:ted,teddy theresa:terry,tess "
            "thomas:tom,tommy,thos timothy:tim victoria:vicky,tori vincent:vince,vinny walter:walt,wally "
            "william:bill,will,billy,willie,liam zachary:zach"
        ).split()
    )
    for short in shorts.split(",")
}
_LEAST_SHORT = 3
_DIMINUTIVE: Final = re.compile(r"(\w)(?:\1(?:ie|y|i)|ie|i)$")


@lru_cache(1 << 16)
def person_words(text: str) -> Words:
    """The words of a person's name, loose initials together: `K. R. Vasanthan` is `K.R. Vasanthan`."""
    words: list[str] = []
    for word in names.person_parts(text):
        if words and len(word) == 1 and len(words[-1]) <= 2 and word.isalpha() and is_initials(words[-1]):
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


def is_initials(word: str) -> bool:
    """Whether a word of a name may stand for first names: `T`, `TJ`."""
    return len(word) <= 2 and word.isalpha()


def initials(words: Words) -> str:
    """The first letters of a name's words."""
    return "".join(word[0] for word in words)


def is_form(longer: Words, shorter: Words) -> bool:
    """Whether a full name is another with the same surname: middle names left out, initials."""
    if set(longer) == set(shorter):
        return True
    if longer[-1] != shorter[-1]:
        return False
    given, short = longer[:-1], shorter[:-1]
    if len(short) == 1 and short[0] not in given and is_initials(short[0]):
        return initials(given).startswith(short[0])
    rest = iter(given)
    return all(
        word in rest or (len(word) == 1 and any(other[0] == word for other in given)) for word in short
    )


def is_variant(one: Words, other: Words) -> bool:
    """Whether two full names may well be one: two surnames of which one is left out, a family name
    in front, `Bill` for `William`."""
    shorter, longer = sorted((one, other), key=len)
    if set(shorter) <= set(longer) or _sounds(shorter) <= _sounds(longer):
        return True
    return one[-1] == other[-1] and _same_first(one[0], other[0])


def fit(full: Words, word: str) -> Fit | None:
    """How surely a single word is a person of that full name, and as which part of it."""
    if full[-1] == word:
        return 0.92, SURNAME
    if full[0] == word:
        return 0.85, FIRST
    if word in full:
        return 0.8, FIRST
    if len(word) > 1 and initials(full) == word:
        return 0.75, INITIALS
    if _SHORT_FIRST.get(word) == full[0]:
        return 0.75, FIRST
    return None


def given_gender(full: Words) -> str | None:
    """`m` or `f` by the first name, where nearly all who bear it are."""
    return _genders().get(full[0]) if len(full) > 1 else None


@cache
def _genders() -> dict[str, str]:
    lines = (line.partition(":") for line in terms("genders"))
    return {name: gender for gender, _, given in lines for name in given.split()}


def halves(name: str) -> frozenset[str]:
    """The words that a hyphen joins: nobody is called by one of them before the whole name stood there."""
    return frozenset(word for part in name.split() if "-" in part for word in names.parts(part))


def is_diminutive(word: str, first: str) -> bool:
    """Whether a word may be short for a first name, by its letters: `Sol`, `Solly`, `Solvi` of `Solveig`."""
    stem = _DIMINUTIVE.sub(r"\1", word)
    return len(word) >= _LEAST_SHORT and len(first) >= len(stem) + 2 and first.startswith(stem)


def lookups(word: str) -> tuple[str, ...]:
    """The words of full names that a single word may fit."""
    return (word, _SHORT_FIRST[word]) if word in _SHORT_FIRST else (word,)


def _same_first(one: str, other: str) -> bool:
    if _SHORT_FIRST.get(one, one) == _SHORT_FIRST.get(other, other):
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _LEAST_SHORT and longer.startswith(
        shorter[:-1] if len(shorter) > _LEAST_SHORT else shorter
    )


def _sounds(words: Words) -> set[str]:
    """Words with letters that transliterations take for each other made one."""
    return {_sound(word) for word in words}


def _sound(word: str) -> str:
    folded = (
        word.translate(_ALIKE).replace("kh", "k").replace("ph", "f").replace("ee", "i").replace("oo", "u")
    )
    return "".join(char for index, char in enumerate(folded) if not index or folded[index - 1] != char)


_ALIKE: Final = str.maketrans({"q": "k", "c": "k", "w": "v", "y": "i", "z": "s"})
