"""What the window remembers of projects: which were open, how far they are, where somebody was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, cast

from annotator.domain.clock import now
from annotator.settings import Settings
from annotator.store.listing import ORDERS, Asked
from annotator.ui import wording
from annotator.ui.place import Place
from annotator.ui.welcome import Recent

_MOST = 8


_PLACES = 200
"""Articles of a project whose places are remembered."""


class _Project(TypedDict, total=False):
    """A project in the settings, the newest first; of its articles the one that was left last is the last."""

    path: str
    opened: str
    done: int
    total: int
    places: list[Place]
    asked: Asked


class Memory:
    """Reads and writes the settings `projects`, `folder` and `export_target`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def add_recent(self, path: Path) -> None:
        """A project was opened: it is the newest now."""
        known = self._find(path)
        entry = _Project({**known, "path": str(path.absolute()), "opened": now()})
        rest = [one for one in self._projects() if one.get("path") != entry["path"]]
        self._settings["projects"] = [entry, *rest][:_MOST]

    def recents(self) -> list[Recent]:
        """For the welcome page. One that is gone stays listed."""
        return [
            Recent(
                path, one.get("done", 0), one.get("total", 0), wording.day(one.get("opened")), path.exists()
            )
            for one in self._projects()
            for path in [Path(one.get("path", ""))]
        ]

    def last_project(self) -> Path | None:
        """The newest project that is still there."""
        return next((recent.path for recent in self.recents() if recent.there), None)

    def leave(self, path: Path, places: Sequence[Place], asked: Asked, done: int, total: int) -> None:
        """Where somebody was in each article, the present one last; what the list shows; how far the project is."""
        entry = self._find(path)
        entry["done"], entry["total"] = done, total
        entry["places"] = list(places[-_PLACES:])
        entry["asked"] = asked

    def places(self, path: Path) -> list[Place]:
        """Where somebody was in a project, the article that was left last at the end."""
        return [Place._make(one) for one in self._find(path).get("places", []) if len(one) == 3]

    def asked(self, path: Path) -> Asked:
        """What the list of articles showed when a project was left."""
        found = self._find(path).get("asked")
        if not isinstance(found, Asked | list) or len(found) != len(Asked._fields):
            return Asked()
        made = Asked._make(found)
        return made._replace(statuses=tuple(made.statuses)) if made.order in ORDERS else Asked()

    def forget_places(self, path: Path) -> None:
        """A project was made anew: nobody was anywhere in it."""
        entry = self._find(path)
        entry.pop("places", None)
        entry.pop("asked", None)

    def folder(self) -> Path:
        """Where files were taken from last."""
        found = Path(str(self._settings["folder"]) or Path.home())
        return found if found.is_dir() else Path.home()

    def set_folder(self, folder: Path) -> None:
        self._settings["folder"] = str(folder.absolute())

    def export_target(self) -> Path | None:
        """Where the last export went."""
        found = str(self._settings["export_target"])
        return Path(found) if found else None

    def set_export_target(self, target: Path) -> None:
        self._settings["export_target"] = str(target.absolute())

    def _projects(self) -> list[_Project]:
        found = cast(list[object], self._settings["projects"])
        return [cast(_Project, one) for one in found if isinstance(one, dict)]

    def _find(self, path: Path) -> _Project:
        wanted = str(path.absolute())
        return next((one for one in self._projects() if one.get("path") == wanted), _Project())
