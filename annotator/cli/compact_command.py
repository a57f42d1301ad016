"""annotator compact"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import PROJECT, checked_day, tell
from annotator.domain.changes import Message
from annotator.domain.clock import now
from annotator.store import open_project, snapshots


@click.command()
@PROJECT
@click.option(
    "--before",
    metavar="DAY",
    callback=checked_day,
    help="Only decisions before this day (2026-11-24); else before today.",
)
def command(project: Path, before: str | None) -> None:
    """Make the history of PROJECT small: who decided what and when stays, what it did to the rows goes.

    The present state is not touched. What is compacted can be undone no longer. A snapshot is taken first.
    """
    with open_project(project) as store:
        store.take_snapshot(snapshots.COMPACTION)
        count = store.compact(before or now()[:10])
    tell(Message("compact.done", {"count": count}) if count else Message("compact.nothing"))
