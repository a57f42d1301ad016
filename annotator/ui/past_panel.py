"""The panel about what was: what models said of the words in focus, and who decided what on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.article import Article
from annotator.domain.models import BAND, Label, Proposal, Span, Value
from annotator.domain.reasons import reason
from annotator.session import past as pasts
from annotator.session.past import Change, Past, Step
from annotator.ui import quote, wording
from annotator.ui.kit import Cut, Icon, Item, column, empty, frame, label, row, tool
from annotator.ui.quote import Passage, Quote
from annotator.ui.span_panel import CONTEXT

_ICONS = {"do": "check", "undo": "undo-2", "redo": "redo-2"}


class PastPanel(QWidget):
    """Nothing is decided here; it follows the focus like the panel that decides."""

    closed = Signal()

    def __init__(self, key: str) -> None:
        super().__init__()
        self._quote = Quote(15, 2)
        self._none = label(
            self.tr("No span is in focus. Tab goes to the next undecided one."), "second", True
        )
        self._box = column(gap=4)
        close = tool("x", self.tr("Back to the decision"), key, self.closed.emit)
        self.setLayout(
            column(
                frame(row(label(self.tr("History of the span"), "title"), None, close), height=32),
                *(self._quote, self._none, 4),
                frame(self._box),
                None,
                margins=(16, 8, 4, 16),
            )
        )

    def show_past(self, article: Article, span: Span | None, found: Past | None) -> None:
        """Of the span in focus, or of none."""
        empty(self._box)
        self._none.setVisible(span is None)
        self._quote.setVisible(span is not None)
        if span is None or found is None:
            return
        own = article.labels[span.label]
        before, after = quote.cut(article.text, span.start, span.end, CONTEXT)
        marked = article.text[span.start : span.end]
        self._quote.show_passage(Passage(before, marked, after, own.hue, own.style == BAND))
        self._add(label(self.tr("What was suggested"), "section"))
        for proposal in found.proposals:
            self._add(*self._proposal(article.labels, proposal))
        if not found.proposals:
            self._add(label(self.tr("Nothing at this place: a person or an import made it."), "second", True))
        self._add(12, label(self.tr("What became of it"), "section"))
        for step in found.steps:
            self._add(*self._step(article.labels, step), 6)
        if found.run is not None:
            words = self.tr("brought in by {name}").format(name=found.run.name)
            self._add(_head("sparkles", _when(found.run.started), ""), label(words, "second", True))
        elif not found.steps:
            self._add(label(self.tr("Nobody has decided on it yet."), "second", True))

    def _add(self, *items: Item) -> None:
        for item in items:
            if isinstance(item, int):
                self._box.addSpacing(item)
            elif item is not None:
                self._box.addWidget(item)

    def _proposal(self, labels: Mapping[int, Label], proposal: Proposal) -> Iterator[QWidget]:
        score = f" {proposal.score:.2f}" if proposal.score is not None else ""
        said = self.tr("{label}{score} by {origin}")
        name = labels[proposal.label].name if proposal.label in labels else "?"
        line = row(Icon("circle-dashed", 14))
        line.addWidget(Cut(said.format(label=name, score=score, origin=proposal.suggester)), 1)
        yield frame(line, height=22)
        if proposal.why:
            yield label(wording.said(reason(proposal.why)), "small", wrap=True)

    def _step(self, labels: Mapping[int, Label], step: Step) -> Iterator[QWidget]:
        yield _head(_ICONS.get(step.kind, "check"), _when(step.at), step.by)
        for change in step.changes:
            yield label(self._change(labels, change), "second", wrap=True)

    def _change(self, labels: Mapping[int, Label], change: Change) -> str:
        if change.field in (pasts.MADE, pasts.GONE):
            return self.tr("added") if change.field == pasts.MADE else self.tr("deleted")
        if change.field == "flag":
            return self.tr("flagged") if change.after else self.tr("flag taken off")
        names = {
            "state": self.tr("State"),
            "label": self.tr("Label"),
            "text": self.tr("Words"),
            "note": self.tr("Note"),
            "mod": self.tr("Part of the date"),
            "link": self.tr("Entity"),
            "link state": self.tr("Link"),
        }
        before, after = (self._value(labels, change.field, one) for one in (change.before, change.after))
        return f"{names[change.field]}: {before} → {after}"

    def _value(self, labels: Mapping[int, Label], field: str, value: Value) -> str:
        if value is None or value == "":
            return self.tr("none")
        if field == "label":
            return labels[value].name if isinstance(value, int) and value in labels else "?"
        if field in ("state", "link state"):
            return wording.state(str(value))
        return f"“{wording.plain(str(value), 60)}”"


def _head(icon: str, when: str, who: str) -> QWidget:
    line = row(Icon(icon, 14), label(when, "small"))
    line.addWidget(Cut(who, "strong"), 1)
    return frame(line, height=22)


def _when(at: str) -> str:
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, "d MMM yyyy HH:mm")
