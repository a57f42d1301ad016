"""annotator check"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import PROJECT, REVIEWER
from annotator.domain.changes import Message
from annotator.messages import english
from annotator.store import open_project


@click.command()
@PROJECT
@click.option("--repair", is_flag=True, help="Mend what can be mended.")
@REVIEWER
@click.pass_context
def command(ctx: click.Context, project: Path, repair: bool, reviewer: str) -> None:
    """Look for broken rows in PROJECT: the file, spans, links, journal."""
    with open_project(project, read_only=not repair) as store:
        found = store.check()
        left = store.repair(reviewer) if repair and found else found
    for problem in found:
        click.echo(_sentence(problem.message))
    mended = len(found) - len(left)
    if mended:
        click.echo(_sentence(Message("check.mended", {"count": mended})))
    elif any(problem.repairable for problem in left):
        click.echo(_sentence(Message("check.can_mend")))
    if not found:
        click.echo(_sentence(Message("check.sound")))
    if left:
        ctx.exit(1)


def _sentence(message: Message) -> str:
    return english(message.code, message.params)
