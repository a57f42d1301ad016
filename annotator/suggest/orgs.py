"""ORG after the guidelines: what a model found put right, what it missed found by pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from annotator.domain.words import Place, trim
from annotator.lexicons import terms
from annotator.suggest.wording import SPACE, UPPER, either, is_title, parts, words

_WORD = rf"(?:(?:St|Mt|Ft)\.|U\.[SKN]\.|[{UPPER}](?:[\w’'&-]*\w)?(?:(?<=s)['’](?= ))?)"
_SEPARATOR = re.compile(r"\s*[\n\r|/;:()\[\]•*]\s*|\s{2,}|[\"”“]")
_JOINT = re.compile(rf"(?P<owner>['’]s)?{SPACE}(?(owner)|and{SPACE})")
_ARTICLE = re.compile(r"(?:[Tt]he|THE|[Aa]n?)\s+")
_ACRONYM = re.compile(rf"\((?:the )?([{UPPER}][{UPPER}&-]{{1,7}})\)")
_DATELINE = re.compile(
    rf"^(?P<place>[{UPPER}][{UPPER} .'’-]+)(?:,[^\n(]{{2,40}})?(?: ?\((?P<agency>{_WORD}(?:{SPACE}{_WORD})*)\))? *[-–—]",
    re.MULTILINE,
)
_FORCE = re.compile(
    rf"{SPACE}(?:[Pp]olice(?: (?:[Dd]epartment|[Ff]orce|[Ss]ervice|[Ss]tation))?|(?:(?:district|state|county|city) )?"
    r"(?:attorney|prosecutor|attorney general|sheriff|coroner)['’]s (?:office|department)"
    r"|(?:county|city|town|borough|district) council|school (?:board|district)|(?:fire|health) department"
    r"|(?:port|transit|housing) authority)(?!\w)"
)

_LAST_SMALL = frozenset(
    "police office department force service station council board district authority court tribunal plc".split()
)
"""What may end a name without a capital."""


@cache
def _headed() -> re.Pattern[str]:
    """Capitalised words up to a head, and of or for with more; or a head and of with more."""
    head = rf"(?:{either(terms('org_heads'))}(?![\w-])(?:(?<=Corp)\.|(?<=Inc)\.|(?<=Ltd)\.|(?<=Co)\.)?)"
    word = rf"(?!{either(terms('calendar'))}\b){_WORD}"
    tail = rf"(?:{SPACE}(?:of|for|on(?!{SPACE}Sunday)){SPACE}(?:the{SPACE})?{word}(?:{SPACE}(?:(?:and|&){SPACE})?{word}){{0,3}})"
    joint = rf"{SPACE}(?:(?:and|&){SPACE})?"
    return re.compile(rf"(?<![\w-])(?:(?:{word}{joint}){{1,5}}{head}{tail}{{0,2}}|{head}{tail}{{1,2}})")


def by_pattern(text: str, towns: Iterable[Place]) -> Iterator[Place]:
    """Names that their words give away. `towns` are places as a model found them."""
    for match in _headed().finditer(text):
        yield from refined(text, match.span())
    for match in _DATELINE.finditer(text):
        if match["agency"]:
            yield match.span("agency")
    for match in _ACRONYM.finditer(text):
        yield from _spelled_out(text, match)
    for start, end in towns:
        force = _FORCE.match(text, end)
        if force:
            yield start, force.end()


def refined(text: str, place: Place) -> Iterator[Place]:
    """The names in what a model took for one: split at line ends, without a leading article."""
    for several in parts(text, place, _SEPARATOR):
        for start, end in _apart(text, several):
            name = _bare(text, start, end)
            if name is not None:
                yield name


def _apart(text: str, place: Place) -> Iterator[Place]:
    """Two names that belong to two: `National Crime Agency and Border Force`, `FBI's Art Crime Team`."""
    start, end = place
    for joint in _JOINT.finditer(text, start, end):
        before, after = text[start : joint.start()].split(), text[joint.end() : end].split()
        if len(after) > 1 and before and _is_whole(before, after, owner=joint["owner"] is not None):
            yield start, joint.start()
            start = joint.end()
    yield start, end


def _is_whole(before: list[str], after: list[str], *, owner: bool) -> bool:
    """Do the words before `and` or `'s` name an organisation themselves? `Securities and` do not."""
    last = before[-1]
    if owner:
        return last in terms("org_heads") or (last.isupper() and len(last) > 1)
    ends = last in terms("org_heads") and after[-1] in terms("org_heads")
    return ends and len(before) > 1 and not last.endswith("s")


def _bare(text: str, start: int, end: int) -> Place | None:
    place = trim(text, start, end)
    if place is None:
        return None
    start, end = place
    article = _ARTICLE.match(text, start, end)
    if article and not (article[0][0] == "T" and _owns_article(text, text[article.end() : end])):
        start = article.end()
    found = words(text, (start, end))
    while found and not any(char.isupper() for char in text[slice(*found[0])]):
        found.pop(0)
    while len(found) > 1 and (last := text[slice(*found[-1])]).islower() and last not in _LAST_SMALL:
        found.pop()  # `Screenhound` of `Screenhound magazine`
    name = trim(text, found[0][0], found[-1][1]) if found else None
    if name is None or not _may_be_name(text[slice(*name)]):
        return None
    force = _FORCE.match(text, name[1])
    return (name[0], force.end()) if force else name


def _owns_article(text: str, rest: str) -> bool:
    """Is `The` written with a capital inside a sentence where this name stands?"""
    return re.search(rf"(?<=[\w,] )The {re.escape(rest)}(?!\w)", text) is not None


def _may_be_name(name: str) -> bool:
    found = name.split()
    if name in terms("no_orgs") or not (name[0].isupper() or any(char.isupper() for char in found[0])):
        return False
    if found[-1] in terms("place_words") or (len(found) == 1 and name.isupper() and len(name) > 6):
        return False
    return not all(is_title(word) for word in found)


def datelines(text: str) -> set[Place]:
    """The places from which agencies report: `STAVERN` of `STAVERN, Nov 14 (Northwire) -`."""
    return {match.span("place") for match in _DATELINE.finditer(text)}


def _spelled_out(text: str, acronym: re.Match[str]) -> Iterator[Place]:
    """The words before a bracketed acronym whose initials it is, and the acronym."""
    letters = acronym[1].replace("&", "").replace("-", "")
    before = words(text, (max(0, acronym.start() - 120), acronym.start()))
    for count in range(2, min(len(before), len(letters) + 4) + 1):
        name = text[before[-count][0] : before[-1][1]]
        initials = "".join(part[0] for part in re.split(r"[\s-]+", name) if part[:1].isupper())
        if initials == letters and name[0].isupper():
            yield before[-count][0], before[-1][1]
            yield acronym.span(1)
            return


def names_of(full_names: Iterable[str]) -> set[str]:
    """What is the organisation wherever it stands: a full name, an acronym, a first word of its own."""
    found: set[str] = set()
    for full in full_names:
        first, *rest = full.removeprefix("The ").split()
        if rest or (full.isupper() and len(full) > 2):
            found.add(full)
        closed = bool(rest) and rest[-1] in terms("company_suffixes")
        while rest and rest[-1] in terms("company_suffixes"):
            rest.pop()
        if closed and rest:
            found.add(" ".join((first, *rest)))
        if (rest or closed) and _is_short_form(first, rest):
            found.add(first)
    return found


def _is_short_form(first: str, rest: list[str]) -> bool:
    """`Lindow` for `Lindow Institute`: a word of its own before a head, no common one."""
    return (
        len(first) > 3
        and first not in terms("org_heads")
        and first not in terms("common_first_words")
        and first not in terms("given_names")
        and (len(rest) < 2 or rest[0] in terms("org_heads"))
        and not is_title(first)
    )
