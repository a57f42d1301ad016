"""annotator merge"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import FILE, REVIEWER, Progress, tell, tell_all
from annotator.domain.changes import Message
from annotator.session.comparing import Search
from annotator.session.merging import merge_projects
from annotator.store import open_project


@click.command()
@click.argument("into", type=FILE)
@click.argument("projects", nargs=-1, required=True, metavar="FROM...", type=FILE)
@REVIEWER
def command(into: Path, projects: tuple[Path, ...], reviewer: str) -> None:
    """Take the decisions of other reviewers' projects FROM... into the project INTO.

    Where INTO has decided, that stands; differences are listed, to be settled in the window. A
    snapshot of INTO is taken first. The projects FROM... stay as they are.
    """
    progress = Progress("Merging article")
    with open_project(into) as store:
        try:
            report = merge_projects(
                store, projects, reviewer, lambda done, total, _: progress.show(done, total)
            )
        finally:
            progress.end()
        tell_all(report.messages())
        count = Search(store).count()
    if count:
        tell(Message("merge.conflicts", {"count": count}))
    else:
        tell(Message("merge.agreed"))
