"""A key press in the real window, with a large project open and suggestions running behind it.

usage: python -m tests.benchmarks.bench_window [W1|W2]

Measured from the key's event until everything that follows from it is painted, the commit
included: on the wall, and by the processor time of the window's thread. After each key one is
pressed in a plain text field that commits one row to a file of its own: that is the floor, which
says what the machine gives at that moment. The goal is one frame on the wall, 16.7 ms.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks import measure, workloads

FRAME = 16.7
ROUNDS = 60


class Press(NamedTuple):
    """Milliseconds: on the wall, and of the window's thread on a processor."""

    wall: float
    cpu: float


def main() -> None:
    """Import the workload as suggestions, open the window, press keys while a model works."""
    name = measure.workload(__doc__ or "")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        project = made_project(name, Path(folder))
        _measure(name, project)


def made_project(name: str, folder: Path) -> Path:
    from annotator import store
    from annotator.session.importing import import_paths

    articles = workloads.write(name, folder / f"{name}.jsonl")
    project = folder / f"{name}.db"
    with store.create(project) as opened:
        import_paths(opened, [articles], mode="suggestions", origin="model")
    articles.unlink()
    os.sync()  # else the disk is busy with it while keys are pressed
    return project


def _measure(name: str, project: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from annotator.ui import app
    from tests.end2end.desk import Desk, wait_until

    app.make_app()
    window = app.make_window("Ada")
    began = time.perf_counter()
    app.open_project(window, project, [])
    window.resize(1440, 900)
    window.show()
    QApplication.processEvents()
    opened = time.perf_counter() - began
    desk = Desk(window)
    loaded = time.monotonic() + 4
    wait_until(lambda: time.monotonic() > loaded)  # the model is loaded and at work
    before = sum(job.done for job in window.work.jobs)
    print(f"{name}: opened and painted in {1000 * opened:.0f} ms")
    floor = Floor(project.with_name("floor.db"))
    window.activateWindow()
    wait_until(window.review.view.hasFocus)
    everything: tuple[list[Press], list[Press]] = ([], [])
    for what, keys in (
        ("accept", ["A"]),
        ("next span", ["Space"]),
        ("reject", ["X"]),
        ("move an end", ["]"]),
        ("relabel", ["2"]),
        ("link to a new entity", ["Tab", "N"]),
        ("undo", ["Ctrl+Z"]),
        ("next article", ["Ctrl+PgDown"]),
    ):
        presses, floors = _presses(desk, floor, keys)
        tell(what, presses, floors)
        everything[0].extend(presses)
        everything[1].extend(floors)
    tell("any of these", *everything)
    print(f"articles suggested meanwhile: {sum(job.done for job in window.work.jobs) - before}")
    floor.close()
    window.close()


class Floor:
    """A plain text field; each key commits one row, as durable as a decision."""

    def __init__(self, path: Path) -> None:
        from PySide6.QtWidgets import QPlainTextEdit

        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("CREATE TABLE key (id INTEGER PRIMARY KEY, text TEXT)")
        self._field = QPlainTextEdit("A plain text of some words. " * 100)
        self._field.resize(800, 800)
        self._field.show()

    def press(self) -> Press:
        """Only this field's events are handled: nothing of the window is in it."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        def act() -> None:
            QTest.keyClick(self._field, Qt.Key.Key_A)
            self._db.execute("INSERT INTO key (text) VALUES ('a')")
            QApplication.sendPostedEvents(self._field)

        return timed(act)

    def close(self) -> None:
        self._db.close()
        self._field.close()


def _presses(desk: Any, floor: Floor, keys: list[str]) -> tuple[list[Press], list[Press]]:
    """The last key of each round, and the floor beside it."""
    presses, floors = [], []
    for number in range(ROUNDS):
        if number % 20 == 19:
            settle(lambda: desk.press("Ctrl+PgDown"))
        for key in keys[:-1]:
            settle(lambda key=key: desk.press(key))  # type: ignore[misc]
        presses.append(settle(lambda: desk.press(keys[-1])))
        floors.append(floor.press())
    return presses, floors


def settle(act: Callable[[], None]) -> Press:
    """Do it, with all that follows."""
    from PySide6.QtWidgets import QApplication

    def all_of_it() -> None:
        act()
        QApplication.processEvents()

    return timed(all_of_it)


def timed(act: Callable[[], None]) -> Press:
    cpu, wall = time.thread_time(), time.perf_counter()
    act()
    return Press(1000 * (time.perf_counter() - wall), 1000 * (time.thread_time() - cpu))


def tell(what: str, presses: list[Press], floors: list[Press]) -> None:
    """A line with the medians and what nineteen of twenty keys stay below, each as a ratio to the floor's."""
    wall, cpu = _figures(presses, floors, 0), _figures(presses, floors, 1)
    frames = p95([press.wall for press in presses]) / FRAME
    print(f"  {what:<22} wall {wall} = {frames:.2f} of a frame; processor {cpu}", flush=True)


def _figures(presses: list[Press], floors: list[Press], clock: int) -> str:
    mine, least = [press[clock] for press in presses], [press[clock] for press in floors]
    median, most = statistics.median(mine), p95(mine)
    ratios = f"{median / statistics.median(least):4.1f} and {most / p95(least):4.1f} x floor"
    return f"median {median:6.2f} p95 {most:6.2f} ms ({ratios}, {p95(least):5.2f} ms)"


def p95(times: list[float]) -> float:
    """What nineteen of twenty stay below."""
    return sorted(times)[int(0.95 * len(times))]


if __name__ == "__main__":
    main()
