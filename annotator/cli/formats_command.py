"""annotator formats"""

from __future__ import annotations

import click

from annotator.formats import registry


@click.command()
def command() -> None:
    """List the formats, which way each goes, and what it is."""
    known = registry.formats()
    width = max(map(len, known))
    for name, format in sorted(known.items()):
        ways = f"{'in' if format.read else '':3}{'out' if format.write else '':4}"
        click.echo(f"{name:{width}}  {ways} {format.title}")
    for error in registry.known().broken.values():
        click.echo(str(error), err=True)
