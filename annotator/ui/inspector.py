"""The right panel of the review: the span in focus, a selection, or what is left of the article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from annotator.domain.article import Article
from annotator.domain.models import ACCEPTED, REJECTED, REVIEWER, SUGGESTED, Label
from annotator.ui import quote, theme
from annotator.ui.bindings import Bindings
from annotator.ui.ground import Ground
from annotator.ui.kit import Cut, Icon, column, frame, label, line, row, scrolled, tool
from annotator.ui.label_picks import LabelPicks
from annotator.ui.past_panel import PastPanel
from annotator.ui.quote import Passage, Quote
from annotator.ui.span_list import SpanList
from annotator.ui.span_panel import CONTEXT, SpanPanel

if TYPE_CHECKING:
    from annotator.ui.compare_panel import ComparePanel


_WAYS_IN = (("import", "primary"), ("folder", "normal"))
"""What an empty project offers."""


class SelectionPanel(QWidget):
    """Words are selected, which is not a span yet."""

    label_picked = Signal(int)
    closed = Signal()

    def __init__(self, labels: Sequence[Label]) -> None:
        super().__init__()
        self._size = Cut("", "small")
        self._quote = Quote(15, 3)
        picks = LabelPicks(labels)
        picks.picked.connect(self.label_picked)
        state = row(Icon("type"), label(self.tr("Not a span yet"), "strong"))
        state.addWidget(self._size, 1)
        close = tool("x", self.tr("Drop the selection"), "Esc", self.closed.emit)
        self.setLayout(
            column(
                frame(row(label(self.tr("Selection"), "title"), None, close), height=32),
                *(frame(state, height=20), self._quote, 4),
                *(label(self.tr("Pick a label"), "section"), picks, None),
                margins=(16, 8, 4, 16),
            )
        )

    def show_selection(self, text: str, start: int, end: int) -> None:
        words = len(text[start:end].split())
        size = self.tr("{characters} characters, {words} words")
        self._size.setText(size.format(characters=end - start, words=words))
        before, after = quote.cut(text, start, end, CONTEXT)
        self._quote.show_passage(Passage(before, text[start:end], after), 3)


class Outcome(NamedTuple):
    """What became of an article's suggestions, and what the reviewer added."""

    as_suggested: int
    corrected: int
    rejected: int
    added: int
    unlinked: int


def outcome(article: Article) -> Outcome:
    accepted = list(article.in_order((ACCEPTED,)))
    corrected = sum(span.suggested_by is not None for span in accepted)
    added = sum(span.origin == REVIEWER for span in accepted)
    links = (article.link_of(span.id) for span in accepted)
    unlinked = sum(link is None or link.state != ACCEPTED for link in links)
    return Outcome(len(accepted) - corrected - added, corrected, article.count(REJECTED), added, unlinked)


class RestPanel(QWidget):
    """Nothing is in focus: no suggestions yet, or all decided, or some left."""

    def __init__(self, bindings: Bindings) -> None:
        super().__init__()
        self._bindings = bindings
        self._title = label("", "title")
        self._words = label("", "body", wrap=True)
        self._numbers = [(label("", "strong"), label("", "second")) for _ in Outcome._fields]
        lines = column(gap=0)
        for number, what in self._numbers:
            number.setFixedWidth(theme.current().px(28))
            lines.addWidget(frame(row(number, what, None), height=24))
        self._table = frame(lines)
        self._done = bindings.button("done", "primary", self.tr("Done, next article"), 36)
        self._suggest = bindings.button("suggest", height=36)
        self._add = [bindings.button(name, kind, height=36) for name, kind in _WAYS_IN]
        self._next = Cut("", "strong")
        self._next_line = Cut("", "second")
        self.setLayout(
            column(
                frame(row(self._title, None, bindings.button("spans", "tool")), height=32),
                *(self._words, 4, self._table, 4),
                *self._add,
                *(self._suggest, self._done, 12, line(), 8),
                *(self._next, self._next_line, None),
                margins=(16, 8, 4, 16),
            )
        )

    def show_nothing(self) -> None:
        """No article is open."""
        self._title.setText(self.tr("No article"))
        self._words.setText(self.tr("Add articles to begin, or drop files here."))
        for widget in (self._table, self._suggest, self._done):
            widget.hide()
        for button in self._add:
            button.show()
        self._next.setText("")
        self._next_line.setText("")

    def show_rest(self, article: Article, following: tuple[str, str] | None, *, suggesting: bool) -> None:
        """`following` is the next article's title and what it is."""
        open_, found = article.count(SUGGESTED), outcome(article)
        for button in self._add:
            button.hide()
        total = open_ + article.count(ACCEPTED) + article.count(REJECTED)
        if not total and suggesting:
            self._title.setText(self.tr("Suggesting…"))
            self._words.setText(
                self.tr("The model is reading. Begin if you like: select words, press a label key.")
            )
        elif not total:
            self._title.setText(self.tr("No suggestions"))
            self._words.setText(self.tr("Let a model suggest, or select words and press a label key."))
        elif open_:
            self._title.setText(self.tr("{count} not decided").format(count=open_))
            self._words.setText(
                self.tr("{key} goes to the next one.").format(key=self._bindings.way("undecided.next"))
            )
        else:
            self._title.setText(self.tr("All {total} decided").format(total=total))
            missed = self.tr(
                "Read it once more for what the model missed: select words and press a label key."
            )
            self._words.setText(self.tr("Nothing is left to decide in this article.") + " " + missed)
        names = (
            self.tr("accepted as suggested"),
            self.tr("corrected"),
            self.tr("rejected"),
            self.tr("added by you"),
            self.tr("without a link"),
        )
        for (number, what), count, name in zip(self._numbers, found, names, strict=True):
            number.setText(str(count))
            what.setText(name)
        self._table.setVisible(total > 0)
        self._suggest.setVisible(not total and not suggesting)
        self._done.setVisible(total > 0)
        self._next.setText(self.tr("Next: {title}").format(title=following[0]) if following else "")
        self._next_line.setText(following[1] if following else "")


class Inspector(Ground):
    """The panel that decides: of the span, a selection, or what is left. Or, instead of it, what was
    (`past`) or the list of all spans (`spans`), as long as somebody wants to see that."""

    turned = Signal()

    def __init__(
        self, bindings: Bindings, labels: Sequence[Label], shown_states: Callable[[], tuple[str, ...]]
    ) -> None:
        super().__init__("panel")
        self.setAccessibleName(self.tr("Suggestion"))
        self.span = SpanPanel(bindings, labels)
        self.selection = SelectionPanel(labels)
        self.rest = RestPanel(bindings)
        self.past: PastPanel = PastPanel(bindings.key("past"))
        self.spans: SpanList = SpanList(bindings.key("spans"), shown_states)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._made_with = bindings, labels
        self._decides: QWidget = self.rest
        self._instead: QWidget | None = None
        self._stays: QWidget | None = None
        self._shown: dict[QWidget, QWidget] = {self.spans: self.spans}
        for panel in (self.span, self.selection, self.rest, self.past):
            self._shown[panel] = scrolled(panel, steady=True)
        for widget in self._shown.values():
            self._stack.addWidget(widget)
        for closed in (self.past.closed, self.spans.closed):
            closed.connect(lambda: self.turn(None))

    @cached_property
    def compare(self) -> ComparePanel:
        """Both versions of a difference; made when somebody compares."""
        from annotator.ui.compare_panel import ComparePanel

        made = ComparePanel(*self._made_with)
        self._shown[made] = made
        self._stack.addWidget(made)
        return made

    def stay_at(self, panel: QWidget | None) -> None:
        """Show a panel wherever the one that decides would be, or (None) no longer."""
        self._stays = panel
        self.turn(None)

    def show_panel(self, panel: QWidget) -> None:
        """Which panel decides; it is in sight unless another one is wanted instead."""
        self._decides = panel
        self._stack.setCurrentWidget(self._shown[self._instead or self._stays or panel])

    def shows(self, panel: QWidget) -> bool:
        return self._stack.currentWidget() is self._shown[panel]

    def turn(self, panel: QWidget | None) -> None:
        """Show the past or the list of spans instead of what decides, or (None) no longer."""
        self._instead = panel
        self.show_panel(self._decides)
        self.turned.emit()
