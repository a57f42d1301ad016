"""annotator export"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import FILE, PROJECT, Progress, tell_all
from annotator.formats import registry
from annotator.session.exporting import ACCEPTED, ALL, DONE, ExportChoice, export
from annotator.store import open_project


@click.command()
@PROJECT
@click.argument("out", type=FILE)
@click.option(
    "--format",
    metavar="FORMAT",
    help="The form of the file; `annotator formats` lists them. Else the one that its ending names "
    "(.csv, .parquet, .html ...), or JSON lines.",
)
@click.option(
    "--spans",
    type=click.Choice([ACCEPTED, ALL]),
    default=ACCEPTED,
    show_default=True,
    help="Accepted spans alone, or also what is undecided or rejected.",
)
@click.option(
    "--documents",
    type=click.Choice([DONE, ALL]),
    default=DONE,
    show_default=True,
    help="Articles that are done, or all.",
)
@click.option("--strict", is_flag=True, help="Write nothing where the format cannot carry something.")
@click.option("--verify", is_flag=True, help="Read JSONL back too; other formats always are.")
@click.option(
    "--redact",
    multiple=True,
    metavar="LABEL|KEY",
    help="Replace the names of these entities. May be repeated.",
)
@click.option(
    "--split",
    metavar="TRAIN,DEV,TEST",
    help="Three shares, such as 80,10,10: OUT is a folder of parts, linked stories in one. "
    "The spacy and huggingface formats always have them.",
)
@click.option("--card", is_flag=True, help="Write a data card beside OUT; a folder always gets one.")
def command(
    project: Path,
    out: Path,
    format: str | None,
    spans: str,
    documents: str,
    strict: bool,
    verify: bool,
    redact: tuple[str, ...],
    split: str | None,
    card: bool,
) -> None:
    """Write the annotations of PROJECT to OUT: the gold set, or all there is.

    What the format cannot carry is counted on stderr and in a file beside OUT.
    """
    choice = ExportChoice(
        format or registry.named_by(out), spans, documents, _shares(split), strict, verify, card, redact
    )
    progress = Progress("Article")
    with open_project(project, read_only=True) as store:
        try:
            report = export(store, out, choice, progress.show)
        finally:
            progress.end()
    tell_all(report.messages())


def _shares(split: str | None) -> tuple[int, int, int] | None:
    if split is None:
        return None
    try:
        train, dev, test = map(int, split.split(","))
    except ValueError as error:
        raise click.BadParameter("name three numbers, such as 80,10,10", param_hint="--split") from error
    if min(train, dev, test) < 0 or train <= 0:
        raise click.BadParameter("shares are not negative, and train has some", param_hint="--split")
    return train, dev, test
