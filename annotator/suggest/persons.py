"""PERSON after the guidelines: what a model found put right, what it missed found by pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from annotator.domain.words import Place, trim
from annotator.lexicons import terms
from annotator.suggest.wording import (
    SPACE,
    UPPER,
    Opening,
    either,
    first_words,
    is_title,
    matches,
    parts,
    words,
)

_WORD = rf"(?:(?:[{UPPER}]\.)+|[{UPPER}](?:[\w’'-]*\w)?)"
_NICKNAME = r"[\"“‘'][^\"”’'\n]{2,15}[\"”’']"
_SEPARATOR = re.compile(
    r"\s*[\n\r|/;:()\[\]•*]\s*|\s{2,}|,\s*(?!(?:Jr|Sr)\b)|\s(?:and|&|with|vs?\.?)\s|\s[-–—]\s?|[\"”“]$|^[\"”“]"
)
_SUFFIXES = r"(?:Jr\.?|Sr\.?|III|II|IV)(?!\w)"
_SUFFIX = re.compile(_SUFFIXES)
_GENERATION = re.compile(rf",?{SPACE}{_SUFFIXES}")
_OTHER_SCRIPT = re.compile(r" \(([^\W\d_a-zA-Z\u00c0-\u052f]{2,}(?: [^\W\d_a-zA-Z\u00c0-\u052f]+)*)\)")
_CREDIT = (
    r"(?:^|\n|\(|[;.] ?)[ \t]*(?:(?:EXCLUSIVE|Exclusive) )?"
    r"(?:(?:Additional )?(?:[Rr]eport(?:ing|ed)|[Ee]dit(?:ing|ed)|[Ww]rit(?:ing|ten)|[Cc]ompiled|[Ii]nterview) by"
    r"|By|BY|Words|Text|Story|(?:Photo|Photograph|Picture|Image)s?(?: by)?)[:,]?[ \t]+"
)
_OFFICES = ("DA", "ADA", "AG", "CEO", "CFO", "COO", "MP", "MEP", "PM")
_LETTERS = frozenset("QC KC SC SJ OP JP MP MEP OBE CBE MBE KBE DBE MD PhD Esq".split())
"""What may stand behind a name and does not belong to it."""
_PICTURE = rf"\((?:[^()\n/]{{2,30}}/){{1,3}}{SPACE}?(?P<name>{_WORD}{SPACE}{_WORD})\)"
_ALIASES = ("nicknamed", "known as", "aka", r"a\.k\.a\.", "alias", "real name", "née", "pseudonym")
_AGE = r"(?:, (?:aged? )?| \()[1-9]\d(?=[,;)]|\.\s| (?:of|from|who|was|is)\b)"


@cache
def _name() -> str:
    """A run of one to five capitalised words, with the particles and nicknames between them."""
    between = rf"(?:{SPACE}(?:{either(terms('particles'))}|{_NICKNAME}))"
    return rf"{_WORD}(?:{between}{{0,2}}{SPACE}{_WORD}){{0,4}}"


@cache
def _openings() -> tuple[Opening, ...]:
    """Words before a name that tell a person, a title first, then a role; and with what they begin."""
    title = rf"(?:{either(terms('titles'))}\.?(?:{SPACE}|-))"
    return tuple(
        Opening(re.compile(rf"(?<![\w-]){before}(?P<name>{_name()})"), first_words(words))
        for before, words in (
            (title + "+", terms("titles")),
            (rf"{either(terms('roles'))},?{SPACE}", terms("roles")),
            (rf"(?:{'|'.join(_ALIASES)}) (?:the )?[\"“‘']?", _ALIASES),
        )
    )


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Surroundings that tell a person: a picture's credit, an age, a nickname in the middle."""
    return (
        re.compile(_PICTURE),
        re.compile(rf"(?<![\w-])(?P<name>{_name()}){_AGE}"),
        re.compile(
            rf"(?<![\w-])(?P<name>{_WORD}(?:{SPACE}{_WORD})?{SPACE}{_NICKNAME}{SPACE}{_WORD}(?:{SPACE}{_SUFFIXES})?)"
        ),
    )


@cache
def _credits() -> re.Pattern[str]:
    name = _name()
    return re.compile(rf"{_CREDIT}(?P<names>{name}(?:(?:, and |, | and | & | / |/){name})*)")


@cache
def _given() -> Opening:
    """A given name and what follows it: `Eva Longoria`, `Tom J. Marsh`."""
    names = {name for name in terms("given_names") - terms("common_given_names") if name[0] in UPPER}
    pattern = rf"(?<![\w-]){either(names)}(?:{SPACE}[{UPPER}]\.)?{SPACE}{_WORD}(?![\w-])"
    return Opening(re.compile(pattern), first_words(names))


def by_given_name(text: str) -> Iterator[Place]:
    """Names that begin with a known given name: less certain than what the surroundings tell."""
    for match in matches(_given(), text):
        place = _bare(text, *match.span())
        last = match[0].rsplit(maxsplit=1)[-1]
        if place == match.span() and last not in terms("org_heads") | terms("place_words") | terms(
            "calendar"
        ):
            yield place


def by_pattern(text: str) -> Iterator[Place]:
    """Names that their surroundings give away."""
    found = (*(matches(one, text) for one in _openings()), *(one.finditer(text) for one in _patterns()))
    for some in found:
        for match in some:
            place = _bare(text, *match.span("name"))
            if place is not None and not is_headed(text[slice(*place)]):
                yield place
    for match in _credits().finditer(text):
        for place in refined(text, match.span("names")):
            if " " in text[slice(*place)]:
                yield place


def titled(text: str) -> set[str]:
    """The surnames that this text writes with a title: `Ms Brandvik` leaves the bare name to a firm."""
    found = (_bare(text, *match.span("name")) for match in matches(_openings()[0], text))
    return {text[slice(*place)] for place in found if place is not None and " " not in text[slice(*place)]}


def refined(text: str, place: Place) -> Iterator[Place]:
    """The names in what a model took for one: split at line ends and `and`, without titles."""
    for start, end in parts(text, place, _SEPARATOR):
        name = _bare(text, start, end)
        if name is not None:
            yield _whole(text, name)


def _bare(text: str, start: int, end: int) -> Place | None:
    """The name alone, capitalised at its end, without titles; None where there is no name."""
    place = trim(text, start, end)
    found = words(text, place) if place is not None else []
    while found and not (_may_close(last := text[slice(*found[-1])]) and last not in _LETTERS):
        found.pop()
    while len(found) > 2 and _shouts(text[slice(*found[-1])]) and not _shouts(text[slice(*found[0])]):
        found.pop()  # `Kees van der Haar KNEW`
    while len(found) > 1 and _is_no_part(text[slice(*found[0])]):
        found.pop(0)
    name = trim(text, found[0][0], found[-1][1]) if found else None
    return name if name is not None and _may_be_name(text[slice(*name)]) else None


def _may_close(word: str) -> bool:
    first = word.lstrip("\"“‘'(")[:1]
    return first.isupper() or (first.isalpha() and not first.islower())  # scripts without case


def _shouts(word: str) -> bool:
    return word.isupper() and len(word) > 3


def _is_no_part(word: str) -> bool:
    return is_title(word) or word in _OFFICES or (word[:1].islower() and word not in terms("particles"))


def _may_be_name(name: str) -> bool:
    found = name.split()
    if any(char.isdigit() for char in name) or len(found) > 6 or len(name) < 2:
        return False
    if len(found) > 1 and is_title(found[-1]) and found[0] not in terms("given_names"):
        return False  # `Political Editor`
    if len(found) == 1 and (
        name in terms("calendar") or (is_title(name) and name not in terms("given_names"))
    ):
        return False
    return not is_headed(name) and name.lower() not in terms("no_names")


def is_headed(name: str) -> bool:
    """Does the name end like that of an organisation?"""
    found = name.split()
    return len(found) > 1 and found[-1] in terms("org_heads") and found[0] not in terms("given_names")


@cache
def _particles() -> tuple[str, re.Pattern[str]]:
    """Any particle, and how a name goes on with it."""
    particles = either(terms("particles"))
    return particles, re.compile(rf"(?:{SPACE}{particles}){{1,2}}{SPACE}{_WORD}(?!\w)")


def _whole(text: str, place: Place) -> Place:
    """With what a model left out of the name: `Kees` + `van der Haar`, `J.D. Pruett` + `III`."""
    start, end = place
    particles, goes_on = _particles()
    behind = goes_on.match(text, end)
    if behind and behind[0].split()[0] not in ("y", "e", "la", "le"):
        end = behind.end()
    generation = _GENERATION.match(text, end)
    if generation:
        end = generation.end()
    if text[start:end].split(maxsplit=1)[0].lower() in terms("particles"):
        line = text.rfind("\n", 0, start) + 1
        before = re.search(rf"(?<!\w){_WORD}(?:{SPACE}{particles})?{SPACE}$", text[line:start])
        if before:
            start = line + before.start()
    return start, end


def names_of(full_names: Iterable[str]) -> set[str]:
    """What else these people are called: the surname and the given name of a full name, alone."""
    found: set[str] = set()
    for full in full_names:
        names = [word for word in full.split() if not _SUFFIX.fullmatch(word.strip(","))]
        found.add(full)
        if len(names) > 1:
            found.update(word for word in (names[0], names[-1]) if _stands_alone(word))
            if names[1] in terms("particles") and names[0][0].isupper():
                tail = " ".join(names[1:])
                found.update((tail, tail[0].upper() + tail[1:]))
    return found


def surname(full: str) -> str:
    """The last word of a name that is no suffix."""
    names = [word for word in full.split() if not _SUFFIX.fullmatch(word.strip(","))]
    return names[-1] if names else full


def _stands_alone(word: str) -> bool:
    return (
        len(word) > 2
        and word[0].isupper()
        and "." not in word
        and not is_title(word)
        and word.lower() not in terms("no_names")
    )


def with_surname(text: str, place: Place) -> Place:
    """A given name with the capitalised word behind it that a model left out."""
    start, end = place
    if " " in text[start:end]:
        return place
    behind = re.compile(rf"{SPACE}(?P<word>{_WORD})(?![\w-])").match(text, end)
    if (
        behind is None
        or is_title(behind["word"])
        or _shouts(behind["word"])
        or behind["word"] in terms("org_heads") | terms("calendar")
    ):
        return place
    return trim(text, start, behind.end()) or place


def with_given_name(text: str, place: Place) -> Place:
    """A surname with the capitalised words before it: `Royce` + `Dunaway`; no title, no sentence start."""
    start, end = place
    while True:
        before = re.search(
            rf"(?:(?P<start>^|[.!?:\n\"“”‘(•]\s*)|\s)(?P<word>{_WORD}){SPACE}$",
            text[max(0, start - 60) : start],
        )
        if before is None or before["word"].endswith(("’s", "'s")) or is_title(before["word"]):
            return start, end
        given = before["word"].capitalize() in terms("given_names")
        if not given and (before["start"] is not None or before["word"].lower() in terms("no_names")):
            return start, end
        start -= len(before[0]) - before.start("word") + before.start()


def in_other_script(text: str, place: Place) -> Place | None:
    """The same name in brackets behind it: `Lim Wei Shan (林伟山)`."""
    match = _OTHER_SCRIPT.match(text, place[1])
    return match.span(1) if match else None


def looks_given(name: str) -> bool:
    """Two to four words that begin with a known given name."""
    found = name.split()
    return 2 <= len(found) <= 4 and found[0] in terms("given_names") and not is_headed(name)
