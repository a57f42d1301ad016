"""annotator score"""

from __future__ import annotations

import json
from pathlib import Path

import click

from annotator.cli.common import AS_JSON, FILE, PROJECT
from annotator.formats import score, scoreboard
from annotator.store import open_project


@click.command()
@PROJECT
@click.argument("gold", type=FILE)
@AS_JSON
def command(project: Path, gold: Path, as_json: bool) -> None:
    """Compare the spans and links of PROJECT that are not rejected with those of the file GOLD."""
    with open_project(project, read_only=True) as store:
        scores = score.score(gold, store.records(spans="all", documents="all"))
    if as_json:
        click.echo(json.dumps(scoreboard.as_data(scores)))
    else:
        click.echo(scoreboard.as_text(scores))
