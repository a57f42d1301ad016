"""The articles as a list: which ones, in which order. Only their ids are read for that."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

from annotator.domain.models import OWN_LAYER, SUGGESTED
from annotator.store import reading
from annotator.store.reading import LISTED_FIELDS, DocumentRow, closed, escaped

WANTED: Final = "wanted"
ORDERS: Final[dict[str, str]] = {
    "queue": "id",
    "oldest": "date IS NULL, date, id",
    "newest": "date IS NULL, date DESC, id",
    "status": "CASE status WHEN 'in_progress' THEN 0 WHEN 'new' THEN 1 ELSE 2 END, id",
    "undecided": "suggested DESC, id",
    WANTED: "flag DESC, unsure DESC, id",
}
"""By name. WANTED: flagged ones, then where the undecided suggestions are least sure, all in all."""

_UNSURE: Final = (
    "LEFT JOIN (SELECT document AS of, sum(1 - coalesce(score, 0.5)) AS unsure FROM span "
    f"WHERE state = '{SUGGESTED}' AND layer = {OWN_LAYER} GROUP BY document) ON of = document.id"
)


class Asked(NamedTuple):
    """What a list of articles shows. Nothing given: all of them, in the order in which they came in."""

    statuses: tuple[str, ...] = ()
    words: str = ""
    flagged: bool = False
    tag: str = ""
    order: str = "queue"


def listed(connection: sqlite3.Connection, asked: Asked) -> list[int]:
    """The ids of the articles of a list, in its order."""
    where, values = reading.filtered(asked.statuses, asked.words)
    if asked.flagged:
        where += " AND flag = 1"
    if asked.tag:
        where += " AND tags <> '[]' AND EXISTS (SELECT 1 FROM json_each(tags) WHERE json_each.value = ?)"
        values.append(asked.tag)
    joined = _UNSURE if asked.order == WANTED else ""
    found = connection.execute(
        f"SELECT id FROM document {joined} WHERE {where} ORDER BY {ORDERS[asked.order]}", values
    )
    return [number for (number,) in found]


def rows(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[DocumentRow]:
    """Articles as a list shows them, in the order of their ids as given; those that are gone are left out."""
    marks = ", ".join("?" * len(numbers))
    found = connection.execute(
        f"SELECT {LISTED_FIELDS} FROM document WHERE id IN ({marks}) AND {reading.LISTED}", tuple(numbers)
    )
    by_id = {row[0]: DocumentRow._make(row) for row in found}
    return [by_id[number] for number in numbers if number in by_id]


def tags(connection: sqlite3.Connection) -> list[str]:
    """The tags that articles of the project have, in alphabetical order."""
    found = connection.execute(
        "SELECT DISTINCT json_each.value FROM document, json_each(tags) "
        f"WHERE tags <> '[]' AND {reading.LISTED} ORDER BY json_each.value COLLATE NOCASE"
    )
    return [str(tag) for (tag,) in found]


def removed(connection: sqlite3.Connection, words: str, limit: int) -> list[DocumentRow]:
    """Articles that were taken out, the last one first, with these words in title, name or source."""
    like = f"%{escaped(words)}%"
    found = connection.execute(
        f"SELECT {LISTED_FIELDS} FROM document "
        f"WHERE removed = 1 AND {closed('document')} AND (coalesce(title, '') LIKE ?1 ESCAPE '\\' "
        "OR name LIKE ?1 ESCAPE '\\' OR coalesce(source, '') LIKE ?1 ESCAPE '\\') ORDER BY id DESC LIMIT ?2",
        (like, limit),
    )
    return [DocumentRow._make(row) for row in found]
