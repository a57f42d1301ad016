"""annotator link"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import PROJECT, REVIEWER, Progress, tell, tell_all
from annotator.domain.changes import Message
from annotator.session.linking import accept_above, propose_links
from annotator.store import open_project


@click.command()
@PROJECT
@click.option(
    "--accept-above",
    "accept_above_score",
    type=click.FloatRange(0, 1),
    metavar="SCORE",
    help="Accept what is at least this sure, in one step that can be undone.",
)
@REVIEWER
def command(project: Path, accept_above_score: float | None, reviewer: str) -> None:
    """Propose which mentions of PROJECT are the same person, organisation, day or allegation."""
    progress = Progress("Step")
    with open_project(project) as store:
        try:
            report = propose_links(store, progress=progress.show)
        finally:
            progress.end()
        tell_all(report.messages())
        if accept_above_score is not None:
            changed = accept_above(store, accept_above_score, reviewer)
            tell((changed.title if changed else None) or Message("link.none_sure"))
