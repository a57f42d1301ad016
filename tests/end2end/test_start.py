"""The window is there before anything heavy is loaded; without a display the same work is done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from annotator import paths, store
from annotator.errors import UserError
from annotator.session.importing import import_paths
from annotator.ui.app import take_apart
from annotator.ui.headless import work

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("spacy", "thinc", "sqlite_utils", "trafilatura", "pyarrow", "dateparser", "annotator.formats")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "p.db"
    with store.create(path) as opened:
        import_paths(opened, [paths.data()])
    return path


def test_an_article_is_painted_before_anything_heavy_is_imported(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.end2end.starting", str(project)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    _seconds, *modules = done.stdout.splitlines()
    assert "annotator.ui.article.view" in modules
    assert not set(HEAVY) & set(modules)


def test_without_a_display_the_work_is_done_and_its_files_are_named(tmp_path: Path) -> None:
    """As `make run` does on a machine without a screen: suggestions, a picture, an export."""
    surroundings = {name: value for name, value in os.environ.items() if name not in _SCREENS}
    code = "from annotator.ui import app; raise SystemExit(app.run(None, [], 'Ada'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**surroundings, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "no display" in done.stderr
    project, picture, exported = map(Path, done.stdout.splitlines())
    assert project.is_file()
    assert (tmp_path / picture).read_bytes().startswith(b"\x89PNG")
    records = [json.loads(line) for line in (tmp_path / exported).read_text(encoding="utf-8").splitlines()]
    spans = [(record, span) for record in records if "text" in record for span in record["spans"]]
    assert {span["label"] for _, span in spans} == {"PERSON", "ORG", "DATE", "ALLEGATION"}
    assert all(record["text"][span["start"] : span["end"]] == span["text"] for record, span in spans)


def test_without_a_display_what_goes_wrong_is_told_and_nothing_is_left_open(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError) as told:
        work(Path("nowhere/p.db"), [], "Ada")
    assert told.value.code == "project.no_folder"
    with pytest.raises(UserError) as told:
        work(Path("p.db"), [Path("missing.txt")], "Ada")
    assert told.value.code == "export.nothing"
    assert not [*tmp_path.glob("p.db-*")]
    take_apart()


_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
