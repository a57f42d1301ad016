"""Where a merged-in reviewer differs from the project, one difference at a time.

Two spans are held against each other where they are in the same place, else where they overlap and
have one label, or share at least half of what they cover together: each with one other at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import Final, NamedTuple

from annotator.domain.models import ACCEPTED, REJECTED, Span

STATE: Final = "state"
LABEL: Final = "label"
BOUNDS: Final = "bounds"
LINK: Final = "link"
MOD: Final = "mod"
ROLE: Final = "role"
RELATION: Final = "relation"
MISSING: Final = "missing"
EXTRA: Final = "extra"

MINE: Final = "mine"
THEIRS: Final = "theirs"


Place = tuple[int, int, int]
"""Start, end and label of a span: as what it is known in every layer."""


class Bond(NamedTuple):
    """An accepted relation by the places of its ends, both of them accepted."""

    type: int
    start: Place
    end: Place


class Opinion(NamedTuple):
    """A decided span with its accepted entity, its accepted roles as (type, entity), its relations either way."""

    span: Span
    entity: int | None
    roles: frozenset[tuple[int, int]]
    bonds: frozenset[Bond] = frozenset()


class Reviewer(NamedTuple):
    """Whose layer it is; `finished` where they were through with the article."""

    layer: int
    name: str
    finished: bool


class Conflict(NamedTuple):
    """One difference: "missing" where the project has no such span, "extra" where only it has one."""

    kind: str
    reviewer: Reviewer
    mine: Opinion | None
    theirs: Opinion | None

    @property
    def span(self) -> Span:
        """By whose place it is known: theirs, else mine."""
        opinion = self.theirs or self.mine
        assert opinion is not None
        return opinion.span

    @property
    def place(self) -> Place:
        return place_of(self.span)


def conflicts(mine: Iterable[Opinion], theirs: Iterable[Opinion], reviewer: Reviewer) -> list[Conflict]:
    """All differences in one article, in reading order. Undecided spans are no opinion."""
    here = {place_of(one.span): one for one in mine if one.span.state in (ACCEPTED, REJECTED)}
    there = {place_of(one.span): one for one in theirs if one.span.state in (ACCEPTED, REJECTED)}
    standing = {place for place, one in here.items() if one.span.state == ACCEPTED}
    found = [
        Conflict(kind, reviewer, here[place], there[place])
        for place in here.keys() & there.keys()
        if (kind := _kind(here[place], there[place], standing)) is not None
    ]
    only_here = [one for place, one in here.items() if place not in there and one.span.state == ACCEPTED]
    only_there = [one for place, one in there.items() if place not in here and one.span.state == ACCEPTED]
    pairs = _pairs(only_here + _contested(found, MINE), only_there + _contested(found, THEIRS))
    paired = {place_of(one.span) for pair in pairs for one in pair}
    found = [one for one in found if one.kind != STATE or one.place not in paired]
    for ours, other in pairs:
        kind = LABEL if ours.span.label != other.span.label else BOUNDS
        found.append(Conflict(kind, reviewer, ours, other))
    found += [
        Conflict(MISSING, reviewer, None, one) for one in only_there if place_of(one.span) not in paired
    ]
    if reviewer.finished:
        found += [
            Conflict(EXTRA, reviewer, one, None)
            for one in only_here
            if place_of(one.span) not in paired and one.span.by != reviewer.name
        ]
    return sorted((one for one in found if not _outlived(one)), key=lambda one: one.place)


def place_of(span: Span) -> Place:
    return span.start, span.end, span.label


def _kind(mine: Opinion, theirs: Opinion, standing: Set[Place]) -> str | None:
    """What differs between two opinions about one place. What only the project knows is no difference.

    A relation is one where it begins, if the project has a span at its other end (`standing`).
    """
    if mine.span.state != theirs.span.state:
        return STATE
    if mine.span.state == REJECTED:
        return None
    if theirs.entity is not None and mine.entity != theirs.entity:
        return LINK
    if theirs.span.mod is not None and mine.span.mod != theirs.span.mod:
        return MOD
    if theirs.roles - mine.roles:
        return ROLE
    here = place_of(mine.span)
    bonds = {bond for bond in theirs.bonds if bond.start == here and bond.end in standing}
    return RELATION if bonds - mine.bonds else None


def _contested(found: Iterable[Conflict], side: str) -> list[Opinion]:
    """Spans that one side accepted and the other refused just there: it may have moved them."""
    opinions = (one.mine if side == MINE else one.theirs for one in found if one.kind == STATE)
    return [one for one in opinions if one is not None and one.span.state == ACCEPTED]


def _pairs(mine: Sequence[Opinion], theirs: Sequence[Opinion]) -> list[tuple[Opinion, Opinion]]:
    """One to one, those that share most first."""
    shared = sorted(
        (
            -_shared(one.span, other.span),
            one.span.label != other.span.label,
            place_of(one.span),
            place_of(other.span),
            i,
            j,
        )
        for i, one in enumerate(mine)
        for j, other in enumerate(theirs)
        if _belong(one.span, other.span)
    )
    taken_mine, taken_theirs = set[int](), set[int]()
    pairs = []
    for *_, i, j in shared:
        if i not in taken_mine and j not in taken_theirs:
            taken_mine.add(i)
            taken_theirs.add(j)
            pairs.append((mine[i], theirs[j]))
    return pairs


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _belong(one: Span, other: Span) -> bool:
    shared = _shared(one, other)
    if not shared or one[3:6] == other[3:6]:
        return False
    together = max(one.end, other.end) - min(one.start, other.start)
    return one.label == other.label or 2 * shared >= together


def _outlived(one: Conflict) -> bool:
    """The same person decided otherwise later: their older opinion is none any more."""
    if one.mine is None or one.theirs is None or one.mine.span.by is None:
        return False
    same = one.mine.span.by == one.theirs.span.by
    return same and (one.mine.span.at or "") >= (one.theirs.span.at or "")
