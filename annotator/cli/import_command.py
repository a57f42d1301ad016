"""annotator import"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from annotator.cli.common import FILE, PROJECT, Progress, storable, tell_all
from annotator.domain.models import IMPORT
from annotator.domain.text import clean
from annotator.formats import registry
from annotator.formats.format import FIELDS
from annotator.session.importing import import_paths
from annotator.store import Store, create, open_project
from annotator.store.files import is_there
from annotator.store.importing import AS_IS


def _columns(_ctx: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.partition("=")[::2] for one in given]
    for field, name in pairs:
        if field not in FIELDS or not name:
            raise click.BadParameter(f"FIELD=NAME, where FIELD is one of: {', '.join(FIELDS)}.")
    return dict(pairs)


@click.command()
@PROJECT
@click.argument("paths", nargs=-1, required=True, type=FILE)
@click.option(
    "--format",
    metavar="FORMAT",
    help="The form of the files, where it is not to be guessed; `annotator formats` lists them.",
)
@click.option(
    "--as",
    "mode",
    type=click.Choice(["gold", "suggestions"]),
    help="Take spans as gold (accepted, articles done) or as suggestions; else as the file says.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    callback=_columns,
    help=f"In tables: the column of a field ({', '.join(FIELDS)}), by its header or number. May be repeated.",
)
@click.option(
    "--origin",
    metavar="NAME",
    default=IMPORT,
    show_default=True,
    callback=storable,
    help="Who suggested the spans.",
)
@click.option(
    "--label",
    "labels",
    multiple=True,
    metavar="THEIRS=OURS",
    help="What a label of the files stands for; THEIRS= leaves its spans out. May be repeated.",
)
@click.option(
    "--onto",
    is_flag=True,
    help="Put spans onto articles that are there (by text, letters or name), though the text differs a little.",
)
@click.pass_context
def command(
    ctx: click.Context,
    project: Path,
    paths: tuple[Path, ...],
    format: str | None,
    mode: str | None,
    columns: dict[str, str],
    origin: str,
    labels: tuple[str, ...],
    onto: bool,
) -> None:
    """Take articles and annotations from files and folders into PROJECT, which is made where it is not there.

    One file goes in whole or not at all; the others go in.
    """
    table = _table(labels)
    if format is not None:
        registry.reader(format)  # what is misspelt is told once, before anything is made
    progress = Progress("Reading file")
    with _made_where_missing(project) as store:
        try:
            report = import_paths(
                store,
                paths,
                format=format,
                columns=columns,
                mode=mode or AS_IS,
                origin=origin,
                labels=table,
                onto=onto,
                progress=lambda done, total, _: progress.show(done, total),
            )
        finally:
            progress.end()
    tell_all(report.messages())
    for one in report.refused:
        click.echo(str(one.error), err=True)
    if report.refused:
        ctx.exit(1)


@contextmanager
def _made_where_missing(project: Path) -> Iterator[Store]:
    """The project. Where it is new and nothing came in, no file is left that nobody asked for."""
    new, left_empty = not is_there(project), False
    try:
        with create(project) if new else open_project(project) as store:
            try:
                yield store
            finally:
                left_empty = new and not store.document_count()
    finally:
        if left_empty:
            project.unlink()


def _table(labels: tuple[str, ...]) -> dict[str, str]:
    """What labels stand for. A usage error for what is no pair."""
    pairs = [clean(label)[0].partition("=") for label in labels]
    for theirs, sign, _ in pairs:
        if not (theirs and sign):
            raise click.BadParameter("write THEIRS=OURS, such as PER=PERSON", param_hint="--label")
    return {theirs.strip(): ours.strip() for theirs, _, ours in pairs}
