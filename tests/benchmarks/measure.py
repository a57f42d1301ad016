"""How a benchmark measures and what it prints: a ratio to a floor of the same run, never a bare time."""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable
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


def tell(what: str, seconds: float, floor: str, floor_seconds: float) -> None:
    """One line of a benchmark's result."""
    print(
        f"  {what:<36} {seconds:8.3f} s = {seconds / floor_seconds:6.2f} x {floor} ({floor_seconds:.3f} s)",
        flush=True,
    )


def workload(what: str) -> str:
    """The workload that the command line names, W1 where it names none."""
    parser = argparse.ArgumentParser(description=what, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workload", nargs="?", default="W1", choices=SIZES)
    return str(parser.parse_args().workload)
