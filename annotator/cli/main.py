"""The group of commands. What is not the name of a command is a project for the window."""

from __future__ import annotations

import re
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import click

from annotator import __version__
from annotator.cli.common import FILE, REVIEWER
from annotator.errors import UserError

_COMMANDS = {
    "import": "Take articles and annotations into a project.",
    "suggest": "Let a model suggest spans.",
    "memory": "Let decisions change the suggestions elsewhere.",
    "link": "Propose links between mentions.",
    "export": "Write annotations to a file.",
    "formats": "List the formats that come in and go out.",
    "score": "Compare a project with gold.",
    "check": "Look for broken rows; with --repair, mend them.",
    "stats": "Count articles, spans and links.",
    "backup": "Take a snapshot to go back to.",
    "merge": "Take in the decisions of other reviewers.",
    "agreement": "How far two reviewers agree.",
    "second-pass": "Choose articles for a blind second review.",
    "history": "Who decided what and when.",
    "compact": "Make the history small.",
    "restore": "List the snapshots, or go back to one.",
}


class Commands(click.Group):
    """Imports a command when it is run, and says what went wrong in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in _COMMANDS:
            found: click.Command = import_module(f"annotator.cli.{name.replace('-', '_')}_command").command
            return found
        return super().get_command(ctx, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in (*_COMMANDS, "--help", "--version"):
            if args and _is_bare(args[0]):
                ctx.fail(_no_command(args[0]))
            args = ["window", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


def _is_bare(word: str) -> bool:
    """Whether a word names no file that is there or looks like one: it was meant for a command."""
    return re.fullmatch(r"\w[\w-]{,40}", word) is not None and not Path(word).exists()


def _no_command(word: str) -> str:
    near = get_close_matches(word, _COMMANDS, 1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return f"there is no command and no project {word}.{meant} A new project's name has an ending: {word}.db"


@click.group(cls=Commands, context_settings={"help_option_names": ["--help"]})
@click.version_option(__version__, prog_name="Annotator")
def cli() -> None:
    """Read articles, decide on suggested spans, link them, export a gold set.

    \b
    annotator [PROJECT] [ARTICLES...]   opens the window: on PROJECT, which is made where it is
                                        not there; without it on the last one, the first time
                                        on a copy of the sample. ARTICLES are added.
    """


@cli.command("window", hidden=True)
@click.argument("project", required=False, type=FILE)
@click.argument("articles", nargs=-1, type=FILE)
@REVIEWER
@click.pass_context
def window(ctx: click.Context, project: Path | None, articles: tuple[Path, ...], reviewer: str) -> None:
    """Open the window."""
    from annotator.store.files import is_there
    from annotator.ui import app

    if project is not None:
        is_there(project)  # a place that cannot be looked at is told before there is a window
    ctx.exit(app.run(project, list(articles), reviewer))
