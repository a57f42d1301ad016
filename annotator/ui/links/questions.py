"""“Is this the same?”: pairs of entities that look alike, asked one by one; each answer is remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from annotator.domain.models import BAND, Label
from annotator.session import Session, entities
from annotator.session.sameness import Question
from annotator.store.entity_reading import EntityRow
from annotator.ui import wording
from annotator.ui.actions import Call
from annotator.ui.bindings import Bindings
from annotator.ui.kit import Bar, Cut, column, empty, frame, label, row
from annotator.ui.links.entity_list import mentioned
from annotator.ui.links.entity_view import Chip
from annotator.ui.quote import Passage, Quote

_NEXT = 3
"""Questions that are shown closed below the open one."""


class Questions(QFrame):
    """The queue. Same merges the pair, different keeps it apart; both can be undone."""

    entity_asked = Signal(int)

    def __init__(self, session: Session, bindings: Bindings, attempt: Callable[[Call], None]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Same or different"))
        self._session, self._attempt = session, attempt
        self._labels = {one.id: one for one in session.labels()}
        self._questions: Sequence[Question] = ()
        self._at = 0
        self._place = label("", "small")
        self._card = QFrame()
        self._card.setObjectName("card")
        self._same = bindings.button("question.same", "primary", self.tr("Same"), 36)
        self._different = bindings.button("question.different", face=self.tr("Different"), height=36)
        self._fill_card()
        self._nothing = label("", "small", wrap=True)
        self._next_head = label(self.tr("Next"), "section")
        self._rest = column(gap=8)
        heads = [bindings.button(f"question.{way}", "tool") for way in ("previous", "next")]
        box = column(
            frame(row(label(self.tr("Same or different?"), "title"), None, *heads, gap=4), height=32),
            *(self._place, self._card, self._nothing, self._next_head),
            margins=(16, 8, 12, 16),
        )
        box.addLayout(self._rest)
        box.addStretch(1)
        self.setLayout(box)
        self.show_waiting()

    def _fill_card(self) -> None:
        self._chip, self._bar, self._score = Chip(), Bar(6, 40), label("", "second")
        self._names = [Cut("", "strong") for _ in range(2)]
        self._often = [label("", "small") for _ in range(2)]
        self._why = label("", "second", wrap=True)
        self._where = [Cut("", "small") for _ in range(2)]
        self._quotes = [Quote(14, 2) for _ in range(2)]
        self._after = label("", "small", wrap=True)
        decide = row()
        decide.addWidget(self._same, 1)
        decide.addWidget(self._different, 1)
        box = column(
            frame(row(self._chip, None, self._bar, self._score), height=24), gap=4, margins=(12, 10, 12, 12)
        )
        for name, often in zip(self._names, self._often, strict=True):
            pair = row()
            pair.addWidget(name, 1)
            pair.addWidget(often)
            box.addLayout(pair)
        box.addWidget(self._why)
        for where, quote in zip(self._where, self._quotes, strict=True):
            box.addSpacing(4)
            box.addWidget(where)
            box.addWidget(quote)
        box.addSpacing(4)
        box.addLayout(decide)
        box.addWidget(self._after)
        self._card.setLayout(box)

    # What is shown

    def show_waiting(self) -> None:
        """The pairs are looked for."""
        self._show_nothing(self.tr("Looking for names that are alike…"))

    def put(self, questions: Sequence[Question]) -> None:
        """Ask these, the likeliest first."""
        self._questions, self._at = questions, 0
        self._show()

    def asks(self) -> bool:
        """Whether a question is open."""
        return self._at < len(self._questions)

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) question without an answer."""
        if self._questions:
            self._at = (self._at + step) % len(self._questions)
            self._show()
            self._follow()

    def drop(self, entities: set[int]) -> None:
        """Questions about these are out of date."""
        at = self._questions[self._at] if self.asks() else None
        kept = [one for one in self._questions if not {one.pair.first, one.pair.second} & entities]
        if len(kept) != len(self._questions):
            before = sum(1 for one in self._questions[: self._at] if one in kept)
            self._questions = kept
            self._at = before if at not in kept else kept.index(at)
            self._at = min(self._at, max(0, len(kept) - 1))
            self._show()

    def _show(self) -> None:
        if not self.asks():
            self._show_nothing(
                self.tr("Nothing looks alike. New names are compared when this page is opened.")
            )
            return
        question = self._questions[self._at]
        total = len(self._questions)
        self._place.setText(
            self.tr("Question {n} of {total}, by likelihood").format(n=self._at + 1, total=total)
        )
        self._card.show()
        self._nothing.hide()
        self._chip.show_label(self._labels[question.first.label])
        self._bar.set_part(question.pair.score)
        self._score.setText(f"{question.pair.score:.2f}")
        self._why.setText("+ " + wording.said(question.pair.why))
        sides = (question.first, question.second)
        for number, one in enumerate(sides):
            self._names[number].setText(one.name)
            self._often[number].setText(mentioned(one))
            self._quote(number, one)
        fewer = question.second.accepted + question.second.suggested
        moved = wording.counted(fewer, self.tr("Same moves 1 mention."), self.tr("Same moves {n} mentions."))
        self._after.setText(moved + " " + self.tr("Undo any time."))
        self._show_rest()

    def _follow(self) -> None:
        """Whoever answers sees whom the question is about; one that only comes up takes no page away."""
        if self.asks():
            self.entity_asked.emit(self._questions[self._at].first.id)

    def _quote(self, number: int, one: EntityRow) -> None:
        """Where it stands first, with the words around."""
        found = self._session.mentions(one.id, 1)
        self._where[number].setVisible(bool(found))
        self._quotes[number].setVisible(bool(found))
        if found:
            mention, its_label = found[0], self._labels[one.label]
            where = wording.where(mention.title or mention.document, mention.source, mention.date)
            self._where[number].setText(where)
            before = wording.tail(mention.before, 36)
            passage = Passage(
                before, mention.span.text, mention.after, its_label.hue, its_label.style == BAND
            )
            self._quotes[number].show_passage(passage)

    def _show_rest(self) -> None:
        empty(self._rest)
        following = self._questions[self._at + 1 : self._at + 1 + _NEXT]
        self._next_head.setVisible(bool(following))
        for one in following:
            self._rest.addWidget(_closed(one, self._labels[one.first.label]))

    def _show_nothing(self, words: str) -> None:
        self._card.hide()
        self._next_head.hide()
        empty(self._rest)
        self._place.setText("")
        self._nothing.setText(words)
        self._nothing.show()

    # The answers

    def same(self) -> None:
        """Merge the pair."""
        if self.asks():
            pair = self._questions[self._at].pair
            self._attempt(lambda _: entities.merge(self._session, pair.first, pair.second))
            self._follow()

    def different(self) -> None:
        """Keep the two apart, for good."""
        if self.asks():
            pair = self._questions[self._at].pair
            self._attempt(lambda _: entities.tell_apart(self._session, pair.first, pair.second))
            self._answered(pair.first, pair.second)
            self._follow()

    def _answered(self, first: int, second: int) -> None:
        self._questions = [
            one for one in self._questions if (one.pair.first, one.pair.second) != (first, second)
        ]
        self._at = min(self._at, max(0, len(self._questions) - 1))
        self._show()


def _closed(question: Question, its_label: Label) -> QFrame:
    """A question that waits: who, and why."""
    chip = Chip()
    chip.show_label(its_label)
    score = label(f"{question.pair.score:.2f}", "second")
    return frame(
        column(
            frame(row(chip, None, score), height=22),
            Cut(question.first.name, "strong"),
            Cut(question.second.name, "strong"),
            Cut(wording.said(question.pair.why), "small"),
            gap=4,
            margins=(12, 10, 12, 10),
        ),
        "card",
    )
