"""annotator export"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import PROJECT, Progress, tell_all
from annotator.session.exporting import ACCEPTED, ALL, DONE, export
from annotator.store import open_project


@click.command()
@PROJECT
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", default="jsonl", show_default=True, help="The form of the file.")
@click.option("--spans", type=click.Choice([ACCEPTED, ALL]), default=ACCEPTED, show_default=True)
@click.option("--documents", type=click.Choice([DONE, ALL]), default=DONE, show_default=True)
@click.option("--strict", is_flag=True, help="Write nothing where the format cannot carry something.")
@click.option("--verify", is_flag=True, help="Read JSONL back too; other formats always are.")
@click.option(
    "--redact",
    multiple=True,
    metavar="LABEL|KEY",
    help="Replace the names of these entities; may be said again.",
)
def command(
    project: Path,
    out: Path,
    format: str,
    spans: str,
    documents: str,
    strict: bool,
    verify: bool,
    redact: tuple[str, ...],
) -> None:
    """Write the annotations of PROJECT to OUT: the gold set, or all there is."""
    progress = Progress("Article")
    with open_project(project, read_only=True) as store:
        try:
            report = export(
                store,
                out,
                format=format,
                spans=spans,
                documents=documents,
                strict=strict,
                verify=verify,
                redact=redact,
                progress=progress.show,
            )
        finally:
            progress.end()
    tell_all(report.messages())
