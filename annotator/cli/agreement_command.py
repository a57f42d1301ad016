"""annotator agreement"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from annotator.cli.common import AS_JSON, PROJECT, tell
from annotator.domain.changes import Message
from annotator.domain.models import OWN_LAYER
from annotator.errors import UserError
from annotator.messages import english
from annotator.session.agreement import LINK_HEAD, SPAN_HEAD, Agreement, agree
from annotator.store import Store, open_project

_WORST = 5


@click.command()
@PROJECT
@click.argument("reviewer", required=False)
@click.option(
    "--against", metavar="REVIEWER", help="Another merged-in reviewer instead of the project itself."
)
@AS_JSON
def command(project: Path, reviewer: str | None, against: str | None, as_json: bool) -> None:
    """How far a merged-in REVIEWER and PROJECT agree, over the articles that both did; without one, who there is."""
    with open_project(project, read_only=True) as store:
        if reviewer is None:
            if not store.reviewers():
                tell(Message("agreement.nobody"))
            for known in store.reviewers():
                click.echo(f"{known.name}  {known.articles}")
            return
        one = _layer(store, against) if against is not None else OWN_LAYER
        found = agree(store, _layer(store, reviewer), one)
    click.echo(json.dumps(found.as_data()) if as_json else _as_text(found))


def _layer(store: Store, name: str) -> int:
    known = {one.name: one.id for one in store.reviewers()}
    if not known:
        raise UserError("agreement.nobody")
    if name not in known:
        raise UserError("agreement.unknown", name=name, known=", ".join(known))
    return known[name]


def _as_text(found: Agreement) -> str:
    lines = [_line(["", *SPAN_HEAD]), *map(_line, found.span_rows())]
    if found.links:
        lines += ["", _line(["", *LINK_HEAD]), *map(_line, found.link_rows())]
    lines.append("")
    lines += [f"{each.f1:.3f}  {each.differing:>4}  {each.title}" for each in found.articles[:_WORST]]
    sentence = found.sentence()
    return "\n".join([*lines, "", english(sentence.code, sentence.params)])


def _line(cells: Sequence[str]) -> str:
    return f"{cells[0]:<12}" + "".join(f"{cell:>9}" for cell in cells[1:])
