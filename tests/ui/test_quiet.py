"""What gives way to keys."""

from __future__ import annotations

import time

import pytest

from annotator.ui import quiet
from annotator.ui.quiet import Patience


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which only the test moves; no key of another test is known, nor these to others."""
    now = [time.monotonic() + 1000.0]
    monkeypatch.setattr(quiet._Last, "pressed", 0.0)
    monkeypatch.setattr("annotator.ui.quiet.time.monotonic", lambda: now[0])
    return now


def test_work_waits_for_a_moment_without_keys(clock: list[float]) -> None:
    patience = Patience(1.0)
    assert patience.over()
    quiet.pressed()
    assert not patience.over()
    clock[0] += 0.05
    assert not patience.over()
    clock[0] += 0.06
    assert patience.over()


def test_it_does_not_wait_for_ever(clock: list[float]) -> None:
    patience = Patience(1.0)
    done = 0
    for _ in range(50):
        quiet.pressed()
        clock[0] += 0.05
        done += patience.over()
    assert done == 2  # in two and a half seconds of keys without a break


def test_a_job_waits_until_nothing_is_pressed_any_more(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    naps: list[float] = []
    presses = 0

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        clock[0] += seconds + 1e-6
        if len(naps) <= presses:
            quiet.pressed()

    monkeypatch.setattr("annotator.ui.quiet.time.sleep", sleep)
    quiet.give_way()
    assert naps == []  # nobody pressed anything
    presses = 3
    quiet.pressed()
    quiet.give_way()
    assert len(naps) == 4  # once more after each key that came meanwhile
    presses = 1000
    began = clock[0]
    quiet.pressed()
    quiet.give_way()
    assert clock[0] - began == pytest.approx(1.0, abs=0.01)  # no longer, whatever is pressed
