"""annotator second-pass"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import FILE, PROJECT, tell
from annotator.domain.changes import Message
from annotator.session.second_pass import second_pass
from annotator.store import open_project


@click.command()
@PROJECT
@click.argument("out", type=FILE)
@click.option("--articles", default=20, show_default=True, type=click.IntRange(min=1), help="How many.")
@click.option("--seed", default=0, show_default=True, help="Another number chooses other articles.")
def command(project: Path, out: Path, articles: int, seed: int) -> None:
    """Choose articles of PROJECT that are done, by chance, for a blind second review in a new project OUT.

    OUT holds their texts and what was suggested, but no decision. Merge it when it is done; `annotator
    agreement` then tells how far you agree with yourself.
    """
    with open_project(project, read_only=True) as store:
        count = second_pass(store, out, articles, seed)
    tell(Message("second.made", {"count": count, "path": str(out)}))
