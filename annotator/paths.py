"""Where files are: those that come with the program, and those of the person who uses it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

HOME: Final = "ANNOTATOR_HOME"
"""The environment variable that moves all of a user's files to one folder; tests set it."""

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """Fonts, icons, default labels, lexicons, translations."""
    return _shipped("resources")


def data() -> Path:
    """The sample articles and the labels of the sample project."""
    return _shipped("data")


def user_config() -> Path:
    """The folder of the user's settings. It may not exist yet."""
    from platformdirs import user_config_path

    return _home() or user_config_path("annotator", appauthor=False)


def user_data() -> Path:
    """The folder of the user's own files: the sample project. It may not exist yet."""
    from platformdirs import user_data_path

    return _home() or user_data_path("annotator", appauthor=False)


def log_file() -> Path:
    """Where bugs are written down. Its folder may not exist yet."""
    from platformdirs import user_log_path

    return (_home() or user_log_path("annotator", appauthor=False)) / "annotator.log"


def _home() -> Path | None:
    moved = os.environ.get(HOME)
    return Path(moved).expanduser() if moved else None


def _shipped(name: str) -> Path:
    # In the wheel the folder lies in the package, in a checkout beside it.
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
