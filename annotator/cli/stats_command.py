"""annotator stats"""

from __future__ import annotations

import json
from pathlib import Path

import click

from annotator.cli.common import AS_JSON, PROJECT
from annotator.domain.models import STATES
from annotator.messages import english
from annotator.store import open_project

_WIDTH = 11
_COUNTED = ("documents", "entities", "links")


@click.command()
@PROJECT
@AS_JSON
def command(project: Path, as_json: bool) -> None:
    """Count the articles, spans by label and state, entities and links of PROJECT."""
    with open_project(project, read_only=True) as store:
        counts = store.counts()
        labels: dict[str, dict[str, int]] = {label.name: dict.fromkeys(STATES, 0) for label in store.labels()}
        for label, state, count in store.label_counts():
            labels[label][state] = count
    if as_json:
        click.echo(json.dumps({**counts, "labels": labels}))
        return
    said = {name: english(f"count.{name}", {"count": counts[name]}) for name in _COUNTED}
    click.echo(
        f"{said['documents']}: {counts['new']} new, {counts['in_progress']} in progress, {counts['done']} done"
    )
    click.echo(f"{said['entities']}, {said['links']}")
    wide = max(map(len, labels), default=0) + 2
    click.echo(" " * wide + "".join(f"{state:>{_WIDTH}}" for state in STATES))
    for label, by_state in labels.items():
        click.echo(f"{label:<{wide}}" + "".join(f"{by_state[state]:>{_WIDTH}}" for state in STATES))
