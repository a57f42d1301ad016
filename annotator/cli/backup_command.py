"""annotator backup"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import PROJECT, tell
from annotator.domain.changes import Message
from annotator.store import open_project, snapshots


@click.command()
@PROJECT
def command(project: Path) -> None:
    """Take a snapshot of PROJECT into the folder PROJECT.backups beside it."""
    with open_project(project) as store:
        taken = store.take_snapshot(snapshots.ASKED)
    tell(Message("snapshot.taken", {"path": str(project), "name": taken.path.stem}))
