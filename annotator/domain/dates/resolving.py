"""From words and day to value: see `resolve`."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from annotator.domain.dates import absolute, relative  # noqa: F401  their rules enter the table
from annotator.domain.dates.grammar import Context, read
from annotator.domain.dates.values import END, MID, START, day_value, parse_day

_AHEAD = re.compile(
    r"\b(will|would|shall|due|scheduled|slated|expected|planned|set (?:for|to|down)|"
    r"(?:is|are|be) (?:\w+ )?\w{3,}ed|(?:is|are) (?:to|being|going|\w+ing)|"
    r"(?:likely|unlikely|able|hopes?|aims?|plans?) to|"
    r"(?:tomorrow|tonight) (?:to|and|or|until|through)|"
    r"(?:moved|pushed|put off|postponed|delayed|deferred|adjourned|called|remanded)\b.{0,30}"
    r"\b(?:to|until|for)|"
    r"ahead of|(?:resume|begin|start|end|open|close|meet|visit|return)s|"
    r"(?<=s )(?:resume|begin|start|end|open|close|meet|visit|return)|"
    r"beginning|starting|upcoming|next|deadline)\b|['’]ll\b|\bby $|"
    r"\b(?:is|are) (?:out )?(?:(?:on|at|for|from|in) )?$",
    re.IGNORECASE,
)
_FISCAL = re.compile(
    r"\b(?:fiscal|financial) years? (?:\d{4}(?:,| and| or| to|,? through) )*$", re.IGNORECASE
)
"""What makes a bare year, also the second one of a list, a fiscal one."""
_UNTIL = re.compile(r"\b(until|till)\b", re.IGNORECASE)
"""Tells of what is to come, unless it ends what a verb of the past before it tells: `worked there until May`."""
_BEHIND = re.compile(
    r"\b(said|told|was|were|had|did|has|have|since|found|went|came|made|took|saw|"
    r"(?<!\ba )(?<!\ban )(?<!\bin )(?<!\bof )(?<!\bthe )(?<!\bits )(?<!\bhis )(?<!\bher )\w{3,}ed)\b"
)
"""A verb of the past; behind an article or a preposition it is none (`in closed session`)."""
_SCHEDULED = re.compile(r"^(?:: ?\S|\s?\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b)")
"""What stands behind a day in a list of what is to come: `Thursday: public holiday`, `Friday 7.30pm`."""


class Moment(NamedTuple):
    """A calendar value, and which part of it is meant (START, MID, END or None)."""

    value: str
    mod: str | None = None


def resolve(
    words: str, anchor: date | None, *, before: str = "", after: str = "", previous: str | None = None
) -> Moment | None:
    """What a date expression names, None where the article does not fix it.

    `before` and `after` are the text around it in its sentence; `previous` is the value of
    the date mentioned last, on which `the following day` leans.
    """
    text, mod = _normalise(words)
    if re.fullmatch(r"\d{4}", text) and _FISCAL.search(before):
        return Moment(f"FY{text}", mod)
    context = Context(anchor, looks_ahead(before, after), _first_day(previous), parse_day(previous))
    value = read(text, context)
    return Moment(value, mod) if value else None


def _first_day(value: str | None) -> date | None:
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value or "")
    if found is None:
        return None
    return parse_day(day_value(int(found[1]), int(found[2] or 1), int(found[3] or 1)))


def _normalise(words: str) -> tuple[str, str | None]:
    text = re.sub(r"[\s\xa0]+", " ", words.lower()).strip(" ()[],.")
    text = text.replace("’", "'").replace("–", "-").replace("—", "-")
    text = re.sub(r"(?<=[a-z]),? (?=\d{4}$)|, ", " ", text)
    text = re.sub(r"^(?:the|of|on|in) ", "", text)
    for pattern, mod in _MODS:
        rest = pattern.sub("", text, count=1)
        if rest != text and rest:
            return rest, mod
    return re.sub(r"^(?:earlier|later) (?=this |last )", "", text), None


_MODS = (
    (re.compile(r"^(?:early(?: in)?|(?:start|beginning) of)[ -](?:the )?"), START),
    (re.compile(r"^(?:mid|middle of)[ -](?:the )?"), MID),
    (re.compile(r"^(?:late(?: in)?|end of)[ -](?:the )?"), END),
    (re.compile(r"(?<=month|.year|..day)[ -]end$"), END),
)


def looks_ahead(before: str, after: str) -> bool | None:
    """Whether the words around a date tell of what is to come.

    True or False by the nearest verb or marker before, else the first one after; None: no sign.
    """
    clause = re.split(r"[.!?;\n•]", before)[-1]
    signs = [(found.end(), True) for found in _AHEAD.finditer(clause)]
    past = [(found.end(), False) for found in _BEHIND.finditer(clause)]
    signs += past
    signs += [
        (found.end(), True) for found in _UNTIL.finditer(clause) if not _lasted(clause[: found.start()], past)
    ]
    if signs:
        return max(signs)[1]
    clause = re.split(r"[.!?;\n•]", after)[0][:60]
    signs = [(found.start(), True) for found in _AHEAD.finditer(clause)]
    signs += [(found.start(), False) for found in _BEHIND.finditer(clause)]
    if signs:
        return min(signs)[1]
    return True if _SCHEDULED.match(after) else None


def _lasted(clause: str, past: list[tuple[int, bool]]) -> bool:
    """Whether a verb of the past governs what comes next, with no `to do` in between."""
    before = [end for end, _ in past if end <= len(clause)]
    return bool(before) and not re.search(r"\bto \w", clause[max(before) :])
