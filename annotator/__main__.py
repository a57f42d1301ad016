"""`annotator` and `python -m annotator`."""

from __future__ import annotations

import multiprocessing


def main() -> None:
    """Run the command line; without a command it opens the window."""
    # First: a worker process of a frozen program comes through here and must go no further.
    multiprocessing.freeze_support()
    from annotator.cli.main import cli

    cli(prog_name="annotator")


if __name__ == "__main__":
    main()
