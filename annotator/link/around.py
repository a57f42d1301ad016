"""What the words around a name say: that another name follows for the same one, and he or she."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_MARK = r"[\s,;:–—\-(\[“”‘’\"']*"
_ALIAS: Final = re.compile(
    rf"^{_MARK}(?:"
    r"alias(?:es)?|a\.?k\.?a\.?|n[ée]+e|born|formerly|(?:better |also )?known(?: \w+){0,5} as|nicknamed|"
    r"who goes by(?: the name)?|"
    r"(?:who(?:se)?|his|her|\w+) (?:real|full|birth|given|legal|government|stage|maiden|married) name(?: is| was)?|"
    r"(?:real|full|birth|given|legal|government|stage|maiden|married) name(?: is| was)?"
    rf"){_MARK}(?:the )?{_MARK}$",
    re.IGNORECASE,
)
_OTHER_NAME: Final = re.compile(
    rf"\b(?:real|full|birth|given|legal|stage|maiden|married|former|old|other) name(?: is| was| of)?{_MARK}$",
    re.IGNORECASE,
)
_IN_PASSPORT: Final = re.compile(
    r"^[’”'\"\s,–—-]*in (?:his|her|the|their) (?:passport|birth certificate)", re.IGNORECASE
)
_OPENED: Final = re.compile(r"^\s*\(\s*$")
_CALLED_BEFORE: Final = re.compile(
    r"\bwhom\b[^.!?\n]{3,60}\b(?:calls?|called|knows? as) [“‘\"']?(?:the )?$", re.IGNORECASE
)
_HE: Final = re.compile(
    r"(?:\b(?:Mr|Sir|Lord|Baron|Count|Prince|King|Herr|Monsieur|Signor|Señor|Father|Brother|Bishop|Shri|"
    r"Councilman|Chairman|Congressman|Datuk|Pak|Bapak|Encik)\b\.?\s+|\bM\.\s+)$"
)
_SHE: Final = re.compile(
    r"\b(?:Mrs|Ms|Miss|Dame|Lady|Baroness|Countess|Princess|Queen|Frau|Madame|Mme|Signora|Señora|Sister|"
    r"Mother|Smt|Chairwoman|Congresswoman|Councilwoman|Puan|Ibu)\b\.?\s+$"
)
_KIN_WORDS = (
    r"(?:(?P<m>son|brother|husband|father|uncle|nephew|grandfather|grandson|stepfather|stepson|boyfriend)|"
    r"(?P<f>daughter|sister|wife|mother|aunt|niece|grandmother|granddaughter|stepmother|stepdaughter|girlfriend|widow))"
)
_WHOSE = r"(?:his|her|their|my|our|the|an?|whose|\w+['’]s) (?:\w+[ -]){0,2}?"
_KIN_BEFORE: Final = re.compile(
    rf"\b{_WHOSE}{_KIN_WORDS}(?:[ -]in[ -]law)?(?: and(?: \w+){{1,3}})?,? $", re.IGNORECASE
)
_KIN: Final = re.compile(rf"^, {_WHOSE}{_KIN_WORDS}\b(?!,? (?-i:[A-Z]))", re.IGNORECASE)
"""Not `Berg, his wife Nilufar and a banker`."""
_KIN_OF: Final = re.compile(
    rf"^, (?:his|her|their|\w+['’]s) (?:\w+[ -]){{0,2}}?{_KIN_WORDS}\b(?!,? (?-i:[A-Z]))", re.IGNORECASE
)
_WHOSE_KIN: Final = re.compile(rf"^, (\w+)['’]s (?:\w+[ -]){{0,2}}?{_KIN_WORDS}\b", re.IGNORECASE)
_YEARS: Final = re.compile(r"^(?:,| \(|, aged| \(aged) ?(\d{1,2})\b[,.)]")
_ELDER: Final = re.compile(r"\b(?:(elder|older|senior)|younger|junior) (?:M(?:r|rs|s)\.? )?$", re.IGNORECASE)
_ELDERS: Final = frozenset("father mother uncle aunt grandfather grandmother stepfather stepmother".split())
_SPOUSES: Final = frozenset("husband wife widow".split())
_OF_ONE_AGE: Final = frozenset("brother sister husband wife boyfriend girlfriend widow".split())
_OBJECT: Final = re.compile(
    r"\b(?:of|with|to|for|by|against|from|on|about|than|over|told) (?:[A-Z]\w*\.? )?$"
)
ELDER: Final = "elder"
YOUNGER: Final = "younger"
_PRONOUN: Final = re.compile(
    r"(?<!\bmy )(?<!\bour )(?<!\byour )\b(?:(he|his|him|himself|son|nephew|brother|husband|father|uncle|grandfather|widower)|"
    r"(she|her|hers|herself|daughter|niece|sister|wife|mother|aunt|grandmother|widow))\b",
    re.IGNORECASE,
)
_SAID_SO: Final = re.compile(
    r"(?<=, )s?he (?:said|says|told|added|wrote|claims|claimed|alleges|alleged|testified|recalled)\b",
    re.IGNORECASE,
)
"""`Moe, she said, stole`: somebody else speaks."""
_NEAR = 80
_TITLE = 20
"""Code points in which a title stands."""
_REMEMBERED = 256


def is_alias(gap: str, second: str, after: str) -> bool:
    """Whether the words between two names say that the second is another name of the first."""
    if len(gap) > _NEAR:
        return False
    if _ALIAS.match(gap) or _CALLED_BEFORE.search(gap) or _IN_PASSPORT.match(after):
        return True
    # The same name in its own script: `Lim Wei Shan (林伟山)`.
    return (
        bool(_OPENED.match(gap)) and after.startswith(")") and not second.isascii() and not _is_latin(second)
    )


def is_other_name(before: str) -> bool:
    """Whether it is said right before a name that somebody bears it beside another: `under her married name, Ada Berg`."""
    return bool(_OTHER_NAME.search(before))


def title_gender(before: str) -> str | None:
    """`m` or `f` by the title or the word for kin that stands right before a name."""
    kin = kin_gender(before)
    if kin is not None:
        return kin
    title = before[-_TITLE:]
    if _SHE.search(title):
        return "f"
    return "m" if _HE.search(title) else None


@lru_cache(_REMEMBERED)
def _kin_before(before: str) -> re.Match[str] | None:
    """Each of a mention's questions asks it anew."""
    return _KIN_BEFORE.search(before)


def kin_gender(before: str) -> str | None:
    """`m` or `f` by the word for kin that stands right before a name."""
    kin = _kin_before(before)
    if kin is None:
        return None
    return "m" if kin["m"] else "f"


def spouse_gender(before: str) -> str | None:
    """The same for a husband, a wife or a widow."""
    kin = _kin_before(before)
    if kin is None or (kin["m"] or kin["f"]).casefold() not in _SPOUSES:
        return None
    return "m" if kin["m"] else "f"


def kin_gender_behind(after: str) -> str | None:
    """The same by what stands behind it."""
    kin = _KIN.match(after)
    if kin is None:
        return None
    return "m" if kin["m"] else "f"


def age(before: str) -> str | None:
    """ELDER or YOUNGER by what stands right before a name that two bear."""
    found = _ELDER.search(before)
    if found is None:
        return None
    return ELDER if found[1] else YOUNGER


def kin_age(before: str) -> str | None:
    """The same for a full name, by whose father or daughter it is."""
    found = _kin_before(before)
    if found is None or (found["m"] or found["f"]).casefold() in _OF_ONE_AGE:
        return None
    return ELDER if (found["m"] or found["f"]).casefold() in _ELDERS else YOUNGER


def kin_age_behind(after: str) -> str | None:
    """The same by what stands behind it: `Rob Moe, his son`."""
    found = _KIN_OF.match(after)
    if found is None or (found["m"] or found["f"]).casefold() in _OF_ONE_AGE:
        return None
    return ELDER if (found["m"] or found["f"]).casefold() in _ELDERS else YOUNGER


def whose(after: str) -> str | None:
    """The first name of whose father or daughter somebody is: `Moe, Rob’s father`."""
    found = _WHOSE_KIN.match(after)
    return found[1] if found is not None else None


def years(after: str) -> int | None:
    """How old somebody is said to be: `Ian Moe, 64,`."""
    found = _YEARS.match(after)
    return int(found[1]) if found is not None else None


def is_object(before: str) -> bool:
    """Whether a name is behind a preposition, so that what follows tells of somebody else."""
    return bool(_OBJECT.search(before))


def pronoun_gender(after: str) -> str | None:
    """`m` or `f` by the first pronoun or family word behind a name, in what is given of its sentence."""
    found = _PRONOUN.search(_SAID_SO.sub("", after))
    if found is None:
        return None
    return "m" if found[1] else "f"


def _is_latin(text: str) -> bool:
    return any(char < "\u0250" for char in text if char.isalpha())
