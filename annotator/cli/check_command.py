"""annotator check"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import PROJECT, REVIEWER
from annotator.domain.changes import Message
from annotator.errors import UserError
from annotator.messages import english
from annotator.store import open_project, snapshots


@click.command()
@PROJECT
@click.option("--repair", is_flag=True, help="Mend what can be mended.")
@REVIEWER
@click.pass_context
def command(ctx: click.Context, project: Path, repair: bool, reviewer: str) -> None:
    """Look for damage and broken rows in PROJECT: the file, spans, links, journal.

    With --repair a damaged file gives a new project with all that can be saved, and is kept beside it.
    """
    try:
        with open_project(project, read_only=not repair) as store:
            found = store.check()
            damaged = any(problem.message.code == "check.damaged" for problem in found)
            left = found
            if repair and found and not damaged:
                store.take_snapshot(snapshots.REPAIR)
                left = store.repair(reviewer)
    except UserError as error:
        if error.code not in ("project.corrupt", "project.not_a_database"):
            raise
        click.echo(str(error))
        found, left, damaged = [], [], True
    for problem in found:
        click.echo(_sentence(problem.message))
    mended = len(found) - len(left)
    if mended:
        click.echo(_sentence(Message("check.mended", {"count": mended})))
    elif any(problem.repairable for problem in left):
        click.echo(_sentence(Message("check.can_mend")))
    if damaged and repair:
        _save(project, reviewer)
        return
    if not found and not damaged:
        click.echo(_sentence(Message("check.sound")))
    if left or damaged:
        ctx.exit(1)


def _save(project: Path, reviewer: str) -> None:
    """Save what a damaged file holds, and say what that is, here and in a file beside it."""
    from annotator.store.rebuilding import rebuild

    lines = [_sentence(message) for message in rebuild(project, reviewer).messages()]
    report = project.with_name(f"{project.name}.repair.txt")
    report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for line in [*lines, _sentence(Message("repair.report", {"path": str(report)}))]:
        click.echo(line)


def _sentence(message: Message) -> str:
    return english(message.code, message.params)
