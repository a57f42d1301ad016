"""Started as a process of its own: the window on a screen. After each event it says what it shows.

usage: python -m tests.screen.showing PROJECT
One JSON object a line: words, state and label of the span in focus, whether the find bar and a card
are open, whether the text has the keys. It ends with its standard input.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(project: str) -> None:
    """Open the window and tell every change until standard input ends."""
    from PySide6.QtCore import QSocketNotifier, QTimer

    from annotator.ui import app
    from annotator.ui.files import Files
    from annotator.ui.window import Window

    def quiet(_: Files) -> None:
        """No model: what the keys do is asked here."""

    Files.suggest_quietly = quiet  # type: ignore[method-assign]
    qt = app.make_app()
    window = app.make_window("Ada")
    app.open_project(window, Path(project), [])
    window.resize(1200, 800)
    window.show()
    window.activateWindow()
    told = ""

    def shown(window: Window) -> str:
        span, focus = window.review.focused(), qt.focusWidget()
        return json.dumps(
            {
                "words": span.text if span is not None else None,
                "state": span.state if span is not None else None,
                "label": span.label if span is not None else None,
                "find": window.review.finding.bar.isVisible(),
                "card": window.cards.is_open(),
                "text": focus is window.review.view and window.isActiveWindow(),
            }
        )

    def tell() -> None:
        nonlocal told
        now = shown(window)
        if now != told:
            told = now
            sys.stdout.write(now + "\n")
            sys.stdout.flush()

    looking = QTimer(window, interval=10)
    looking.timeout.connect(tell)
    looking.start()
    ending = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, window)
    ending.activated.connect(lambda *_: window.close())
    window.closed.connect(qt.quit)
    qt.exec()


if __name__ == "__main__":
    main(sys.argv[1])
