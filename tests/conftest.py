"""What every test relies on: no screen, a user folder of its own, nothing left over."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"  # the window speaks English, wherever the tests run
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.fonts.warning=false")

# Slow machines are no failure: no property has a deadline. `make soak` looks longer, with other seeds.
hypothesis.settings.register_profile("suite", deadline=None, max_examples=16)
hypothesis.settings.register_profile("portion", deadline=None, max_examples=300)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=10_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

THREAD_ENDS_WITHIN = 5.0


@pytest.fixture(autouse=True)
def annotator_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder (settings, recent files), fresh for each test."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("ANNOTATOR_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """Fail the test that leaves a window, a thread or a process behind."""
    windows = _windows()
    threads = set(threading.enumerate())
    children = set(multiprocessing.active_children())
    yield
    left: list[object] = sorted(_windows() - windows)
    for thread in set(threading.enumerate()) - threads:
        thread.join(THREAD_ENDS_WITHIN)
        if thread.is_alive():
            left.append(thread)
    left += set(multiprocessing.active_children()) - children
    assert not left, f"left over: {left}"


def _windows() -> set[str]:
    # A test that never touched Qt does not load it here either.
    widgets = sys.modules.get("PySide6.QtWidgets")
    app = widgets.QApplication.instance() if widgets else None
    if app is None:
        return set()
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    if len(app.topLevelWidgets()) > 1:
        gc.collect()  # a window that waits for the collector of reference cycles is no leak
    return {repr(window) for window in app.topLevelWidgets()}
