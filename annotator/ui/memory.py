"""What the window remembers of projects: which were open, how far they are, where somebody was."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, cast

from annotator.domain.clock import now
from annotator.settings import Settings
from annotator.ui import wording
from annotator.ui.place import Place
from annotator.ui.welcome import Recent

_MOST = 8


class _Project(TypedDict, total=False):
    """A project in the settings, the newest first."""

    path: str
    opened: str
    done: int
    total: int
    document: int
    span: int | None
    scroll: int


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

    def leave(self, path: Path, place: Place | None, done: int, total: int) -> None:
        """A project is closed: where somebody was, and how far it is."""
        entry = self._find(path)
        entry["done"], entry["total"] = done, total
        if place is not None:
            entry["document"], entry["span"], entry["scroll"] = place

    def place(self, path: Path) -> Place | None:
        """Where somebody was in a project."""
        found = self._find(path)
        if "document" not in found:
            return None
        return Place(found["document"], found.get("span"), found.get("scroll", 0))

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
