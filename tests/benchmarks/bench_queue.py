"""The article list of a large project: scrolled by wheel and bar, filtered as somebody types; found in all articles.

usage: python -m tests.benchmarks.bench_queue [W1|W2]

Each step is measured until it is painted, by this process's processor time (steady where others
share the machine) and on the wall; the floor is one frame, 16.7 ms. A step above it is a stutter.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.benchmarks import measure
from tests.benchmarks.bench_window import FRAME, made_project, p95, settle

STEPS = 300


def main() -> None:
    """Import the workload as suggestions, open the window, scroll and filter."""
    name = measure.workload(__doc__ or "")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        _measure(name, made_project(name, Path(folder)))


def _measure(name: str, project: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from annotator.ui import app
    from annotator.ui.files import Files
    from tests.end2end.desk import Desk

    def quiet(_: Files) -> None:
        """No model: what a step costs alone is asked."""

    Files.suggest_quietly = quiet  # type: ignore[method-assign]
    app.make_app()
    window = app.make_window("Ada")
    app.open_project(window, project, [])
    window.resize(1440, 900)
    window.show()
    QApplication.processEvents()
    desk = Desk(window)
    shown = desk.review.queue.list
    bar = shown.verticalScrollBar()
    print(f"{name}: {shown.model().rowCount()} articles")
    _steps("one notch of the wheel", (lambda: _wheel(shown) for _ in range(STEPS)))
    jumps = (bar.maximum() * (number * 37 % 100) // 100 for number in range(STEPS))
    _steps("the bar drawn anywhere", (lambda place=place: bar.setValue(place) for place in jumps))
    _steps("a decision", (lambda: desk.press("A") for _ in range(30)))
    _steps("the next article", (lambda: desk.press("Ctrl+PgDown") for _ in range(60)))
    _filter(desk, ["R", "Re", "Reu", "Reut", "Reuters", "Reuters M"])
    window.close()


def _steps(what: str, acts: Iterable[Callable[[], Any]]) -> None:
    times = [settle(act) for act in acts]
    wall, cpu = ([step[clock] for step in times] for clock in (0, 1))
    figures = (f"median {statistics.median(ms):.2f} p95 {p95(ms):.2f} ms" for ms in (wall, cpu))
    print(f"  {what:<22} wall {next(figures)}; processor {next(figures)}", flush=True)
    late = sum(cpu > FRAME for _, cpu in times)
    if late:
        print(f"    {late} of {len(times)} steps took longer than a frame")


def _wheel(shown: Any) -> None:
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    port = shown.viewport()
    at = QPointF(port.rect().center())
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    turn = QWheelEvent(
        at,
        QPointF(port.mapToGlobal(at)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        none,
        phase,
        False,  # noqa: FBT003  as Qt has it
    )
    QApplication.sendEvent(port, turn)


def _filter(desk: Any, words: list[str]) -> None:
    """What is typed is looked for; find in all articles answers in a thread of its own."""
    from PySide6.QtTest import QTest

    from annotator.ui.find_card import FindCard
    from tests.end2end.desk import wait_until

    queue = desk.review.queue
    for text in words:
        began, cpu = time.perf_counter(), time.process_time()
        queue.field.setText(text)
        queue._filter()
        QTest.qWait(0)
        print(
            f"  the list filtered by {text!r:<12} {1000 * (time.process_time() - cpu):6.1f} ms of the processor, "
            f"{1000 * (time.perf_counter() - began):6.1f} ms; {queue.model.rowCount()} articles"
        )
    queue.clear()
    desk.press("Ctrl+Shift+F")
    card = next(one for one in desk.window.findChildren(FindCard) if one.isVisible())
    for text in words:
        began = time.perf_counter()
        card._field.setText(text)
        card.look()
        wait_until(lambda: card._list.model().rowCount() > 0 or card.is_answered())
        first = time.perf_counter() - began
        wait_until(card.is_answered)
        print(
            f"  found in all articles {text!r:<12} the first {card._list.model().rowCount()} after "
            f"{1000 * first:6.1f} ms, {card._count} counted after {1000 * (time.perf_counter() - began):6.1f} ms"
        )
    desk.press("Esc")


if __name__ == "__main__":
    main()
