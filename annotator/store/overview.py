"""What became of the suggestions, by label and over time, and how fast decisions are made."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple

from annotator.domain.models import ACCEPTED, IMPORT, OWN_LAYER, REJECTED, REVIEWER, SUGGESTED
from annotator.store.reading import LISTED

BREAK: Final = 300.0
"""Seconds without a decision that are no work."""
_RECENT = 500
"""Decisions that say how fast somebody is."""


class Outcome(NamedTuple):
    """The spans of one label. `missed` were added by a person in articles that are done or not.

    A relabelled suggestion counts for the label that was suggested, a refitted one for its own.
    """

    label: int
    as_suggested: int
    refitted: int
    relabelled: int
    rejected: int
    missed: int
    undecided: int

    @property
    def decided(self) -> int:
        """Suggestions that were decided."""
        return self.as_suggested + self.refitted + self.relabelled + self.rejected


class Day(NamedTuple):
    """How many decisions were made on a day (UTC), undone ones included."""

    day: str
    decisions: int


class Pace(NamedTuple):
    """The newest decisions of all reviewers, and the seconds that they took, breaks left out."""

    decisions: int
    seconds: float


class Report(NamedTuple):
    """`outcomes` in the labels' order; `by_day` the same of what was decided on a day (UTC), the oldest first."""

    outcomes: list[Outcome]
    by_day: list[tuple[str, list[Outcome]]]


def report(connection: sqlite3.Connection) -> Report:
    """One pass over the spans."""
    suggested = f"origin NOT IN ('{REVIEWER}', '{IMPORT}')"
    accepted = f"span.state = '{ACCEPTED}'"
    whose = f"coalesce(CASE WHEN {accepted} THEN span.suggested_label END, span.label)"
    found = connection.execute(
        f"SELECT substr(span.at, 1, 10) AS day, {whose} AS whose, "
        f"sum({accepted} AND {suggested} AND suggested_by IS NULL), "
        f"sum({accepted} AND suggested_by IS NOT NULL AND suggested_label = span.label), "
        f"sum({accepted} AND suggested_by IS NOT NULL AND suggested_label <> span.label), "
        f"sum(span.state = '{REJECTED}'), "
        f"sum({accepted} AND origin = '{REVIEWER}'), "
        f"sum(span.state = '{SUGGESTED}') "
        "FROM span JOIN document ON document.id = span.document JOIN label ON label.id = span.label "
        f"WHERE span.layer = {OWN_LAYER} AND {LISTED} GROUP BY day, whose ORDER BY day"
    )
    days: dict[str, list[Outcome]] = defaultdict(list)
    every: list[Outcome] = []
    for day, *counts in found:
        outcome = Outcome._make(counts)
        every.append(outcome)
        if day is not None:
            days[day].append(outcome)
    labels = [number for (number,) in connection.execute("SELECT id FROM label ORDER BY position")]
    return Report(
        _by_label(labels, every),
        [(day, _by_label(labels, ones)) for day, ones in days.items() if any(sum(one[1:6]) for one in ones)],
    )


def _by_label(labels: Iterable[int], outcomes: Iterable[Outcome]) -> list[Outcome]:
    sums = {label: [0] * (len(Outcome._fields) - 1) for label in labels}
    for one in outcomes:
        for place, count in enumerate(one[1:]):
            sums[one.label][place] += count
    return [Outcome(label, *counts) for label, counts in sums.items()]


def days(connection: sqlite3.Connection, most: int) -> list[Day]:
    """The newest days on which something was decided, the oldest of them first."""
    found = connection.execute(
        "SELECT substr(at, 1, 10) AS day, count(*) FROM journal WHERE kind = 'do' "
        "GROUP BY day ORDER BY day DESC LIMIT ?",
        (most,),
    ).fetchall()
    return [Day._make(row) for row in reversed(found)]


def pace(connection: sqlite3.Connection) -> Pace:
    """How fast the newest decisions were made; a gap of BREAK seconds and more is a break."""
    found = connection.execute(
        "SELECT at FROM journal WHERE kind = 'do' ORDER BY id DESC LIMIT ?", (_RECENT,)
    ).fetchall()
    moments = [datetime.fromisoformat(at) for (at,) in reversed(found)]
    gaps = [(after - before).total_seconds() for before, after in pairwise(moments)]
    worked = [gap for gap in gaps if 0 <= gap < BREAK]
    return Pace(len(worked), sum(worked))
