"""annotator restore"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import PROJECT, tell
from annotator.domain.changes import Message
from annotator.errors import UserError
from annotator.store import snapshots
from annotator.store.files import is_there


@click.command()
@PROJECT
@click.argument("snapshot", required=False)
def command(project: Path, snapshot: str | None) -> None:
    """Put PROJECT back to a SNAPSHOT; without one, list them, the newest first.

    What PROJECT holds now becomes a snapshot first.
    """
    if snapshot is not None:
        _restore(project, snapshot)
        return
    known = snapshots.found(project)
    if not known and not is_there(project):
        raise UserError("project.missing", path=str(project))
    for one in known:
        click.echo(f"{one.path.stem}  {one.size / 1e6:8.1f} MB")
    if not known:
        tell(Message("snapshot.none", {"path": str(project)}))


def _restore(project: Path, name: str) -> None:
    chosen = snapshots.named(project, name)
    aside = snapshots.restore(project, chosen.path)
    params = {"path": str(project), "at": chosen.at}
    if aside is None:
        tell(Message("snapshot.restored", params))
    else:
        tell(Message("snapshot.replaced", {**params, "aside": str(aside)}))
