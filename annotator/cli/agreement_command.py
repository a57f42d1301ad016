"""annotator agreement"""

from __future__ import annotations

import json
from pathlib import Path

import click

from annotator.cli.common import AS_JSON, PROJECT
from annotator.domain.models import OWN_LAYER
from annotator.errors import UserError
from annotator.messages import english
from annotator.session.agreement import Agreement, agree
from annotator.store import Store, open_project

_HEAD = ("spans", "theirs", "F1", "overlap", "kappa", "alpha")
_LINKS = ("mentions", "MUC", "B-cubed", "CEAF", "LEA")
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
            for known in store.reviewers():
                click.echo(f"{known.name}  {known.articles}")
            return
        one = _layer(store, against) if against is not None else OWN_LAYER
        found = agree(store, _layer(store, reviewer), one)
    click.echo(json.dumps(found.as_data()) if as_json else _as_text(found))


def _layer(store: Store, name: str) -> int:
    known = {one.name: one.id for one in store.reviewers()}
    if name not in known:
        raise UserError("agreement.unknown", name=name, known=", ".join(known) or "-")
    return known[name]


def _as_text(found: Agreement) -> str:
    lines = [f"{'':<12}" + "".join(f"{head:>9}" for head in _HEAD)]
    for label, spans in found.spans.items():
        lines.append(f"{label:<12}" + "".join(f"{_shown(value):>9}" for value in spans))
    if found.links:
        lines += ["", f"{'':<12}" + "".join(f"{head:>9}" for head in _LINKS)]
    for label, links in found.links.items():
        measures = (links.muc, links.b_cubed, links.ceaf, links.lea)
        figures = (links.mentions, *(each.f1 if each is not None else None for each in measures))
        lines.append(f"{label:<12}" + "".join(f"{_shown(value):>9}" for value in figures))
    lines.append("")
    lines += [f"{each.f1:.3f}  {each.differing:>4}  {each.title}" for each in found.articles[:_WORST]]
    sentence = found.sentence()
    return "\n".join([*lines, "", english(sentence.code, sentence.params)])


def _shown(value: float | int | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
