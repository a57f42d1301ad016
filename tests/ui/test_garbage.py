"""The collector of reference cycles runs in the window's thread, whatever thread makes the garbage."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from annotator.ui.garbage import Garbage, collect


class Cycle:
    """Notes in which thread it goes."""

    def __init__(self, gone: list[int]) -> None:
        self._gone, self._self = gone, self

    def __del__(self) -> None:
        self._gone.append(threading.get_ident())


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    parent = QObject()
    made = Garbage(parent)
    yield made
    made.stop()


def test_a_thread_that_makes_garbage_collects_none(garbage: Garbage, qtbot: QtBot) -> None:
    gone: list[int] = []
    thread = threading.Thread(target=lambda: [Cycle(gone) for _ in range(5000)])
    thread.start()
    thread.join()
    assert gone == []
    qtbot.waitUntil(lambda: len(gone) == 5000)
    assert set(gone) == {threading.get_ident()}


def test_the_last_window_gives_it_back(garbage: Garbage) -> None:
    other = Garbage(garbage.parent())
    other.stop()
    assert not gc.isenabled()
    garbage.stop()
    garbage.stop()
    assert gc.isenabled()


def test_what_is_not_due_stays() -> None:
    gc.collect()
    before = gc.get_stats()
    collect()
    assert gc.get_stats() == before
