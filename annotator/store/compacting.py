"""Making the journal small: who decided what and when stays, what each decision did to the rows goes.

The present state is not touched. Decisions before the day can be undone no longer.
"""

from __future__ import annotations

import sqlite3

from annotator.store.connection import immediate
from annotator.store.trouble import is_busy

_KEEPS = "journal_keeps"


def compact(connection: sqlite3.Connection, before: str) -> int:
    """Empty the decisions older than a day (`2026-11-24`), give the room back; how many there were."""
    [(keeps,)] = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (_KEEPS,))
    with immediate(connection):
        connection.execute(f"DROP TRIGGER {_KEEPS}")
        emptied = connection.execute(
            "UPDATE journal SET changes = '[]' WHERE at < ? AND changes <> '[]'", (before,)
        ).rowcount
        connection.execute(keeps)
    if emptied:
        _give_back(connection)
    return emptied


def _give_back(connection: sqlite3.Connection) -> None:
    """Where another program reads just now, the room is used again instead."""
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
