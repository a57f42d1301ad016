"""What the commands share: options, sentences on stderr, progress."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from annotator.domain.changes import Message
from annotator.domain.text import clean
from annotator.errors import UserError
from annotator.messages import english
from annotator.settings import Settings


def _who() -> str:
    """The name in the person's settings, else that of the login."""
    settings = Settings.load()
    if settings.trouble is not None:
        click.echo(str(settings.trouble), err=True)
    return settings.who()


FILE = click.Path(readable=False, path_type=Path)
"""A path as it is: whether it can be read is told like everything else about it."""

PROJECT = click.argument("project", type=FILE)


def storable(_ctx: click.Context, _option: click.Parameter, name: str) -> str:
    """A name as the project can hold it: an argument may have bytes that are no text."""
    return clean(name)[0]


REVIEWER = click.option(
    "--reviewer",
    metavar="NAME",
    envvar="ANNOTATOR_REVIEWER",
    default=_who,
    callback=storable,
    show_default="the name in the preferences, else the login name",
    help="Who decides.",
)

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def checked_day(_ctx: click.Context, _option: click.Parameter, day: str | None) -> str | None:
    """A day as it is written in the history. UserError for what is none."""
    try:
        return day if not day else date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise UserError("history.bad_day", day=day) from error


def tell(message: Message) -> None:
    """Print a message to stderr."""
    click.echo(english(message.code, message.params), err=True)


def tell_all(messages: Iterable[Message]) -> None:
    for message in messages:
        tell(message)


class Progress:
    """A count that is written over itself on stderr, where that is a terminal; else nothing."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = sys.stderr.isatty()

    def show(self, done: int, total: int) -> None:
        if self._shown:
            click.echo(f"\r{self._what} {done} of {total}\x1b[K", nl=False, err=True)

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
