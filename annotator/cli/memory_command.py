"""annotator memory"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import PROJECT, Progress, tell
from annotator.session.remembering import Memory, turn_off, turn_on
from annotator.store import open_project


@click.command()
@PROJECT
@click.option("--off", is_flag=True, help="Take back what it suggested, and remember nothing from now on.")
def command(project: Path, off: bool) -> None:
    """Let the decisions in PROJECT change the suggestions of the same words in all other articles."""
    with open_project(project) as store:
        progress = Progress("Article")
        try:
            if off:
                report = turn_off(store, progress.show)
            else:
                turn_on(store)
                report = Memory().spread_all(store, progress.show)
        finally:
            progress.end()
    tell(report.message())
