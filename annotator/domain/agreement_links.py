"""How far two reviewers agree about which mentions are one: MUC, B-cubed, CEAF and LEA.

Both group the same mentions. Precision is of the second grouping against the first. A mention
that is linked to nothing is a group of its own. Definitions: Vilain et al. 1995 (MUC), Bagga and
Baldwin 1998 (B-cubed), Luo 2005 (CEAF, entity-based, phi 4), Moosavi and Strube 2016 (LEA).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from annotator.domain.ratios import Ratios, mean

Groups = Sequence[frozenset[Hashable]]


class LinkAgreement(NamedTuple):
    """Over `mentions` that both marked. MUC counts links: without any it is None."""

    mentions: int
    muc: Ratios | None
    b_cubed: Ratios
    ceaf: Ratios
    lea: Ratios


def link_agreement(one: Mapping[Hashable, Hashable], other: Mapping[Hashable, Hashable]) -> LinkAgreement:
    """Two groupings of the same mentions, as what each mention is linked to."""
    key, response = _groups(one), _groups(other)
    return LinkAgreement(
        len(one),
        _both(muc_recall, key, response) if any(len(group) > 1 for group in (*key, *response)) else None,
        _both(b_cubed_recall, key, response),
        ceaf(key, response),
        _both(lea_recall, key, response),
    )


def _groups(linked: Mapping[Hashable, Hashable]) -> Groups:
    groups: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, entity in linked.items():
        groups[entity].add(mention)
    return [frozenset(group) for group in groups.values()]


def _both(recall: Callable[[Groups, Groups], float], key: Groups, response: Groups) -> Ratios:
    return mean(recall(response, key), recall(key, response))


def _parts(group: frozenset[Hashable], of: Mapping[Hashable, int]) -> list[int]:
    """How many mentions of a group each other group has; one that no other group has counts by itself."""
    sizes: dict[int, int] = defaultdict(int)
    alone = 0
    for mention in group:
        if mention in of:
            sizes[of[mention]] += 1
        else:
            alone += 1
    return [*sizes.values(), *[1] * alone]


def _where(groups: Groups) -> dict[Hashable, int]:
    return {mention: number for number, group in enumerate(groups) for mention in group}


def muc_recall(key: Groups, response: Groups) -> float:
    """Of the links that hold the groups together, how many the other has."""
    of = _where(response)
    kept = sum(len(group) - len(_parts(group, of)) for group in key)
    return _share(kept, sum(len(group) - 1 for group in key))


def b_cubed_recall(key: Groups, response: Groups) -> float:
    """For each mention, how much of its group is with it in the other; the mean."""
    of = _where(response)
    kept = 0.0
    for group in key:
        known = frozenset(mention for mention in group if mention in of)
        kept += sum(size**2 for size in _parts(known, of)) / len(group)
    return _share(kept, sum(map(len, key)))


def lea_recall(key: Groups, response: Groups) -> float:
    """For each group, weighed by its size, how many of all its pairs the other has; a single one is its own pair."""
    of = _where(response)
    kept = 0.0
    for group in key:
        if len(group) == 1:
            [mention] = group
            kept += mention in of and len(response[of[mention]]) == 1
        else:
            kept += len(group) * sum(map(_pairs, _parts(group, of))) / _pairs(len(group))
    return _share(kept, sum(map(len, key)))


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def ceaf(key: Groups, response: Groups) -> Ratios:
    """Groups held against each other one to one in the best way; alike by 2 x shared / (both sizes)."""
    of = _where(response)
    alike: dict[int, dict[int, float]] = {}
    for number, group in enumerate(key):
        shared: dict[int, int] = defaultdict(int)
        for mention in group:
            if mention in of:
                shared[of[mention]] += 1
        alike[number] = {
            there: 2 * size / (len(group) + len(response[there])) for there, size in shared.items()
        }
    best = sum(
        best_assignment([[alike[i].get(j, 0.0) for j in there] for i in here])
        for here, there in _islands(alike)
    )
    return mean(_share(best, len(response)), _share(best, len(key)))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _islands(alike: Mapping[int, Mapping[int, float]]) -> Iterable[tuple[list[int], list[int]]]:
    """Groups that hang together: each side's numbers. The others cannot be held against each other."""
    sharing: dict[int, list[int]] = defaultdict(list)
    for here, theres in alike.items():
        for there in theres:
            sharing[there].append(here)
    seen: set[int] = set()
    for first in alike:
        if first in seen or not alike[first]:
            continue
        ours, theirs, waiting = {first}, set[int](), [first]
        while waiting:
            for there in alike[waiting.pop()]:
                if there not in theirs:
                    theirs.add(there)
                    waiting += [here for here in sharing[there] if here not in ours]
                    ours.update(sharing[there])
        seen |= ours
        yield sorted(ours), sorted(theirs)


def best_assignment(worth: Sequence[Sequence[float]]) -> float:
    """The most that rows and columns, taken one to one, are worth together (Kuhn and Munkres)."""
    rows, columns = len(worth), len(worth[0])
    if rows > columns:
        return best_assignment([*zip(*worth, strict=True)])
    price_row, price_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken = [0] * (columns + 1)
    for row in range(1, rows + 1):
        _add_row(worth, row, taken, price_row, price_column)
    return sum(worth[row - 1][column - 1] for column, row in enumerate(taken) if row and column)


def _add_row(
    worth: Sequence[Sequence[float]],
    row: int,
    taken: list[int],
    price_row: list[float],
    price_column: list[float],
) -> None:
    """Find the cheapest way to give one more row a column, others moving over where they must."""
    columns = len(price_column) - 1
    taken[0], here = row, 0
    least, way, done = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
    while taken[here]:
        done[here] = True
        at, step, following = taken[here], float("inf"), 0
        for column in range(1, columns + 1):
            if done[column]:
                continue
            cost = -worth[at - 1][column - 1] - price_row[at] - price_column[column]
            if cost < least[column]:
                least[column], way[column] = cost, here
            if least[column] < step:
                step, following = least[column], column
        for column in range(columns + 1):
            if done[column]:
                price_row[taken[column]] += step
                price_column[column] -= step
            else:
                least[column] -= step
        here = following
    while here:
        taken[here] = taken[way[here]]
        here = way[here]
