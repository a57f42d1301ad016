"""The project file: one SQLite database, and the only code that speaks SQL."""

from annotator.store.store import Store, create, open_project

__all__ = ["Store", "create", "open_project"]
