"""The panel beside the text while somebody compares: both versions of the difference in focus, and all of the article."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from annotator.domain.conflicts import Conflict
from annotator.domain.models import Label
from annotator.session import Session
from annotator.ui import wording
from annotator.ui.bindings import Bindings
from annotator.ui.compare_list import CompareList, words_of
from annotator.ui.compare_side import Side
from annotator.ui.hints import Hint
from annotator.ui.kit import Cut, column, frame, label, line, row, tool


class ComparePanel(QFrame):
    """A click or an arrow in the list puts the focus on a difference, in the text too."""

    chosen = Signal(int)
    closed = Signal()

    def __init__(self, bindings: Bindings, labels: Sequence[Label]) -> None:
        super().__init__()
        self._count, self._others = label("", "strong"), Cut("", "small")
        self._what = Cut("", "strong")
        self.here = Side(bindings.button("compare.keep"))
        self.there = Side(bindings.button("compare.take"))
        self.list = CompareList(self.tr("Differences"), {one.id: one.hue for one in labels})
        self.list.chosen.connect(self.chosen)
        every = Hint([bindings.key("compare.all")], self.tr("take all of theirs in this article"))
        every.clicked.connect(bindings["compare.all"].trigger)
        close = tool("x", self.tr("Back to the decision"), bindings.key("compare"), self.closed.emit)
        counts = row(self._count)
        counts.addWidget(self._others, 1)
        heads = [bindings.button(name, "tool") for name in ("compare.previous", "compare.next")]
        self._sides = frame(column(self._what, self.here, self.there, frame(row(every, None), height=28)))
        self._none = label("", "body", wrap=True)
        self._next, self._end = bindings.key("compare.next"), bindings.key("compare")
        above = column(
            frame(row(label(self.tr("Differences"), "title"), None, *heads, close, gap=4), height=32),
            *(frame(counts, height=20), self._sides, self._none),
            gap=4,
            margins=(16, 8, 12, 8),
        )
        box = column(frame(above), line(), gap=0)
        box.addWidget(self.list, 1)
        self.setLayout(box)

    def show_differences(self, session: Session, found: Sequence[Conflict], at: int | None) -> None:
        """Those of the open article, and the one in focus in both versions."""
        self.list.put(found, at)
        here = wording.counted(len(found), self.tr("1 difference here"), self.tr("{n} differences here"))
        place = self.tr("{place} of {total} here")
        self._count.setText(here if at is None else place.format(place=at + 1, total=len(found)))
        self._count.setVisible(bool(found))
        self._sides.setVisible(at is not None)
        self._none.setVisible(not found)
        article = session.article
        if at is None or article is None:
            return
        current = found[at]
        self._what.setText(wording.heading(words_of(current)))
        self.here.show_opinion(self.tr("This project"), current.mine, current.span, session, article)
        self.there.show_opinion(current.reviewer.name, current.theirs, current.span, session, article)

    def show_others(self, count: int, *, looking: bool, waiting: bool) -> None:
        """How many other articles differ, as far as it is known; `waiting`: somebody wants to go to one."""
        words = wording.counted(count, self.tr("1 more article differs"), self.tr("{n} more articles differ"))
        if waiting:
            words = self.tr("Looking for the next article that differs…")
        elif looking:
            words = self.tr("{words} so far").format(words=words)
        elif not count:
            words = self.tr("No other article differs")
        self._others.setText(words)
        on = self.tr("{key} goes to the next article that differs.").format(key=self._next)
        end = self.tr("{key} ends comparing.").format(key=self._end)
        settled = self.tr("Every difference in this article is settled.")
        self._none.setText(f"{settled} {on if count or looking else end}")
