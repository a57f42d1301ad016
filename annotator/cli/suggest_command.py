"""annotator suggest"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import PROJECT, Progress, tell, tell_all
from annotator.domain.changes import Message
from annotator.session.suggesting import SuggestJob
from annotator.store import open_project

_WAIT = 0.2


@click.command()
@PROJECT
@click.option("--model", metavar="NAME", help="A spaCy pipeline or another suggester by name.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--all", "again", is_flag=True, help="Also articles that it has seen.")
@click.pass_context
def command(ctx: click.Context, project: Path, model: str | None, workers: int, again: bool) -> None:
    """Let a model suggest spans in the articles of PROJECT that are not done and that it has not seen."""
    with open_project(project) as store:
        job = SuggestJob(store, model, count=workers, again=again)
        progress = Progress("Article")
        try:
            while not job.step(_WAIT):
                progress.show(job.done, job.total)
        except BaseException:
            job.cancel()
            raise
        finally:
            progress.end()
        counts = {"spans": job.counts["spans"], "documents": job.total, "model": job.name}
    tell(Message("suggest.done", counts))
    tell_all(message for _, message in job.failed)
    if job.failed:
        ctx.exit(1)
