"""Suggesting: what all of it costs beside the bare models, and what the worker processes add.

usage: python -m tests.benchmarks.bench_suggest [W1|W2]     (its first 60 articles; memory on W3)
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from itertools import count, islice
from typing import TypeVar

from annotator.suggest import registry
from annotator.suggest.encoder import claims
from annotator.suggest.worker import Task, Workers
from tests.benchmarks import measure, workloads

ARTICLES = 60
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS")
SHARE, PACE, SCALE, MEBIBYTES, CANCEL, FIRST = 0.85, 10, 1.7, 400, 0.5, 1.5
"""Goals: of the bare models' pace, articles a second and core, two workers, memory, seconds, ratio."""
_numbers = count()
T = TypeVar("T")


def main() -> None:
    """Measure the floors, then the same articles through ours."""
    name = measure.workload(__doc__ or "")
    os.environ |= dict.fromkeys(ONE_THREAD, "1")  # as our worker processes do, before numpy is there
    texts = [record["text"] for record in islice(workloads.records(name), ARTICLES)]
    print(f"suggest: {len(texts)} articles of {name} with {registry.default_name()}")
    _beside_the_models(texts)
    _first(texts[0])
    _processes(texts)
    peak = measure.alone(_suggest, next(iter(workloads.records("W3")))["text"])
    print(f"  one process on W3: {peak.mebibytes:.0f} MiB; goal {MEBIBYTES}; {peak.time.cpu:.0f} s of CPU")


def _beside_the_models(texts: list[str]) -> None:
    from annotator.suggest.encoder.model import Encoder, folder
    from annotator.suggest.encoder.suggester import suggestions

    encoder = Encoder(folder())
    suggestions(encoder, texts[0])  # the rules' patterns are compiled
    asked = [encoder.windows_of(text) for text in texts]
    parsed = [claims.together(text, claims.lines(text, encoder.said(text).suspected())) for text in texts]
    parser = claims.pipeline()
    assert parser is not None

    def bare() -> None:
        for windows, text in zip(asked, parsed, strict=True):
            for window in windows:
                encoder.network(*window)
            if text:
                parser(text)

    with parser.select_pipes(disable=["allegation_finder"]):
        _, floor = measure.timed(bare)
    found, own = measure.timed(lambda: sum(len(suggestions(encoder, text)) for text in texts))
    measure.tell("all of suggesting", own.cpu, "the bare models", floor.cpu, floor.cpu / SHARE)
    pace = len(texts) / own.cpu
    read = sum(map(len, parsed)) / sum(map(len, texts))
    print(f"  {pace:.1f} articles a second and core; goal {PACE}; {found} suggestions; {read:.0%} parsed")


def _suggest(text: str) -> None:
    registry.load(registry.default_name()).suggest(text, None)


def _first(text: str) -> None:
    """The first suggestions of a program against import, load and the article alone, whole processes both."""
    _suggest(text)  # files are in the system's cache for both
    _, alone = _of_processes(lambda: measure.alone(_suggest, text))
    workers = Workers(registry.default_name())

    def ask() -> float:
        try:
            _answers(workers, [text])
            return measure.timed(lambda: _answers(workers, [text]))[1].wall
        finally:
            workers.close()

    warm, first = _of_processes(ask)
    measure.tell("first suggestions, and again", first, "load and article", alone, alone * FIRST)
    print(f"  again, when it is warm: {warm:.3f} s on the wall")


def _of_processes(work: Callable[[], T]) -> tuple[T, float]:
    """What it gives, and the seconds of CPU of the processes that it started and ended."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return result, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _processes(texts: list[str]) -> None:
    paces = []
    for processes in (1, 2):
        workers = Workers(registry.default_name(), processes)
        try:
            _answers(workers, texts[: 4 * processes])  # the processes are started and the model loaded
            _, far = measure.timed(lambda running=workers: _answers(running, texts))
            paces.append(len(texts) / far.wall)
            if processes == 2:
                _cancel(workers, texts)
        finally:
            workers.close()
    print(f"  two processes: {paces[1] / paces[0]:.2f} x one ({paces[0]:.1f} articles/s); goal {SCALE}")


def _cancel(workers: Workers, texts: list[str]) -> None:
    for number, text in zip(_numbers, texts, strict=False):
        workers.submit(Task(number, number, 0, text, None))
    _, took = measure.timed(workers.cancel)
    _, closed = measure.timed(workers.close)
    print(f"  cancel: {took.wall + closed.wall:.3f} s until no process is left; goal {CANCEL} s")


def _answers(workers: Workers, texts: list[str]) -> int:
    for number, text in zip(_numbers, texts, strict=False):
        workers.submit(Task(number, number, 0, text, None))
    answered = 0
    while answered < len(texts):
        answered += len(workers.results(timeout=1.0))
    return answered


if __name__ == "__main__":
    main()
