"""The article view: each figure beside its goal, beside a plain QPlainTextEdit in the same process.

usage: python -m tests.benchmarks.bench_view [W3|W4|W5 ...] [--scale 2]      (all three without a name)

Milliseconds of the processor for one act and the painting that follows, in a window of 1000x1000
that looks as the program's, both views.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from typing import Final, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSlider, QApplication, QPlainTextEdit

from annotator.domain.models import ACCEPTED, SUGGESTED
from annotator.domain.offsets import OffsetMap
from annotator.ui import look
from annotator.ui.article import ArticleTheme, ArticleView, LabelStyle, ViewSpan
from annotator.ui.article.colors import label_colors
from annotator.ui.article.metrics import Metrics, Sizes
from annotator.ui.theme import Theme
from tests.benchmarks import workloads

SIDE: Final = 1000
FRAME: Final = 16.7
PAGES: Final = 160
LABELS: Final = ("PERSON", "ORG", "GPE", "LOC", "DATE", "TIME", "MONEY", "QUANTITY", "EVENT", "ACTION")
BANDS: Final = ("EVENT",)


class Figure(NamedTuple):
    """Milliseconds of many runs of one act."""

    median: float
    p95: float
    worst: float


class Article(NamedTuple):
    text: str
    spans: list[ViewSpan]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("workloads", nargs="*", help="W3, W4, W5; others are left out")
    parser.add_argument("--scale", default="1", help="device pixels for one of the layout")
    parser.add_argument("--memory", choices=["plain", "article"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    os.environ["QT_SCALE_FACTOR"] = asked.scale
    app = QApplication([])
    look.load_fonts()
    look.apply(app, Theme())
    app.setStyleSheet(look.sheet(Theme()))  # as in the program: Fusion's own scroll bar costs 1 ms a page
    if asked.memory:
        print(_memory(app, asked.memory))
        return
    print(f"article view at {asked.scale} device pixels a pixel; ms of the processor: median / p95 / worst")
    _small(app)
    _offsets()
    for name in [name for name in asked.workloads if name in ("W3", "W4", "W5")] or ("W3", "W4", "W5"):
        _bench(app, name, float(asked.scale))


def article(name: str, size: int | None = None) -> Article:
    """A workload as the view takes it: every third span is undecided, every fifth linked."""
    record = next(workloads.records(name))
    text = record["text"][:size]
    spans = [
        ViewSpan(
            number,
            span["start"],
            span["end"],
            LABELS.index(span["label"]),
            SUGGESTED if number % 3 == 0 else ACCEPTED,
            number % 5 == 0,
            span["label"],
        )
        for number, span in enumerate(record["spans"], 1)
        if span["end"] <= len(text)
    ]
    return Article(text, spans)


def _theme() -> ArticleTheme:
    hues = range(0, 360, 36)
    labels = {
        number: LabelStyle(name, name in BANDS, label_colors(hue, dark=False))
        for number, (name, hue) in enumerate(zip(LABELS, hues, strict=True))
    }
    return ArticleTheme(labels=labels)


def _open_plain(app: QApplication, text: str) -> QPlainTextEdit:
    view = QPlainTextEdit()
    view.setReadOnly(True)
    view.setUndoRedoEnabled(False)
    view.setFont(Metrics(Sizes()).body)
    view.resize(SIDE, SIDE)
    view.setPlainText(text)
    view.show()
    app.processEvents()
    return view


def _open(app: QApplication, shown: Article) -> ArticleView:
    view = ArticleView()
    view.set_theme(_theme())
    view.resize(SIDE, SIDE)
    view.set_article(shown.text, shown.spans)
    view.show()
    app.processEvents()
    return view


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def _figure(
    app: QApplication, work: Callable[[], object], times: int, undo: Callable[[], object] | None = None
) -> Figure:
    """Each run is the act and what Qt paints because of it. What takes it back is not counted."""

    def taken_back() -> None:
        if undo is not None:
            undo()
            app.processEvents()

    return _figures(app, [work], times, taken_back)[0]


def _figures(
    app: QApplication,
    works: Sequence[Callable[[], object]],
    times: int,
    between: Callable[[], object] = lambda: None,
) -> list[Figure]:
    """Of several acts in turn, so that a busy machine slows all of them down alike."""
    found: list[list[float]] = [[] for _ in works]
    for turn in range(times + 1):
        if turn == 1:
            gc.collect()
        for work, all_ in zip(works, found, strict=True):
            all_.append(_cpu(lambda work=work: (work(), app.processEvents())))
            between()
    figures = []
    for all_ in found:
        runs = sorted(all_[1:])
        figures.append(Figure(statistics.median(runs), runs[int(len(runs) * 0.95) - 1], runs[-1]))
    return figures


def _opened(app: QApplication, make: Callable[[], QAbstractScrollArea], times: int = 3) -> float:
    """The best of a few openings; each view is gone before the next."""
    found = []
    for _ in range(times):
        gc.collect()
        made: list[QAbstractScrollArea] = []
        found.append(_cpu(lambda made=made: made.append(make())))
        made[0].close()
        made[0].deleteLater()
        app.processEvents()
    return min(found)


def _tell(what: str, figure: Figure | float, *goals: tuple[str, float, float]) -> None:
    """A row; a goal is (its words, what was reached, the most that is allowed)."""
    numbers = (
        f"{figure:8.2f}"
        if isinstance(figure, float)
        else f"{figure.median:8.2f} / {figure.p95:.2f} / {figure.worst:.2f}"
    )
    said = "; ".join(
        f"{words} {reached:.2f} <= {most:g}{'' if reached <= most else '  MISSED'}"
        for words, reached, most in goals
    )
    print(f"  {what:<34}{numbers:<28} {said}", flush=True)


def _small(app: QApplication) -> None:
    shown = article("W1")
    plain = _opened(app, lambda: _open_plain(app, shown.text), 5)
    ours = _opened(app, lambda: _open(app, shown), 5)
    print(f"one wire story, {len(shown.text)} characters, {len(shown.spans)} spans")
    _tell("open", ours, ("ms", ours, 40), ("of plain", ours / plain, float("inf")))


def _offsets() -> None:
    text = article("W4").text
    offsets = OffsetMap(text)
    source = random.Random(4)
    points = [source.randrange(len(text)) for _ in range(100_000)]
    one = _cpu(lambda: [offsets.to_qt(point) for point in points]) / len(points) * 1000
    back = _cpu(lambda: [offsets.to_cp(point) for point in points]) / len(points) * 1000
    array = np.array(sorted(points))  # as spans are
    many = _cpu(lambda: offsets.many_to_qt(array))
    print("offsets of W4")
    _tell("look up one, there and back (us)", one + back, ("us a way", (one + back) / 2, 1))
    _tell("100,000 offsets", many, ("ms", many, 5))


def _bench(app: QApplication, name: str, scale: float) -> None:
    shown = article(name)
    print(f"{name}: {len(shown.text)} characters, {len(shown.spans)} spans")
    plain_open = _opened(app, lambda: _open_plain(app, shown.text))
    open_ = _opened(app, lambda: _open(app, shown))
    goals = {
        "W3": [("ms", open_, 100), ("of plain", open_ / plain_open, 1.8)],
        "W4": [("ms", open_, 500)],
        "W5": [("ms", open_, 80)],
    }
    _tell("plain: open", plain_open)
    _tell("open", open_, *goals[name])
    plain, view = _open_plain(app, shown.text), _open(app, shown)
    plain_page, page = _figures(app, [_pages(plain), _pages(view)], PAGES)
    plain_repaint, repaint = _figures(app, [plain.viewport().update, view.viewport().update], 60)
    _tell("plain: page down", plain_page)
    _tell("plain: repaint", plain_repaint)
    _tell("repaint", repaint, ("of plain", repaint.median / plain_repaint.median, float("inf")))
    plain.close()
    if name == "W5":
        _tell("page down", page, ("median", page.median, 6))
    else:
        _tell(
            "page down",
            page,
            ("median of plain", page.median / plain_page.median, 1.15),
            ("p95 of plain", page.p95 / plain_page.p95, 1.25),
            ("worst", page.worst, FRAME),
        )
        _reading(app, view)
        _changing(app, view, shown, plain_repaint, 3 if scale < 2 else 5)
    view.close()
    if name == "W4" and scale < 2:
        _tell_memory()


def _pages(view: QAbstractScrollArea) -> Callable[[], None]:
    bar = view.verticalScrollBar()
    return lambda: bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)


def _reading(app: QApplication, view: ArticleView) -> None:
    points = [QPointF(60 + at * 37 % 800, at * 53 % SIDE) for at in range(2000)]
    hits = sorted(_cpu(lambda point=point: view.page.place_at(point)) * 1000 for point in points)
    _tell("hit test (us)", Figure(hits[1000], hits[1900], hits[-1]), ("p95", hits[1900], 30))
    zooms = _cycle(lambda: view.set_zoom(1.1), lambda: view.set_zoom(1.0))
    light, dark = _theme(), ArticleTheme(dark=True)
    themes = _cycle(lambda: view.set_theme(dark), lambda: view.set_theme(light))
    sizes = _cycle(lambda: view.resize(SIDE - 260, SIDE), lambda: view.resize(SIDE, SIDE))
    for what, act in (("zoom", zooms), ("theme", themes), ("resize", sizes)):
        figure = _figure(app, act, 20)
        _tell(what, figure, ("p95", figure.p95, FRAME))
    view.set_zoom(1.0)
    view.set_theme(light)
    view.resize(SIDE, SIDE)


def _cycle(*acts: Callable[[], object]) -> Callable[[], object]:
    turns = cycle(acts)

    def turn() -> None:
        next(turns)()

    return turn


def _changing(app: QApplication, view: ArticleView, shown: Article, repaint: Figure, most: float) -> None:
    for what, act, undo in _acts(view, shown):
        figure = _figure(app, act, 100, undo)
        _tell(
            what,
            figure,
            ("p95", figure.p95, most),
            ("of a plain repaint", figure.median / repaint.median, 1.0),
        )
    spans = iter(shown.spans[len(shown.spans) // 3 :: 7])
    focus = _figure(app, lambda: view.set_focus_span(next(spans).id), 200)
    _tell("focus to a next span, scrolling", focus, ("p95", focus.p95, 8))
    margin = _figure(app, view._margin.refresh, 20)
    _tell("the margin, after a rest", margin, ("p95", margin.p95, FRAME))


def _acts(
    view: ArticleView, shown: Article
) -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    """Decisions about spans on the screen, and how each is taken back."""
    first, last = view.visible_range()
    here = [span for span in shown.spans if first <= span.start and span.end <= last]
    source = random.Random(3)
    new = 10_000_000
    chosen = here[0]

    def add() -> None:
        start = source.randrange(first, last - 40)
        view.put_spans([ViewSpan(new, start, start + source.randint(4, 40), 0, ACCEPTED)])

    def remove() -> None:
        view.put_spans([], [new])

    def put(**what: object) -> None:
        nonlocal chosen
        chosen = source.choice(here)
        view.put_spans([chosen._replace(**what)])

    def back() -> None:
        view.put_spans([chosen])

    yield "add a span", add, remove
    add()
    yield "remove a span", remove, add
    remove()
    yield "relabel a span", lambda: put(label=source.randrange(8)), back
    yield "accept a span", lambda: put(state=source.choice([ACCEPTED, SUGGESTED])), back


def _memory(app: QApplication, kind: str) -> int:
    """KB that a view has grown by after opening W4 and reading pages."""
    shown = article("W4")
    app.processEvents()
    gc.collect()
    before = _resident()
    view = _open_plain(app, shown.text) if kind == "plain" else _open(app, shown)
    page = _pages(view)
    for _ in range(PAGES):
        page()
        app.processEvents()
    return _resident() - before


def _resident() -> int:
    with open("/proc/self/statm") as file:  # noqa: PTH123  not a file of anybody's
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def _tell_memory() -> None:
    grown = {}
    for kind in ("plain", "article"):
        command = [sys.executable, "-m", "tests.benchmarks.bench_view", "--memory", kind]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        grown[kind] = int(done.stdout.split()[-1]) / 1024
    _tell("plain: grown after 160 pages (MB)", grown["plain"])
    _tell(
        "grown after 160 pages (MB)", grown["article"], ("of plain", grown["article"] / grown["plain"], 0.75)
    )


if __name__ == "__main__":
    main()
