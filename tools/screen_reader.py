"""What a screen reader gets from the article view, asked over AT-SPI by another process.

usage: python -m tools.screen_reader [QUERIES]      needs Xvfb, dbus-run-session, at-spi2 and jeepney
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

MODULE: Final = "tools.screen_reader"
QUERIES: Final = 10_000
WAITS: Final = 20.0
WORD, LINE = 1, 3  # granularities of AT-SPI
TEXT: Final = (
    "Gannet accuses the New York City Police Department of misleading lenders in 2016, it said on Monday, "
    "and of much else that fills a second line of this page.\n"
    "\n"
    "Nobody at the company answered a call. A family \U0001f468\u200d\U0001f469\u200d\U0001f467 waited.\n"
    + "word "
    * 900
)
MARKED: Final = (
    "New York City",
    "accuses the New York City Police Department of misleading lenders",
    "company",
)
HEARD: Final = "PERSON, suggested, New York City, inside ALLEGATION"


def main(arguments: list[str]) -> int:
    """Start a screen and a bus; there, this module again as the one who asks."""
    if arguments[:1] == ["--show"]:
        return _show()
    if arguments[:1] == ["--ask"]:
        return _ask(int(arguments[1]))
    queries = arguments[0] if arguments else str(QUERIES)
    with _screen() as display:
        surroundings = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        command = ["dbus-run-session", "--", sys.executable, "-m", MODULE, "--ask", queries]
        return subprocess.run(command, env=surroundings, check=False).returncode


@contextmanager
def _screen() -> Iterator[str]:
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1200x900x24"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def _show() -> int:
    """The window that is asked. The focus goes from span to span; it ends with its input."""
    from PySide6.QtCore import QSocketNotifier, QTimer
    from PySide6.QtWidgets import QApplication

    from annotator.domain.models import SUGGESTED
    from annotator.ui import look
    from annotator.ui.article import ArticleTheme, ArticleView, LabelStyle, ViewSpan
    from annotator.ui.article.colors import label_colors

    app = QApplication([])
    look.load_fonts()
    view = ArticleView()
    colors = label_colors(258, dark=False)
    view.set_theme(
        ArticleTheme(
            labels={
                0: LabelStyle("PERSON", band=False, colors=colors),
                1: LabelStyle("ALLEGATION", band=True, colors=colors),
            }
        )
    )
    view.resize(800, 600)
    spans = [
        ViewSpan(at + 1, TEXT.index(words), TEXT.index(words) + len(words), at % 2, SUGGESTED)
        for at, words in enumerate(MARKED)
    ]
    view.set_article(TEXT, spans)
    view.show()
    timer = QTimer(view, interval=200)
    timer.timeout.connect(lambda: view.set_focus_span((view.focus_span or 0) % len(spans) + 1, scroll=False))
    timer.start()
    ends = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, view)
    ends.activated.connect(app.quit)
    return app.exec()


def _ask(queries: int) -> int:
    window = subprocess.Popen([sys.executable, "-m", MODULE, "--show"], stdin=subprocess.PIPE)
    try:
        reader = _Reader()
        text = _until("the text", reader.find)
        _questions(reader, text)
        print("heard:", _until("an announcement", lambda: reader.heard(HEARD)))
        _storm(reader, text, queries)
        if window.poll() is not None:
            raise AssertionError(f"the window ended with {window.returncode}")
    finally:
        if window.stdin is not None:
            window.stdin.close()
        ended = window.wait(WAITS)
    print(f"the window lives after {queries} questions and ended with {ended}")
    return ended


def _questions(reader: _Reader, text: _Address) -> None:
    """Text, words, lines, extents, caret and selection are those of the article."""
    from annotator.domain.offsets import OffsetMap

    offsets = OffsetMap(TEXT)
    count = reader.get(text, "CharacterCount")
    _equal("characters", count, offsets.qt_length)
    _equal("text", reader.text(text, "GetText", "ii", 0, count), (offsets.display,))
    place = offsets.to_qt(TEXT.index("company") + 2)
    word = reader.text(text, "GetStringAtOffset", "iu", place, WORD)
    _equal("word", word[0].strip(), "company")
    lines = _lines(reader, text, offsets.qt_length)
    _equal("lines put together", " ".join(lines).split(), offsets.display.split())
    if len(lines) <= offsets.display.count("\n") + 1:
        raise AssertionError("lines are paragraphs")
    first = reader.text(text, "GetCharacterExtents", "iu", 0, 0)
    below = reader.text(text, "GetCharacterExtents", "iu", len(lines[0]) + 1, 0)
    _equal("line pitch", below[1] - first[1], 48)
    reader.text(text, "SetCaretOffset", "i", place)
    _equal("caret", reader.get(text, "CaretOffset"), place)
    reader.text(text, "AddSelection", "ii", 3, 9)
    _equal("selection", reader.text(text, "GetSelection", "i", 0), (3, 9))


def _lines(reader: _Reader, text: _Address, length: int) -> list[str]:
    lines, place = [], 0
    while place < length:
        line, start, end = reader.text(text, "GetStringAtOffset", "iu", place, LINE)
        lines.append(line)
        place = max(start, end) + 1  # the white space at a line's end is in none
    return lines


def _storm(reader: _Reader, text: _Address, queries: int) -> None:
    """Questions and orders at random."""
    source = random.Random(6)
    count = reader.get(text, "CharacterCount")
    asks = [
        lambda at: ("GetStringAtOffset", "iu", at, source.choice((0, WORD, LINE))),
        lambda at: ("GetCharacterExtents", "iu", at, 0),
        lambda at: ("SetCaretOffset", "i", at),
        lambda at: ("SetSelection", "iii", 0, at, source.randrange(count + 1)),
        lambda at: ("GetText", "ii", at, min(count, at + 80)),
        lambda _: ("GetOffsetAtPoint", "iiu", source.randrange(800), source.randrange(600), 0),
    ]
    started = time.monotonic()
    for _ in range(queries):
        reader.text(text, *source.choice(asks)(source.randrange(count)))
    print(f"{queries} questions in {time.monotonic() - started:.1f} s")


def _until(what: str, find: Callable[[], Any]) -> Any:
    ends = time.monotonic() + WAITS
    while time.monotonic() < ends:
        found = find()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come")


def _equal(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise AssertionError(f"{what}: {found!r}, not {wanted!r}")
    print(f"{what}: as it should be")


_Address = tuple[str, str]  # bus name and path


class _Reader:
    """A client on the accessibility bus."""

    def __init__(self) -> None:
        from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
        from jeepney.io.blocking import Proxy, open_dbus_connection

        self._make, self._where = new_method_call, DBusAddress
        session = open_dbus_connection("SESSION")
        bus = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
        address = session.send_and_get_reply(new_method_call(bus, "GetAddress")).body[0]
        self._bus = open_dbus_connection(address)
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
        Proxy(message_bus, self._bus).AddMatch(rule)
        self._said = self._bus.filter(rule, bufsize=1000)
        self._queue = self._said.__enter__()
        registry = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry")
        self._call(registry, "org.a11y.atspi.Registry", "RegisterEvent", "s", "object:announcement")

    def find(self) -> _Address | None:
        """The widget that is named "Article text" and has the interface for text."""
        open_ = [("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")]
        while open_:
            one = open_.pop()
            if self.get(one, "Name", "Accessible") == "Article text":
                return one
            open_ += self._call(one, "org.a11y.atspi.Accessible", "GetChildren", "")[0]
        return None

    def heard(self, sentence: str) -> str | None:
        """The sentence, once it was said."""
        self.find()  # what was said comes in with the replies
        said = [str(self._queue.popleft().body[3][1]) for _ in range(len(self._queue))]
        return next((one for one in said if one == sentence), None)

    def get(self, where: _Address, name: str, interface: str = "Text") -> Any:
        body = self._call(
            where, "org.freedesktop.DBus.Properties", "Get", "ss", f"org.a11y.atspi.{interface}", name
        )
        return body[0][1]

    def text(self, where: _Address, method: str, signature: str, *arguments: object) -> Any:
        return self._call(where, "org.a11y.atspi.Text", method, signature, *arguments)

    def _call(self, where: _Address, interface: str, method: str, signature: str, *arguments: object) -> Any:
        name, path = where
        address = self._where(path, bus_name=name, interface=interface)
        message = self._make(address, method, signature or None, arguments)
        reply = self._bus.send_and_get_reply(message, timeout=WAITS)
        if reply.header.message_type.name == "error":
            raise AssertionError(f"{method}: {reply.body}")
        return reply.body


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
