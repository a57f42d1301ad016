"""Name the packages to install where this system lacks a library that Qt needs.

usage: python3 -m tools.check_libraries [--debian]     (no Qt, no packages: any Python 3.11)
"""

from __future__ import annotations

import sys

from annotator.errors import UserError
from annotator.ui import startup


def main(arguments: list[str]) -> int:
    """Exit code 1 where something is missing; `--debian` prints the names of the packages alone."""
    try:
        startup.check_libraries(startup.BASE)
    except UserError as error:
        print(error.params["debian"] if "--debian" in arguments else error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
