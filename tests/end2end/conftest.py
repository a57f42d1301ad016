"""A small project that is ready at once: suggestions stand in it, no model is asked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator import store
from annotator.session.importing import import_paths
from annotator.ui.files import Files
from tests.end2end.desk import Desk, desk

NAMES = {
    "Ivar Brandvik": "PERSON",
    "Solveig Brandvik": "PERSON",
    "Gannet Research": "ORG",
    "Pell & Rourke": "ORG",
}
LINES = (
    "Gannet Research said on 14 November that Ivar Brandvik knew.",
    "Solveig Brandvik denied it; Ivar Brandvik did not call back.",
    "Pell & Rourke audited the books of the yard in Stavern.",
    "Later Gannet Research wrote to Pell & Rourke about the old tanker Halcyon.",
)
TEXT = "\n\n".join(LINES)
OTHER = "A second report.\n\nIvar Brandvik wrote to Gannet Research on Monday."
KNOWN = "Ivar Brandvik and Solveig Brandvik met Gannet Research."


def _record(name: str, text: str, **more: object) -> str:
    spans = []
    for words, label in NAMES.items():
        start = text.find(words)
        while start >= 0:
            spans.append({"start": start, "end": start + len(words), "label": label})
            start = text.find(words, start + 1)
    return json.dumps({"id": name, "title": f"Article {name}", "text": text, "spans": spans, **more})


def _known() -> str:
    record = json.loads(_record("known", KNOWN))
    record["status"] = "done"
    for span in record["spans"]:
        words = KNOWN[span["start"] : span["end"]]
        span |= {"state": "accepted", "entity": words.lower().replace(" ", "-")}
        record.setdefault("entities", {})[span["entity"]] = {"label": span["label"], "name": words}
    return json.dumps(record)


def make(folder: Path) -> Path:
    """Two articles with suggestions by `model`, and one that is done, whose names are linked."""
    open_ones, done = folder / "open.jsonl", folder / "done.jsonl"
    open_ones.write_text("\n".join([_record("one", TEXT), _record("two", OTHER)]), encoding="utf-8")
    done.write_text(_known(), encoding="utf-8")
    path = folder / "suggested.db"
    with store.create(path) as opened:
        import_paths(opened, [open_ones], mode="suggestions", origin="model")
        import_paths(opened, [done], mode="gold")
    return path


@pytest.fixture(autouse=True)
def quiet(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No model is asked unasked, which takes seconds, but in a test that is marked `spacy`."""
    if request.node.get_closest_marker("spacy") is None:
        monkeypatch.setattr(Files, "suggest_quietly", lambda _: None)


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("suggested"))


@pytest.fixture
def suggested(tmp_path: Path, _made: Path) -> Path:
    """A project as `make` has it, for this test alone."""
    return Path(shutil.copy(_made, tmp_path))


@pytest.fixture
def there(qtbot: QtBot, suggested: Path) -> Iterator[Desk]:
    """The window on it; the first suggestion of the first article is in focus."""
    with desk(qtbot, suggested) as made:
        yield made
