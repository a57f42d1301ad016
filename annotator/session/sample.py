"""The sample project: made from the articles that come with the program, in the user's folder."""

from __future__ import annotations

from pathlib import Path

from annotator import paths
from annotator.errors import UserError
from annotator.session.importing import import_paths
from annotator.store import Store, create
from annotator.suggest.registry import default_name, offer

NAME = "sample.db"
PRACTICE = "practice"
"""The article for practice."""


def sample_project() -> Path:
    """The user's copy of the sample project, made where it is not there yet."""
    path = paths.user_data() / NAME
    if not path.exists():
        _make(path)
    return path


def reset_sample() -> Path:
    """Make the sample project anew; nothing may hold it open."""
    path = paths.user_data() / NAME
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    _make(path)
    return path


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{NAME}.draft")
    for ending in ("", "-wal", "-shm"):
        draft.with_name(draft.name + ending).unlink(missing_ok=True)
    with create(draft) as store:
        refused = import_paths(store, [paths.data()]).refused
        _leave_to_practice(store)
    if refused:
        raise UserError("sample.broken", why=str(refused[0].error))
    draft.replace(path)


def _leave_to_practice(store: Store) -> None:
    """The article for practice speaks of each of its suggestions in turn: a model's would come between."""
    found = [row.id for row in store.documents() if row.name == PRACTICE]
    try:
        suggester = offer(default_name())
    except UserError:
        return  # nothing suggests here
    run = store.begin_run("suggest", suggester.name, suggester.version)
    counts = store.add_suggestions(run, suggester.name, suggester.version, [(one, ()) for one in found])
    store.end_run(run, counts)
