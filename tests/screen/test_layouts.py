"""Real keys on real layouts: a screen of its own (Xvfb), keys by their places on the board (xdotool).

Signs that need Shift or AltGr reach the program as Qt makes them of the layout; QTest would hand
over the sign itself and prove nothing. `make screen`; needs xvfb, xdotool and x11-xkb-utils.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.end2end.conftest import make

pytestmark = pytest.mark.screen

ROOT = Path(__file__).resolve().parents[2]
WITHIN = 20.0
"""Seconds for the program to answer a key on a machine that is busy."""
SHIFT, CONTROL, ALT, ALTGR = 50, 37, 64, 108
LEFT, RIGHT, SPACE, ESCAPE = 113, 114, 65, "Escape"  # a 9 would be the digit

# Places of keys: the numbers that X gives them, the same on every layout.
Chord = tuple[int | str, ...]
LAYOUTS: dict[str, dict[str, Chord]] = {
    "us": {
        "[": (34,), "]": (35,), "{": (SHIFT, 34), "}": (SHIFT, 35), "/": (61,), "?": (SHIFT, 61),
        "1": (10,), "2": (11,), "a": (38,), "x": (53,), "z": (52,),
    },
    "de": {
        "[": (ALTGR, 17), "]": (ALTGR, 18), "{": (ALTGR, 16), "}": (ALTGR, 19), "/": (SHIFT, 16),
        "?": (SHIFT, 20), "1": (10,), "2": (11,), "a": (38,), "x": (53,), "z": (29,),
    },
    "fr": {
        "[": (ALTGR, 14), "]": (ALTGR, 20), "{": (ALTGR, 13), "}": (ALTGR, 21), "/": (SHIFT, 60),
        "?": (SHIFT, 58), "1": (SHIFT, 10), "2": (SHIFT, 11), "a": (24,), "x": (53,), "z": (25,),
    },
}  # fmt: skip
TWINS: dict[str, Chord] = {
    "]": (ALT, RIGHT),
    "[": (ALT, LEFT),
    "{": (ALT, SHIFT, LEFT),
    "}": (ALT, SHIFT, RIGHT),
}


class Shown(NamedTuple):
    """What the window says that it shows."""

    words: str | None
    state: str | None
    label: int | None
    find: bool
    card: bool
    text: bool


class Screen:
    """The program on a screen with one keyboard layout."""

    def __init__(self, display: str, layout: str, lines: queue.Queue[str]) -> None:
        self._display, self._lines = display, lines
        self.signs = LAYOUTS[layout]
        self.shown = Shown(None, None, None, find=False, card=False, text=False)

    def press(self, chord: Chord) -> None:
        """Hold all but the last key, tap that one, let go."""
        *held, last = map(str, chord)
        downs = [word for key in held for word in ("keydown", key)]
        ups = [word for key in reversed(held) for word in ("keyup", key)]
        command = ["xdotool", *downs, "key", last, *ups]
        subprocess.run(command, check=True, env={**os.environ, "DISPLAY": self._display})

    def wait(self, holds: Callable[[Shown], bool]) -> None:
        """Read what the window shows until it is what is waited for."""
        while not holds(self.shown):
            try:
                line = self._lines.get(timeout=WITHIN)
            except queue.Empty:
                pytest.fail(f"it stays at {self.shown}")
            self.shown = Shown(**json.loads(line))

    def expect(self, chord: Chord, **wanted: Any) -> None:
        """Press and wait until the window shows this."""
        self.press(chord)
        self.wait(lambda shown: all(getattr(shown, name) == value for name, value in wanted.items()))


@contextmanager
def _display() -> Iterator[str]:
    """A screen that is there for this test alone, under a number that X finds free."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "1280x900x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(params=sorted(LAYOUTS))
def screen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Screen]:
    """The window in front, its text in focus, the first suggestion with it."""
    for name in ("Xvfb", "xdotool", "setxkbmap"):
        assert shutil.which(name), f"{name} is missing: apt install xvfb xdotool x11-xkb-utils"
    project = make(tmp_path)
    with _display() as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        subprocess.run(["setxkbmap", "-layout", request.param], check=True, env=environment)
        command = [sys.executable, "-m", "tests.screen.showing", str(project)]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True
        ) as program:
            lines: queue.Queue[str] = queue.Queue()
            assert program.stdout is not None
            assert program.stdin is not None
            output = program.stdout
            reader = threading.Thread(target=lambda: [lines.put(line) for line in output])
            reader.start()
            made = Screen(display, request.param, lines)
            made.wait(lambda shown: shown.text and shown.words == "Gannet Research")
            yield made
            program.stdin.close()
            program.wait(WITHIN)
            reader.join()


def test_signs_and_their_twins(screen: Screen) -> None:
    """Each boundary sign, its twin, `/`, `?`, the digits and letters, where this layout has them."""
    signs = screen.signs
    for board in (signs, TWINS):
        screen.expect(board["]"], words="Gannet Research said", state="accepted")
        screen.expect(board["["], words="Gannet Research")
        screen.expect(board["}"], words="Research")
        screen.expect(board["{"], words="Gannet Research")
    screen.expect(signs["/"], find=True, text=False)
    screen.expect((ESCAPE,), find=False, text=True)
    screen.expect(signs["?"], card=True)
    screen.expect((ESCAPE,), card=False, text=True)
    screen.expect((CONTROL, *signs["z"]), words="Gannet Research", state="accepted")
    screen.expect((SPACE,), words="Ivar Brandvik", label=1)
    screen.expect(signs["2"], words="Solveig Brandvik", state="suggested")
    screen.expect((SHIFT, SPACE), words="Ivar Brandvik", state="accepted", label=2)
    screen.expect(signs["1"], words="Solveig Brandvik", label=1)
    screen.expect(signs["x"], words="Ivar Brandvik", state="suggested")
    screen.expect(signs["a"], words="Pell & Rourke", state="suggested")
