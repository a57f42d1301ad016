"""What counts as what: the guideline of each label, that of the span in focus first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.domain.models import Label
from annotator.ui import theme, wording
from annotator.ui.kit import Button, KeyCap, column, frame, label, line, row, scrolled, tool
from annotator.ui.label_picks import Swatch
from annotator.ui.overlay import Overlay


class GuidelinesCard(Overlay):
    """To read; the label editor changes them."""

    def __init__(
        self, window: QWidget, labels: Sequence[Label], first: int | None, change: Callable[[], object]
    ) -> None:
        super().__init__(window, 720, 560)
        self._change = change
        close = tool("x", self.tr("Close"), "Esc", self.close_card)
        head = row(label(self.tr("Guidelines"), "head"), None, close, margins=(24, 0, 12, 0))
        inner = column(gap=8, margins=(24, 16, 24, 16))
        for one in sorted(labels, key=lambda one: one.id != first):
            inner.addWidget(self._head(one))
            text = label(one.description or self.tr("Nothing is written about this label yet."), wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inner.addWidget(text)
            inner.addSpacing(theme.current().px(12))
        inner.addStretch(1)
        body = QWidget()
        body.setLayout(inner)
        edit = Button(self.tr("Change them…"), "pencil", key="Ctrl Shift L")
        edit.clicked.connect(lambda _=False: self._edit())
        box = column(frame(head, height=56), line(), gap=0)
        area = scrolled(body)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self.tr("Guidelines"))
        box.addWidget(area, 1)
        box.addWidget(line())
        box.addWidget(frame(row(None, edit, margins=(24, 0, 24, 0)), height=56))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Guidelines"))
        self.open(area)

    @staticmethod
    def _head(one: Label) -> QWidget:
        parts = row(Swatch(one.hue), label(wording.label_name(one), "title"))
        if one.key:
            parts.addWidget(KeyCap(one.key))
        parts.addStretch(1)
        return frame(parts, height=28)

    def _edit(self) -> None:
        self.close_card()
        self._change()
