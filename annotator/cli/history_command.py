"""annotator history"""

from __future__ import annotations

import json
from pathlib import Path

import click

from annotator.cli.common import AS_JSON, PROJECT, checked_day, storable
from annotator.errors import UserError
from annotator.messages import english
from annotator.session.history import Names, details
from annotator.store import Store, open_project


@click.command()
@PROJECT
@click.option("--article", metavar="NAME", help="Only decisions in this article.")
@click.option(
    "--reviewer", metavar="NAME", default="", callback=storable, help="Only those of this reviewer."
)
@click.option(
    "--day", metavar="DAY", default="", callback=checked_day, help="Only those of this day (2026-11-24, UTC)."
)
@click.option("--limit", default=-1, help="At most so many.")
@AS_JSON
def command(project: Path, article: str | None, reviewer: str, day: str, limit: int, as_json: bool) -> None:
    """Who decided what in PROJECT and when, from what to what, the newest first."""
    with open_project(project, read_only=True) as store:
        document = _document(store, article) if article is not None else None
        names = Names(store)
        for entry in store.history(document, limit, reviewer=reviewer, day=day):
            title = english(entry.title.code, entry.title.params)
            changed = details(names, entry)
            if as_json:
                head = {"at": entry.at, "reviewer": entry.reviewer, "kind": entry.kind, "title": title}
                click.echo(
                    json.dumps({**head, "changes": [one._asdict() for one in changed]}, ensure_ascii=False)
                )
                continue
            kind = "" if entry.kind == "do" else f"{entry.kind}: "
            click.echo(f"{entry.at}  {entry.reviewer}  {kind}{title}")
            for one in changed:
                click.echo(f"    {one.what}, {one.field}: {one.before} -> {one.after}")


def _document(store: Store, name: str) -> int:
    for row in store.documents():
        if row.name == name:
            return row.id
    raise UserError("document.missing", id=name)
