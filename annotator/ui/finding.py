"""Looking for words in the open article: places, the one shown, and the bar that asks."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.ui.article import ArticleView
from annotator.ui.find_bar import FindBar


class Finding(QObject):
    """Places are found in the article's own text, never in what Qt made of it."""

    def __init__(self, over: QWidget, view: ArticleView) -> None:
        super().__init__(over)
        self._view = view
        self._text = ""
        self._places: list[tuple[int, int]] = []
        self._at = -1
        self.bar = FindBar(over)
        self.bar.changed.connect(self._look)
        self.bar.stepped.connect(self.step)
        self.bar.taken.connect(self.take)
        self.bar.closed.connect(self.close)

    def set_text(self, text: str) -> None:
        """Another article is shown. What was looked for is looked for in it at the next step."""
        self._text = text
        self._places = []
        self._at = -1

    def open(self) -> None:
        self.bar.open()
        self._look(self.bar.field.text())

    def step(self, step: int) -> None:
        """Show the next or previous place; behind the last one comes the first."""
        if not self._places:
            self._places = places(self._text, self.bar.field.text())
        if self._places:
            self._show((self._at + step) % len(self._places))

    def take(self) -> None:
        """Leave the place selected and go to the text: a label's key makes it a span."""
        if self._places and self._at < 0:
            self._show(0)
        self.close()

    def close(self) -> None:
        self.bar.hide()
        self._view.set_hits(())
        self._view.setFocus()

    def _look(self, words: str) -> None:
        self._places = places(self._text, words)
        self._view.set_hits(self._places)
        self._at = -1
        if self._places:
            shown, _ = self._view.visible_range()
            ahead = [number for number, (start, _) in enumerate(self._places) if start >= shown]
            self._show(ahead[0] if ahead else 0)
        else:
            self._view.clear_selection()
            self.bar.show_count(0, 0)

    def _show(self, number: int) -> None:
        self._at = number
        self._view.select(*self._places[number])
        self.bar.show_count(number + 1, len(self._places))


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand, upper and lower case alike, in code points."""
    if not words:
        return []
    return [match.span() for match in re.finditer(re.escape(words), text, re.IGNORECASE)]
