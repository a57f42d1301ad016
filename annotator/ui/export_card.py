"""Export: what goes in, in which format, where to. Counts are there before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.domain.changes import Message
from annotator.domain.models import KIND_NAME, Label
from annotator.domain.splitting import USUAL
from annotator.formats import Format, registry
from annotator.session.children import InChild
from annotator.session.exporting import ACCEPTED, ALL, DONE, ExportChoice
from annotator.store import Store
from annotator.ui import theme
from annotator.ui.field import Field
from annotator.ui.jobs import counting_losses
from annotator.ui.kit import Button, Choice, Segments, column, frame, label, line, row, scrolled, tool
from annotator.ui.overlay import Overlay
from annotator.ui.wording import label_name, message, place

Start = Callable[[Path, ExportChoice], None]
ASKED = 100
"""Milliseconds between two looks at the count of losses."""
_REDACTED = 4
"""Labels that have a button to replace their names; the command line takes any."""


class ExportCard(Overlay):
    """Enter exports, Esc closes. The work runs in the background; the result is told where it ends."""

    def __init__(self, window: QWidget, store: Store, target: Path, start: Start) -> None:
        super().__init__(window, 640, 600)
        self._store, self._start = store, start
        self._counts = store.counts()
        self._documents = Segments([self.tr("Only done"), self.tr("All articles")])
        self._spans = Segments([self.tr("Only accepted"), self.tr("All spans")])
        self._parts = Segments([self.tr("One set"), self.tr("Train, dev, test")])
        for choice in (self._documents, self._spans):
            choice.chosen.connect(lambda _: self._count())
        self._parts.chosen.connect(lambda _: self._suffix())
        self._format = Choice(self.tr("Format"), [])
        for name, format in _in_order():
            self._format.addItem(format.title or name, name)
        self._format.currentIndexChanged.connect(lambda _: self._other_format())
        self._names = {one.name: _toggle(label_name(one)) for one in self._labels()}
        self._sum = label("", "strong")
        self._note = label("", "second", wrap=True)
        self._lost_head = label("", "strong", wrap=True)
        self._lost = label("", "second", wrap=True)
        self._counting: InChild[list[Message]] | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(ASKED)
        self._clock.timeout.connect(self._look)
        self._target = Field(self.tr("Where to"), "folder")
        self._target.setText(place(target))
        self._target.returnPressed.connect(self._export)
        self._go = Button(self.tr("Export"), "upload", "primary", "↵")
        self._go.clicked.connect(self._export)
        self._lay_out()
        self.card.setAccessibleName(self.tr("Export the gold set"))
        self._count()
        self.open(self._go)

    def close_card(self) -> None:
        """Also ends the count."""
        self._stop_counting()
        super().close_card()

    def _lay_out(self) -> None:
        browse = Button(self.tr("Browse…"))
        browse.clicked.connect(self._browse)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.close_card)
        close = tool("x", self.tr("Close"), "Esc", self.close_card)
        to = row(label(self.tr("To"), "second"), margins=(24, 0, 24, 0))
        to.addWidget(self._target, 1)
        to.addWidget(browse)
        counted = frame(
            column(self._sum, self._note, 8, self._lost_head, self._lost, None, margins=(24, 4, 24, 8), gap=4)
        )
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
                        self._choice(self.tr("Parts"), self._parts),
                        self._choice(self.tr("Without names"), frame(row(*self._names.values(), gap=4))),
                        margins=(24, 16, 24, 8),
                    )
                ),
                scrolled(counted),
                line(),
                frame(to, height=48),
                frame(row(None, cancel, self._go, margins=(24, 0, 24, 0)), height=56),
                gap=0,
            )
        )

    def _labels(self) -> list[Label]:
        return [one for one in self._store.labels() if one.kind == KIND_NAME][:_REDACTED]

    def _choice(self, words: str, choice: QWidget) -> QWidget:
        name = label(words, "second")
        name.setFixedWidth(theme.current().px(104))
        return frame(row(name, choice, None))

    def _chosen(self) -> ExportChoice:
        parts = self._parts.on() == 1
        return ExportChoice(
            format=self._format.currentData(),
            spans=(ACCEPTED, ALL)[self._spans.on()],
            documents=(DONE, ALL)[self._documents.on()],
            shares=USUAL if parts else None,
            redact=tuple(name for name, button in self._names.items() if button.isChecked()),
        )

    def _count(self) -> None:
        """What goes in and what stays out, from the project as it is now."""
        choice = self._chosen()
        exporter = self._store.exporter(spans=choice.spans, documents=choice.documents)
        articles = exporter.count()
        self._sum.setText(
            self.tr("Articles: {count} of {all}").format(count=articles, all=self._counts["documents"])
        )
        out = [
            message(f"export.{name}", {"count": count})
            for name, count in exporter.left_out().items()
            if count
        ]
        if not articles:
            out = [message("export.nothing_done" if choice.documents == DONE else "export.nothing", {})]
        self._note.setText("\n".join(out))
        self._note.setVisible(bool(out))
        self._go.setEnabled(articles > 0)
        self._count_losses(choice, articles)

    def _count_losses(self, choice: ExportChoice, articles: int) -> None:
        """In the background: it reads every article that would be written."""
        self._stop_counting()
        if not articles or registry.writer(choice.format).carries is None:
            self._show_losses([])
            return
        self._lost_head.setText(self.tr("Counting what this format cannot carry…"))
        self._lost.setText("")
        self._counting = counting_losses(self._store.path, choice, self._counted)
        self._clock.start()

    def _look(self) -> None:
        """Ask the count how far it is."""
        job = self._counting
        if job is not None and job.step() is not None:
            self._counting = None
            self._clock.stop()

    def _counted(self, lost: list[Message]) -> str:
        self._show_losses([message(one.code, one.params) for one in lost])
        return ""

    def _show_losses(self, sentences: list[str]) -> None:
        if not sentences:
            self._lost_head.setText(self.tr("This format carries all of it."))
        else:
            self._lost_head.setText(self.tr("This format has no place for:"))
        self._lost.setText("\n".join(f"•  {sentence}" for sentence in sentences))

    def _stop_counting(self) -> None:
        self._clock.stop()
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None

    def _other_format(self) -> None:
        parts = registry.writer(self._format.currentData()).parts
        if parts == self._parts.isEnabled():
            self._parts.set_on(int(parts))
        self._parts.setEnabled(not parts)
        self._suffix()
        self._count_losses(self._chosen(), self._store.exporter(**self._scope()).count())

    def _scope(self) -> dict[str, str]:
        choice = self._chosen()
        return {"spans": choice.spans, "documents": choice.documents}

    def _suffix(self) -> None:
        """Another format has another ending, and a folder has none."""
        format = registry.writer(self._format.currentData())
        if self._target.text():
            is_folder = format.folder or self._parts.on() == 1
            ending = "" if is_folder or not format.suffixes else format.suffixes[0]
            self._target.setText(str(Path(self._target.text()).with_suffix(ending)))

    def _browse(self) -> None:
        asked = str(Path(self._target.text()).expanduser())
        found, _ = QFileDialog.getSaveFileName(self, self.tr("Where to write the gold set"), asked)
        if found:
            self._target.setText(found)

    def _export(self) -> None:
        if self._go.isEnabled() and self._target.text().strip():
            choice = self._chosen()
            target = Path(self._target.text().strip()).expanduser()
            self.close_card()
            self._start(target, choice)


def _in_order() -> list[tuple[str, Format]]:
    """Our own form first, the others by what they are called."""
    return sorted(
        registry.writers().items(),
        key=lambda item: (not item[1].trusted, (item[1].title or item[0]).casefold()),
    )


def _toggle(words: str) -> Button:
    """Off until it is pressed; a tick says that it is on."""
    made = Button(words, "square", height=28)
    made.setCheckable(True)
    made.toggled.connect(lambda on: made.set_icon("square-check" if on else "square"))
    return made
