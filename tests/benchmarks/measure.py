"""How a benchmark measures and what it prints: a ratio to a floor of the same run, never a bare time."""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple, TypeVar

from tests.benchmarks.workloads import SIZES

T = TypeVar("T")


class Timed(NamedTuple):
    """Seconds: of the processor (steady where others share the machine), and on the wall."""

    cpu: float
    wall: float


def timed(work: Callable[[], T]) -> tuple[T, Timed]:
    """Do the work once, in this process."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, Timed(time.process_time() - cpu, time.perf_counter() - wall)


class Alone(NamedTuple):
    """What some work took in a process of its own."""

    time: Timed
    mebibytes: float


def alone(work: Callable[..., object], *arguments: object) -> Alone:
    """Do the work once in a new process, whose largest memory is that of the work."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_alone, work, arguments).result()


def _alone(work: Callable[..., object], arguments: tuple[object, ...]) -> Alone:
    _, time_taken = timed(lambda: work(*arguments))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Alone(time_taken, peak / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def tell(what: str, seconds: float, floor: str, floor_seconds: float, goal: float | None = None) -> None:
    """One line of a benchmark's result; the goal is in seconds too."""
    wanted = "" if goal is None else f"; goal {shown(goal).strip()}"
    print(
        f"  {what:<36} {shown(seconds)} = {seconds / floor_seconds:6.2f} x {floor} "
        f"({shown(floor_seconds).strip()}){wanted}",
        flush=True,
    )


def shown(seconds: float) -> str:
    """In milliseconds where it is short."""
    return f"{seconds:8.3f} s" if seconds >= 0.1 else f"{seconds * 1000:7.2f} ms"


def workload(what: str) -> str:
    """The workload that the command line names, W1 where it names none."""
    return str(parser(what).parse_args().workload)


def parser(what: str) -> argparse.ArgumentParser:
    """What reads the command line of a benchmark; one with arguments of its own adds them."""
    made = argparse.ArgumentParser(description=what, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("workload", nargs="?", default="W1", choices=SIZES)
    return made
