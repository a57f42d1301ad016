"""The same text elsewhere: a ticked list in context; Enter takes what is ticked, as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from annotator.domain.models import BAND, REJECTED, Label, Span
from annotator.session.elsewhere import Occurrence
from annotator.ui import wording
from annotator.ui.actions import shown
from annotator.ui.hints import Hint
from annotator.ui.kit import Button, Cut, column, frame, label, line, row, tool
from annotator.ui.overlay import Overlay
from annotator.ui.quote import Passage
from annotator.ui.ticks import Place, TickList

ROOM = 60
"""Characters of the article on either side."""

Take = Callable[[list[Occurrence]], object]


class SameCard(Overlay):
    """Space ticks, Enter takes, Esc leaves everything as it is."""

    def __init__(
        self, window: QWidget, span: Span, span_label: Label, found: Sequence[Occurrence], take: Take
    ) -> None:
        super().__init__(window, 760, 560)
        self._take = take
        self._found = found
        rejecting = span.state == REJECTED
        words = self.tr("Reject {n}") if rejecting else self.tr("Accept {n} as {label}")
        self._words = words.replace("{label}", wording.label_name(span_label))
        self._go = Button("", "x" if rejecting else "check", "primary", "↵")
        self._go.clicked.connect(self._done)
        self._list = TickList(self.tr("Places"))
        self._list.changed.connect(self._show_count)
        self._list.opened.connect(lambda _: self._done())
        text, band = " ".join(span.text.split()), span_label.style == BAND
        places = [
            Place(
                _where(one),
                _note(one),
                Passage(wording.tail(one.before, ROOM - 1), text, one.after, span_label.hue, band),
            )
            for one in found
        ]
        self._list.put(places, [one.likely for one in found])
        head = row(
            Cut(self.tr("“{text}” elsewhere").format(text=wording.plain(span.text, 48)), "head"),
            tool("x", self.tr("Close"), "Esc", self.close_card),
            margins=(24, 0, 12, 0),
        )
        foot = row(
            Hint([shown("Space")], self.tr("tick")),
            Hint(["A"], self.tr("all")),
            Hint(["0"], self.tr("none")),
            label(self._spread(), "second"),
            None,
            self._go,
            gap=16,
            margins=(24, 0, 24, 0),
        )
        box = column(frame(head, height=56), line(), 4, gap=0)
        box.addWidget(self._list, 1)
        box.addWidget(line())
        box.addWidget(frame(foot, height=56))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("The same text elsewhere"))
        self.open(self._list)

    def _spread(self) -> str:
        articles = len({one.document.id for one in self._found})
        places = wording.counted(len(self._found), self.tr("1 place"), self.tr("{n} places"))
        return f"{places} " + wording.counted(articles, self.tr("in 1 article"), self.tr("in {n} articles"))

    def _show_count(self) -> None:
        count = len(self._list.ticked())
        self._go.setText(self._words.format(n=count))
        self._go.setEnabled(count > 0)

    def _done(self) -> None:
        chosen = [self._found[number] for number in self._list.ticked()]
        if chosen:
            self.close_card()
            self._take(chosen)


def _where(one: Occurrence) -> str:
    document = one.document
    return wording.where(document.title or document.name, document.source, document.date)


def _note(one: Occurrence) -> str:
    if one.rejected:
        return _tr("rejected before")
    if one.within is not None:
        return _tr("in “{name}”").format(name=wording.plain(one.within, 30))
    return _tr("suggested") if one.span is not None else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Same", text)
