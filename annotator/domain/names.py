"""What of a name tells that two mentions are the same: pure text, no look-up."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

PEOPLE: Final = frozenset(("PERSON", "PER"))
"""Labels whose names are people's."""

_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness count countess prince princess king "
    "queen president vice chancellor premier minister senator sen rep representative congressman congresswoman "
    "governor gov mayor judge justice attorney general admiral colonel col captain capt major maj lieutenant lt "
    "sergeant sgt corporal officer detective inspector superintendent chief sheriff deputy reverend rev father "
    "sister brother bishop archbishop cardinal pope rabbi imam sheikh councillor cllr commissioner ambassador "
    "det insp supt cpl pvt pte const brig cmdr cdr adm gen hon adv fr msgr mme mlle mdm messrs smt "
    "secretary director chairman chairwoman coach herr frau monsieur madame señor señora signor signora".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv esq phd md qc kc mp mep obe cbe mbe".split())
_COMPANY = frozenset(
    "inc incorporated corp corporation co company ltd limited llc llp plc ag gmbh sa sas sarl spa srl nv bv ab asa "
    "as oy aps oyj kk pty pte group holding holdings kg kgaa bhd berhad sdn tbk ooo oao zao pao jsc ojsc pjsc sro doo kft "
    "zrt lda ltda slu pvt sca cv ohg ug hf ehf uab sia".split()
)
_FORMS_IN_FRONT = frozenset("pt ooo oao zao pao uab".split())
_BETWEEN_FORMS = frozenset("& and und de".split())
_PART_OF_A_NAME = frozenset("co company group holding holdings".split())
"""Company forms without which a name may be another one (`Walt Disney`)."""
_SMALL = frozenset("the of and for de la le les du des von van der den y e da di del & a an in on at".split())
_FOLDED = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
)
_INSIDE = re.compile(r"['’]s?(?=\W|$)|['’]|(?<=\b\w)\.(?=\w\.)")
_WORD = re.compile(r"\w+|&")


def parts(name: str) -> list[str]:
    """The words of a name, accents and case folded, possessive and punctuation gone."""
    plain = name.casefold()
    if not plain.isascii():
        folded = unicodedata.normalize("NFKD", plain.translate(_FOLDED))
        plain = "".join(char for char in folded if not unicodedata.combining(char))
    return _WORD.findall(_INSIDE.sub("", plain))


def fingerprint(name: str) -> str:
    """Equal for spellings of one name: no titles, suffixes, case, accents, punctuation."""
    words = parts(name)
    core = person_parts(name) or words
    return " ".join(core)


def person_parts(name: str) -> list[str]:
    """A person's name words without titles before and generational suffixes behind."""
    words = parts(name)
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return words


def surname(name: str) -> str:
    """The last word of a person's name, folded; the name itself where it is one word."""
    words = person_parts(name)
    return words[-1] if words else ""


def first_name(name: str) -> str | None:
    """The first word of a name of several; None for a single word."""
    words = person_parts(name)
    return words[0] if len(words) > 1 else None


def generation(name: str) -> str | None:
    """`jr`, `sr`, `ii`, ... where the name says so: father and son are two people."""
    words = parts(name)
    return words[-1] if words and words[-1] in ("jr", "sr", "ii", "iii", "iv") else None


def organisation_parts(name: str) -> list[str]:
    """An organisation's name words without `the` and company forms (`Inc.`, `plc`)."""
    words = parts(name)
    while len(words) > 1 and (words[0] == "the" or words[0] in _FORMS_IN_FRONT):
        words.pop(0)
    if len(words) > 2 and words[-2:] in (["a", "s"], ["k", "s"]):
        words = words[:-2]  # Danish `A/S`
    while len(words) > 1 and words[-1] in _COMPANY:
        words.pop()
        while len(words) > 2 and words[-1] in _BETWEEN_FORMS and words[-2] in _COMPANY:
            words.pop()
    return words


def short_form(name: str, label: str) -> str | None:
    """What else its bearer is called, written as there: a person by the surname, a firm without `Inc.`"""
    words = name.split()
    full = len(words)
    drops = _SUFFIXES if label in PEOPLE else _COMPANY - _PART_OF_A_NAME
    while len(words) > 1 and "".join(parts(words[-1])) in drops:
        words.pop()
    if label not in PEOPLE:
        return " ".join(words).rstrip(",") if len(words) < full and words[0] != "The" else None
    surname = words[-1].rstrip(",") if words else ""
    is_word = len(surname) > 2 and surname[0].isupper() and "." not in surname and not is_title(surname)
    return surname if len(words) > 1 and is_word else None


def acronym(name: str) -> str:
    """The initials of an organisation's own words: `financial practices authority` is `fpa`."""
    words = [word for word in organisation_parts(name) if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def is_small(word: str) -> bool:
    """Whether a folded word joins others in a name (`of`, `and`, `de`)."""
    return word in _SMALL


def is_title(word: str) -> bool:
    """Whether a word stands before a person's name (`Mr`, `Judge`)."""
    return word.casefold().rstrip(".") in _TITLES


def is_acronym(name: str) -> bool:
    """Whether the name is written as an acronym: `FPA`, `U.S.N.`"""
    plain = name.replace(".", "")
    return 2 <= len(plain) <= 8 and plain.isalpha() and plain.isupper()


def key_of(label: str, name: str) -> str:
    """The beginning of an entity's key: readable, stable, from label and name."""
    slug = "-".join(word for word in parts(name) if word != "&")[:60]
    return f"{label.casefold()}:{slug or 'unnamed'}"
