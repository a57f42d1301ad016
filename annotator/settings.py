"""A person's settings: one table of names, types and defaults, kept in one JSON file.

What concerns a project is in the project's file, not here.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from annotator import paths
from annotator.errors import UserError

DEFAULTS: Final[Mapping[str, object]] = {
    "theme": "system",
    "size": 1.0,
    "zoom": 1.0,
    "compact": False,
    "column": 688,
    "face": "Noto Serif",
    "show_rejected": False,
    "geometry": "",
    "columns": [],
    "list_shown": True,
    "projects": [],
    "folder": "",
    "export_target": "",
    "keys": {},
    "key_set": "Annotator",
    "single_keys": True,
    "greeted": False,
    "reviewer": "",
    "language": "",
}
"""Every setting with its default, whose type is the setting's type."""


class Settings:
    """The settings by name. Names that this version does not know are kept as they are."""

    def __init__(self, path: Path, stored: Mapping[str, object]) -> None:
        self.path = path
        self.trouble: UserError | None = None
        """Why what was stored could not be read; it was moved aside then."""
        self._stored = dict(stored)

    @classmethod
    def load(cls) -> Settings:
        """The settings of the person at this machine. A damaged file is moved aside, not lost."""
        path = paths.user_config() / "settings.json"
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls(path, {})
        except (ValueError, OSError) as error:
            return _set_aside(path, error)
        if not isinstance(stored, dict):
            return _set_aside(path, ValueError("it holds no object in braces"))
        return cls(path, stored)

    def __getitem__(self, name: str) -> object:
        """The stored value where it has the right type, else the default."""
        default = DEFAULTS[name]
        value = self._stored.get(name, default)
        if isinstance(default, float) and type(value) is int:
            return float(value)
        return value if type(value) is type(default) else default

    def __setitem__(self, name: str, value: object) -> None:
        if type(value) is not type(DEFAULTS[name]):
            raise TypeError(f"{name} takes {type(DEFAULTS[name]).__name__}, not {type(value).__name__}")
        self._stored[name] = value

    def who(self) -> str:
        """Whose decisions these are: the name that was set, else that of the login, as far as it is known."""
        named = str(self["reviewer"])
        if named:
            return named
        try:
            return getpass.getuser()
        except (OSError, KeyError):  # no name and no entry for the number, as in a bare container
            return "reviewer"

    def save(self) -> None:
        """Write the file as a whole or not at all. UserError where that is not possible."""
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(self._stored, indent=1, ensure_ascii=False), encoding="utf-8")
            draft.replace(self.path)
        except OSError as error:
            raise UserError(
                "settings.not_saved", path=str(self.path), why=error.strerror or str(error)
            ) from error


def _set_aside(path: Path, error: Exception) -> Settings:
    made = Settings(path, {})
    aside = path.with_suffix(".damaged.json")
    try:
        path.replace(aside)
    except OSError:
        aside = path  # it stays where it is, and is told
    made.trouble = UserError("settings.damaged", path=str(aside), why=str(error))
    return made
