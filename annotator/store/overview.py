"""What became of the suggestions, and how much was decided when."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from annotator.domain.models import ACCEPTED, IMPORT, OWN_LAYER, REJECTED, REVIEWER, SUGGESTED
from annotator.store.reading import LISTED


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


def outcomes(connection: sqlite3.Connection) -> list[Outcome]:
    """By label, in the labels' order; one pass over the spans."""
    suggested = f"origin NOT IN ('{REVIEWER}', '{IMPORT}')"
    accepted = f"span.state = '{ACCEPTED}'"
    whose = f"coalesce(CASE WHEN {accepted} THEN span.suggested_label END, span.label)"
    found = connection.execute(
        f"SELECT {whose} AS whose, "
        f"sum({accepted} AND {suggested} AND suggested_by IS NULL), "
        f"sum({accepted} AND suggested_by IS NOT NULL AND suggested_label = span.label), "
        f"sum({accepted} AND suggested_by IS NOT NULL AND suggested_label <> span.label), "
        f"sum(span.state = '{REJECTED}'), "
        f"sum({accepted} AND origin = '{REVIEWER}'), "
        f"sum(span.state = '{SUGGESTED}') "
        "FROM span JOIN document ON document.id = span.document JOIN label ON label.id = span.label "
        f"WHERE span.layer = {OWN_LAYER} AND {LISTED} GROUP BY whose"
    )
    counted = {row[0]: Outcome._make(row) for row in found}
    order = connection.execute("SELECT id FROM label ORDER BY position")
    return [counted.get(number, Outcome(number, 0, 0, 0, 0, 0, 0)) for (number,) in order]


def days(connection: sqlite3.Connection, most: int) -> list[Day]:
    """The newest days on which something was decided, the oldest of them first."""
    found = connection.execute(
        "SELECT substr(at, 1, 10) AS day, count(*) FROM journal WHERE kind = 'do' "
        "GROUP BY day ORDER BY day DESC LIMIT ?",
        (most,),
    ).fetchall()
    return [Day._make(row) for row in reversed(found)]
