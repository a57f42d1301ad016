"""A key press in the real window, with a large project open and suggestions running behind it.

usage: python -m tests.benchmarks.bench_window [W1|W2]

Measured from the key's event until everything that follows from it is painted, the commit
included, on the wall and by this process's processor time; the floor is one frame, 16.7 ms.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks import measure, workloads

FRAME = 16.7
ROUNDS = 60


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
    working = bool(window.work.jobs)
    print(f"{name}: opened and painted in {1000 * opened:.0f} ms; suggestions running: {working}")
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
        tell(what, _presses(desk, keys))
    window.close()


def _presses(desk: Any, keys: list[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of the last key of each round: on the wall, of the processor."""
    walls, cpus = [], []
    for number in range(ROUNDS):
        if number % 20 == 19:
            settle(lambda: desk.press("Ctrl+PgDown"))
        for key in keys[:-1]:
            settle(lambda key=key: desk.press(key))  # type: ignore[misc]
        walls_, cpus_ = settle(lambda: desk.press(keys[-1]))
        walls.append(walls_)
        cpus.append(cpus_)
    return walls, cpus


def settle(act: Callable[[], None]) -> tuple[float, float]:
    from PySide6.QtWidgets import QApplication

    cpu, wall = time.process_time(), time.perf_counter()
    act()
    QApplication.processEvents()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


def tell(what: str, times: tuple[list[float], list[float]]) -> None:
    (wall_50, wall_95), (cpu_50, cpu_95) = ((statistics.median(one), _p95(one)) for one in times)
    print(
        f"  {what:<22} wall median {wall_50:6.2f} p95 {wall_95:6.2f} ms = {wall_95 / FRAME:.2f} of a frame;"
        f" processor median {cpu_50:6.2f} p95 {cpu_95:6.2f} ms",
        flush=True,
    )


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


if __name__ == "__main__":
    main()
