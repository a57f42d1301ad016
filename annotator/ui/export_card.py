"""Export: what goes in, in which format, where to. Counts are there before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.domain.models import KIND_NAME, Label
from annotator.formats import registry
from annotator.session.exporting import ACCEPTED, ALL, DONE
from annotator.store import Store
from annotator.ui import theme
from annotator.ui.field import Field
from annotator.ui.kit import Button, Choice, Segments, column, frame, label, line, row, tool
from annotator.ui.overlay import Overlay
from annotator.ui.wording import label_name, message

Start = Callable[[Path, str, str, str, list[str]], None]
"""Where to, the format, which spans, which articles, the labels whose names are replaced."""
_REDACTED = 4
"""Labels that have a button; the command line takes any."""


class ExportCard(Overlay):
    """Enter exports, Esc closes. The work runs in the background; the result is told where it ends."""

    def __init__(self, window: QWidget, store: Store, target: Path, start: Start) -> None:
        super().__init__(window, 640, 424)
        self._store, self._start = store, start
        self._counts = store.counts()
        self._documents = Segments([self.tr("Only done"), self.tr("All articles")])
        self._spans = Segments([self.tr("Only accepted"), self.tr("All spans")])
        for choice in (self._documents, self._spans):
            choice.chosen.connect(lambda _: self._count())
        self._format = Choice(self.tr("Format"), [])
        for name, format in registry.writers().items():
            self._format.addItem(f"{name}  ({format.suffixes[0]})" if format.suffixes else name, name)
        self._format.setCurrentIndex(self._format.findData("jsonl"))  # the one that loses nothing
        self._format.currentIndexChanged.connect(lambda _: self._suffix())
        self._names = {one.name: Button(label_name(one), kind="tab", height=28) for one in self._labels()}
        self._sum = label("", "strong")
        self._note = label("", "second", wrap=True)
        self._target = Field(self.tr("Where to"), "folder")
        self._target.setText(str(target))
        self._target.returnPressed.connect(self._export)
        browse = Button(self.tr("Browse…"))
        browse.clicked.connect(self._browse)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.close_card)
        self._go = Button(self.tr("Export"), "upload", "primary", "↵")
        self._go.clicked.connect(self._export)
        close = tool("x", self.tr("Close"), "Esc", self.close_card)
        to = row(label(self.tr("To"), "second"), margins=(24, 0, 24, 0))
        to.addWidget(self._target, 1)
        to.addWidget(browse)
        self.card.setLayout(
            column(
                frame(
                    row(label(self.tr("Export the gold set"), "head"), None, close, margins=(24, 0, 12, 0)),
                    height=56,
                ),
                line(),
                frame(
                    column(
                        self._choice(self.tr("Articles"), self._documents),
                        self._choice(self.tr("Spans"), self._spans),
                        self._choice(self.tr("Format"), self._format),
                        self._choice(self.tr("Without names"), frame(row(*self._names.values(), gap=4))),
                        *(8, self._sum, self._note, None),
                        margins=(24, 16, 24, 8),
                    )
                ),
                None,
                line(),
                frame(to, height=48),
                frame(row(None, cancel, self._go, margins=(24, 0, 24, 0)), height=56),
                gap=0,
            )
        )
        self.card.setAccessibleName(self.tr("Export the gold set"))
        self._count()
        self.open(self._go)

    def _labels(self) -> list[Label]:
        return [one for one in self._store.labels() if one.kind == KIND_NAME][:_REDACTED]

    def _choice(self, words: str, choice: QWidget) -> QWidget:
        name = label(words, "second")
        name.setFixedWidth(theme.current().px(88))
        return frame(row(name, choice, None))

    def _chosen(self) -> tuple[str, str]:
        return (ACCEPTED, ALL)[self._spans.on()], (DONE, ALL)[self._documents.on()]

    def _count(self) -> None:
        """What goes in and what stays out, from the project as it is now."""
        spans, documents = self._chosen()
        exporter = self._store.exporter(spans=spans, documents=documents)
        articles = exporter.count()
        self._sum.setText(
            self.tr("{count} of {all} articles").format(count=articles, all=self._counts["documents"])
        )
        out = [
            message(f"export.{name}", {"count": count})
            for name, count in exporter.left_out().items()
            if count
        ]
        if not articles:
            out = [message("export.nothing_done" if documents == DONE else "export.nothing", {})]
        self._note.setText("\n".join(out))
        self._go.setEnabled(articles > 0)

    def _suffix(self) -> None:
        """Another format has another ending."""
        format = registry.writer(self._format.currentData())
        if format.suffixes and self._target.text():
            self._target.setText(str(Path(self._target.text()).with_suffix(format.suffixes[0])))

    def _browse(self) -> None:
        found, _ = QFileDialog.getSaveFileName(
            self, self.tr("Where to write the gold set"), self._target.text()
        )
        if found:
            self._target.setText(found)

    def _export(self) -> None:
        if self._go.isEnabled() and self._target.text().strip():
            spans, documents = self._chosen()
            target, format = Path(self._target.text().strip()).expanduser(), self._format.currentData()
            self.close_card()
            redact = [name for name, button in self._names.items() if button.isChecked()]
            self._start(target, format, spans, documents, redact)
