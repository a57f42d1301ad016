"""Annotations of others: as what they come in, what their labels stand for, onto which articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
from annotator.session.children import InChild
from annotator.store import Store
from annotator.store.importing import AS_IS, GOLD, SUGGESTIONS
from annotator.ui import theme, wording
from annotator.ui.jobs import counting_labels
from annotator.ui.kit import (
    Button,
    Choice,
    Cut,
    Segments,
    column,
    empty,
    frame,
    label,
    line,
    row,
    scrolled,
    tool,
)
from annotator.ui.overlay import Overlay

ASKED = 100
"""Milliseconds between two looks at the count of labels."""


@dataclass(frozen=True)
class Way:
    """How files come in; `labels` as `import_paths` has it."""

    mode: str = AS_IS
    labels: Mapping[str, str] = field(default_factory=dict)
    onto: bool = False


Start = Callable[[Sequence[Path], Way], None]


class ImportCard(Overlay):
    """Enter adds, Esc closes. The labels in the files are listed as soon as they are counted."""

    def __init__(self, window: QWidget, store: Store, files: Sequence[Path], start: Start) -> None:
        super().__init__(window, 640, 560)
        self._files, self._start = files, start
        self._known = [one.name for one in store.labels()]
        self._as = Segments([self.tr("As the files say"), self.tr("Gold"), self.tr("Suggestions")])
        self._onto = Segments([self.tr("With the same text"), self.tr("Also where it differs")])
        self._head = label(self.tr("Counting the labels…"), "strong", wrap=True)
        self._rows = column(gap=4)
        self._drops: dict[str, Choice] = {}
        self._go = Button(self.tr("Add"), "plus", "primary", "↵")
        self._go.clicked.connect(self._add)
        self._lay_out()
        self.card.setAccessibleName(self.tr("Add annotations"))
        self._counting: InChild[Mapping[str, int]] | None = counting_labels(store.path, files, self._counted)
        self._clock = QTimer(self)
        self._clock.setInterval(ASKED)
        self._clock.timeout.connect(self._look)
        self._clock.start()
        self.open(self._go)

    def close_card(self) -> None:
        """Also ends the count."""
        self._clock.stop()
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None
        super().close_card()

    def _lay_out(self) -> None:
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.close_card)
        close = tool("x", self.tr("Close"), "Esc", self.close_card)
        names = ", ".join(file.name for file in self._files[:3])
        more = len(self._files) - 3
        if more > 0:
            names = self.tr("{names} and {more} more").format(names=names, more=more)
        listed = _named(self.tr("Files"), Cut(names), fill=True)
        self.card.setLayout(
            column(
                frame(
                    row(label(self.tr("Add annotations"), "head"), None, close, margins=(24, 0, 12, 0)),
                    height=56,
                ),
                line(),
                frame(
                    column(
                        listed,
                        _named(self.tr("Spans as"), self._as),
                        _named(self.tr("Articles"), self._onto),
                        margins=(24, 16, 24, 8),
                    )
                ),
                scrolled(frame(column(self._head, frame(self._rows), None, margins=(24, 4, 24, 8), gap=8))),
                line(),
                frame(row(None, cancel, self._go, margins=(24, 0, 24, 0)), height=56),
                gap=0,
            )
        )

    def _look(self) -> None:
        """Ask the count how far it is."""
        job = self._counting
        if job is None:
            return
        try:
            over = job.step() is not None
        except UserError as error:
            self._head.setText(wording.said(error))
            over = True
        if over:
            self._counting = None
            self._clock.stop()

    def _counted(self, counts: Mapping[str, int]) -> str:
        """A row for each label in the files: how often, and what it stands for here."""
        empty(self._rows)
        self._head.setText(
            self.tr("What the labels in the files stand for")
            if counts
            else self.tr("There are no spans in the files.")
        )
        for name, count in counts.items():
            drop = Choice(self.tr("What {label} stands for").format(label=name), [])
            drop.setMinimumWidth(theme.current().px(300))
            if name not in self._known:
                drop.addItem(self.tr("{label} (new)").format(label=name), name)
            for known in self._known:
                drop.addItem(known, known)
            drop.addItem(self.tr("Leave out"), "")
            drop.setCurrentIndex(drop.findData(self._likely(name)))
            self._drops[name] = drop
            self._rows.addWidget(_named(f"{name}  ×{count:,}", drop, 220))
        return ""

    def _likely(self, name: str) -> str:
        """The label of the project that is written alike (PER, Person), else a new one."""
        plain = name.casefold()
        if name in self._known:
            return name
        alike = [
            known
            for known in self._known
            if len(plain) >= 3 and (known.casefold().startswith(plain) or known.casefold() == plain)
        ]
        return alike[0] if len(alike) == 1 else name

    def _add(self) -> None:
        table = {name: drop.currentData() for name, drop in self._drops.items() if drop.currentData() != name}
        way = Way((AS_IS, GOLD, SUGGESTIONS)[self._as.on()], table, self._onto.on() == 1)
        self.close_card()
        self._start(self._files, way)


def _named(words: str, choice: QWidget, width: int = 88, *, fill: bool = False) -> QWidget:
    """A line of the card; what fills it has no width of its own."""
    name = label(words, "second")
    name.setFixedWidth(theme.current().px(width))
    if not fill:
        return frame(row(name, choice, None))
    box = row(name)
    box.addWidget(choice, 1)
    return frame(box)
