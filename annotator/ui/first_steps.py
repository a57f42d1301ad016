"""The sheet of five lines that a first start shows; Help has it as well."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from annotator.ui.bindings import Bindings
from annotator.ui.kit import Button, KeyCap, column, frame, label, line, row
from annotator.ui.overlay import Overlay


class FirstSteps(Overlay):
    """What to press, in the order in which it is needed. Enter or Esc begins."""

    def __init__(self, window: QWidget, bindings: Bindings) -> None:
        super().__init__(window, 640, 396)
        self._bindings = bindings
        lines = (
            (
                ("accept", "reject"),
                self.tr("Accept or reject the suggestion in focus. The focus goes on by itself."),
            ),
            (("label.1", "label.2"), self.tr("Give it another label. On selected words: make a span.")),
            (
                ("end.in", "end.out"),
                self.tr("Move its end by a word, or drag a handle."),
            ),
            (("link.1", "entity"), self.tr("Say who it is: the first candidate, or somebody new.")),
            (("undo", "keys"), self.tr("Take anything back, also tomorrow. See every key.")),
        )
        body = column(
            label(self.tr("Five lines to begin with"), "head"),
            label(
                self.tr(
                    "You read, the program suggests, you decide. Each decision is stored at once, in one file."
                ),
                "second",
                wrap=True,
            ),
            *(8, *(self._line(actions, words) for actions, words in lines), None),
            gap=8,
            margins=(24, 20, 24, 12),
        )
        begin = Button(self.tr("Begin"), "check", "primary", "↵", 36)
        begin.clicked.connect(self.close_card)
        foot = label(self.tr("The first article of the sample is for practice."), "second")
        box = column(gap=0)
        box.addLayout(body, 1)
        box.addWidget(line())
        box.addWidget(frame(row(foot, None, begin, margins=(24, 0, 24, 0)), height=60))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("First steps"))
        self.open(begin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_card()
        else:
            super().keyPressEvent(event)

    def _line(self, actions: tuple[str, ...], words: str) -> QFrame:
        caps = [KeyCap(key) for action in actions if (key := self._bindings.key(action))]
        said = label(words, wrap=True)
        return frame(row(frame(row(*caps, None, gap=4), width=96), said), height=36)
