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

_NICKNAMES: Final = (
    "abigail:abby albert:al,bert alexander:alex,sandy,sasha alexandra:alex,sandra,sasha andrew:andy,drew anthony:tony "
    "antonio:tony benjamin:ben,benny catherine:cathy,kate,katie,kitty charles:charlie,chuck,chas christina:chris,tina "
    "christine:chris christopher:chris,kit daniel:dan,danny david:dave,davey deborah:deb,debbie donald:don,donnie "
    "dorothy:dot,dottie edward:ed,eddie,ted,ned edwin:ed eleanor:ellie,nell elizabeth:liz,beth,betty,eliza,lizzie,betsy "
    "eugene:gene frances:fran,fanny francis:frank,frankie,francie franklin:frank frederick:fred,freddie gerald:gerry,jerry "
    "gregory:greg harold:harry,hal henry:harry,hank isabella:bella jacob:jake james:jim,jimmy,jamie jeffrey:jeff "
    "jennifer:jen,jenny jerome:jerry john:jack,johnny,jock jonathan:jon joseph:joe,joey joshua:josh judith:judy "
    "katherine:kate,kathy,katie,kit kathleen:kathy,katie kenneth:ken,kenny lawrence:larry,lars leonard:len,lenny "
    "margaret:maggie,meg,peggy,greta martha:patty matthew:matt,mattie michael:mike,mick,mickey,micky nicholas:nick,nicky "
    "pamela:pam patricia:pat,patty,trish patrick:pat,paddy peter:pete philip:phil phillip:phil raymond:ray rebecca:becky,becca "
    "richard:rick,dick,ricky,rich robert:bob,rob,bobby,robbie,bert ronald:ron,ronnie samuel:sam,sammy samantha:sam "
    "stephen:steve steven:steve susan:sue,suzy terence:terry terrence:terry theodore:ted,teddy theresa:terry,tess "
    "thomas:tom,tommy,thos timothy:tim tobias:toby victoria:vicky,tori vincent:vince,vinny walter:walt,wally "
    "william:bill,will,billy,willie,liam zachary:zach"
)
_PARTICLES: Final = frozenset(
    "al el ul von van vom zu zum zur de der den del della di da dal do dos das du des la le ten ter te st".split()
)
_FIRST_PARTICLES: Final = frozenset("von van vom zu de der den dos das des ten ter st".split())
"""With these a surname begins, nobody's first name is one; `Al` and `Le` may be."""
_ARTICLE: Final = re.compile(r"(?:al|el|ul)-", re.IGNORECASE)
_LEAST_SHORT = 3
_DIMINUTIVE: Final = re.compile(r"(\w)(?:\1(?:ie|y|i|o)|ie|i|o)$")


@lru_cache(1 << 16)
def person_words(text: str) -> Words:
    """The words of a person's name, loose initials together, and particles with what follows.

    `K. R. Vasanthan` is `K.R. Vasanthan`, `Jan van der Berg` are `jan` and `van der berg`, `Berg, J.` is `J. Berg`.
    """
    words: list[str] = []
    surname, _, given = text.partition(",")
    is_inverted = len(names.person_parts(f"x {given}")) > 1  # not `, Jr.`
    for word in names.person_parts(f"{given} {surname}" if is_inverted else text):
        if words and len(word) == 1 and len(words[-1]) <= 2 and word.isalpha() and is_initials(words[-1]):
            words[-1] += word
        else:
            words.append(word)
    return _with_particles(words, is_first=bool(_ARTICLE.match(text)))


def _with_particles(words: Words | list[str], *, is_first: bool) -> Words:
    """`is_first`: the first word is a particle even if it may be a name."""
    joined: list[str] = []
    run: list[str] = []
    for index, word in enumerate(words):
        is_particle = word in _PARTICLES and index < len(words) - 1
        if is_particle and (joined or run or is_first or word in _FIRST_PARTICLES):
            run.append("al" if word in ("el", "ul") else word)
        else:
            joined.append(" ".join((*run, word)))
            run = []
    return tuple(joined)


def bare(word: str) -> str:
    """A surname without its particles: `berg` of `van der berg`."""
    return word.rpartition(" ")[2]


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
    return all(any(_stands_for(word, other) for other in rest) for word in short)


def _stands_for(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word))


def is_variant(one: Words, other: Words) -> bool:
    """Whether two full names may well be one: two surnames of which one is left out, a family name
    in front, `Bill` for `William`."""
    shorter, longer = sorted((one, other), key=len)
    if set(shorter) <= set(longer) or _sounds(shorter) <= _sounds(longer):
        return True
    return is_nickname(one, other)


def is_given(longer: Words, shorter: Words) -> bool:
    """Whether a name of several words is a longer one without its surname: `Ivan Petrovich`."""
    return 1 < len(shorter) < len(longer) and longer[: len(shorter)] == shorter


def splits(name: str, words: Words) -> bool:
    """Whether words hold a part of what a hyphen joins in a name: `Jean Moreau` of `Jean-Luc Moreau`."""
    bare_words = {bare(word) for word in words}
    return any(
        0 < sum(half in bare_words for half in parts) < len(parts)
        for part in name.split()
        if "-" in part and len(parts := person_words(part)) > 1
    )


def fit(full: Words, word: str) -> Fit | None:
    """How surely a single word is a person of that full name, and as which part of it."""
    if full[-1] == word:
        return 0.92, SURNAME
    if bare(full[-1]) == word:
        return 0.8, SURNAME
    if full[0] == word:
        return 0.85, FIRST
    if word in full:
        return 0.8, FIRST
    if len(word) > 1 and initials(full) == word:
        return 0.75, INITIALS
    if full[0] in _long_forms(word):
        return 0.75, FIRST
    return None


def given_gender(full: Words) -> str | None:
    """`m` or `f` by the first name, where nearly all who bear it are."""
    return _genders().get(full[0]) if len(full) > 1 else None


def is_given_name(word: str) -> bool:
    """Whether many bear it as their first name."""
    return word in _genders()


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
    return (word, *_long_forms(word))


def _long_forms(word: str) -> Words:
    return _nicknames().get(word, ())


@cache
def _nicknames() -> dict[str, Words]:
    found: dict[str, Words] = {}
    for line in _NICKNAMES.split():
        full, _, shorts = line.partition(":")
        for short in shorts.split(","):
            found[short] = (*found.get(short, ()), full)
    return found


def _same_first(one: str, other: str) -> bool:
    if not {one, *_long_forms(one)}.isdisjoint((other, *_long_forms(other))):
        return True
    if None not in (genders := {_genders().get(one), _genders().get(other)}) and len(genders) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    return is_diminutive(shorter, longer)


def is_nickname(one: Words, other: Words) -> bool:
    """Whether two full names are one with the first name in its short form: `Bill Holm`, `William Holm`."""
    is_surname = len(one) > 1 and len(other) > 1 and one[-1] == other[-1]
    return is_surname and one[0] != other[0] and _same_first(one[0], other[0])


def _sounds(words: Words) -> set[str]:
    """Words with letters that transliterations take for each other made one."""
    return {_sound(bare(word)) for word in words}


@lru_cache(1 << 16)
def _sound(word: str) -> str:
    folded = (
        word.translate(_ALIKE).replace("kh", "k").replace("ph", "f").replace("ee", "i").replace("oo", "u")
    )
    return "".join(char for index, char in enumerate(folded) if not index or folded[index - 1] != char)


_ALIKE: Final = str.maketrans({"q": "k", "c": "k", "w": "v", "y": "i", "z": "s"})
