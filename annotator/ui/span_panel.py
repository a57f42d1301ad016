"""The panel for the span in focus, in the order of the decision: which, what was said, yes or no, who."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.article import Article
from annotator.domain.changes import Message
from annotator.domain.models import (
    ACCEPTED,
    BAND,
    KIND_CLAIM,
    KIND_DATE,
    REJECTED,
    STATES,
    SUGGESTED,
    Label,
    RoleType,
    Span,
)
from annotator.ui import quote, wording
from annotator.ui.action_table import CANDIDATES
from annotator.ui.bindings import Bindings
from annotator.ui.candidates import Candidates, Card
from annotator.ui.field import Field
from annotator.ui.hints import Hint
from annotator.ui.kit import Cut, Icon, column, frame, label, line, row
from annotator.ui.label_picks import LabelPicks
from annotator.ui.mentions import Mention, Mentions
from annotator.ui.quote import Passage, Quote
from annotator.ui.roles import RolesBlock

CONTEXT = 40
"""Characters of the article that a quotation shows before and after the span."""


class NoteField(Field):
    """Enter or leaving stores the note; Esc puts the old one back. `stored`: of which span, the words."""

    stored = Signal(int, str)
    left = Signal()

    def __init__(self, placeholder: str, key: str) -> None:
        super().__init__(placeholder, "sticky-note", key)
        self._span, self._old = 0, ""
        self.editingFinished.connect(self._store)
        self.returnPressed.connect(self.left)

    def show_note(self, span: int, note: str | None) -> None:
        """Another span's in any case; what is being typed stays."""
        if span != self._span or not self.hasFocus():
            self._span, self._old = span, note or ""
            self.setText(self._old)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._old)
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _store(self) -> None:
        words = self.text().strip()
        if words != self._old:
            self._old = words
            self.stored.emit(self._span, words)
        self.setText(self._old)


class SpanPanel(QWidget):
    """Its blocks keep their place: what is missing leaves a quiet line, not a gap that closes."""

    label_picked = Signal(int)
    candidate_chosen = Signal(int)
    find_asked = Signal()

    def __init__(self, bindings: Bindings, labels: Sequence[Label]) -> None:
        super().__init__()
        self._bindings = bindings
        self._title = label("", "title")
        self._icon = Icon("circle-dashed")
        self._state = label("", "strong")
        self._detail = Cut("", "second")
        self._why = Cut("", "small")
        self._quote = Quote(15, 2)
        self._accept = bindings.button("accept", "primary", self.tr("Accept"), 36)
        self._reject = bindings.button("reject", face=self.tr("Reject"), height=36)
        self._picks = LabelPicks(labels)
        self._picks.picked.connect(self.label_picked)
        self.note = NoteField(self.tr("Add a note"), bindings.key("note"))
        self._who = label("", "section")
        self._digits = label("", "small")
        self.candidates = Candidates(candidate_keys(bindings))
        self.candidates.chosen.connect(self.candidate_chosen)
        self.candidates.armed.connect(self._show_armed)
        self._none = label("", "small", wrap=True)
        self._new = Hint([bindings.key("entity")], "")
        self._new.clicked.connect(bindings["entity"].trigger)
        self._unlink = bindings.button("unlink", "ghost", height=28)
        find = Hint([bindings.key("entity.find")], self.tr("Find another"))
        find.clicked.connect(self.find_asked)
        self.roles = RolesBlock(bindings)
        self._elsewhere = Cut("", "section")
        self._count = label("", "small")
        self.mentions = Mentions()
        self._only = label(self.tr("Only in this article."), "small")
        names = ("past", "spans", "undecided.previous", "undecided.next")
        heads = [bindings.button(name, "tool") for name in names]
        decide = row()
        decide.addWidget(self._accept, 1)
        decide.addWidget(self._reject, 1)
        state = row(self._icon, self._state)
        state.addWidget(self._detail, 1)
        who = row(self._who, None, self._digits, self._unlink)
        elsewhere = row()
        elsewhere.addWidget(self._elsewhere, 1)
        elsewhere.addWidget(self._count)
        box = column(
            frame(row(self._title, None, *heads, gap=4), height=32),
            *(frame(state, height=20), self._why, self._quote, 4, frame(decide), self._picks),
            *(frame(row(self.note, bindings.button("flag", "tool", height=32), gap=4)), 4, line()),
            *(frame(who, height=28), self.candidates, self._none),
            *(frame(row(self._new, None, find, margins=(8, 0, 8, 0)), height=28), self.roles, line()),
            *(frame(elsewhere, height=24), self.mentions, self._only, None),
            margins=(16, 8, 4, 16),
        )
        self.setLayout(box)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # what grows at its foot is painted alone
        self._show_armed(False)

    def show_span(self, article: Article, span: Span) -> None:
        """Everything about the span itself."""
        total = sum(article.count(state) for state in STATES)
        name = self.tr("Suggestion") if span.state == SUGGESTED else self.tr("Span")
        place = article.rank(span, STATES) + 1
        self._title.setText(self.tr("{name} {place} of {total}").format(name=name, place=place, total=total))
        found = article.labels[span.label]
        icon, word = {
            SUGGESTED: ("circle-dashed", self.tr("Suggested")),
            ACCEPTED: ("check", self.tr("Accepted")),
            REJECTED: ("ban", self.tr("Rejected")),
        }[span.state]
        self._icon.show_icon(icon)
        self._state.setText(word)
        self._detail.setText(self._said(article, span))
        before, after = quote.cut(article.text, span.start, span.end, CONTEXT)
        passage = Passage(before, article.text[span.start : span.end], after, found.hue, found.style == BAND)
        self._quote.show_passage(passage, 3 if found.style == BAND else 2)
        self._picks.show_label(span.label)
        self.note.show_note(span.id, span.note)
        kinds = {KIND_DATE: self.tr("Which day?"), KIND_CLAIM: self.tr("Which allegation?")}
        self._who.setText(kinds.get(found.kind, self.tr("Who is it?")))
        self._new.set_words(self.tr("New {label}").format(label=wording.inside(wording.label_name(found))))

    def show_reason(self, why: Message | None) -> None:
        """Why it is suggested, as the suggester said."""
        self._why.setText(wording.said(why) if why is not None else "")

    def show_roles(self, article: Article, span: Span, types: Sequence[RoleType]) -> None:
        """Who is accused, by whom and when; for allegations alone."""
        claim = article.labels[span.label].kind == KIND_CLAIM
        self.roles.setVisible(claim)
        if claim:
            self.roles.show_roles(article, span, types)

    def show_candidates(
        self, cards: Sequence[Card], *, linked: bool, value: str | None = None, undated: bool = False
    ) -> None:
        """`value`: the day that the words of a date mean, as a calendar has it; `undated`: they lean on
        the article's own date, which it does not have.
        """
        self.candidates.show_cards(cards)
        self.candidates.setVisible(bool(cards))
        self._none.setVisible(not cards)
        nothing = self.tr("Nothing known fits. {key} makes one.")
        reckoned = self.tr("{value} by the words and the article’s date. {key} makes it.")
        ask = self.tr("The article has no date to reckon from. {details} gives it one.")
        words = ask if undated else nothing if value is None else reckoned
        ways = {"key": self._bindings.way("entity"), "details": self._bindings.way("details")}
        self._none.setText(words.format(value=value, **ways))
        self._unlink.setVisible(linked)
        self._digits.setVisible(not linked and len(cards) > 1)

    def show_mentions(self, name: str, mentions: Sequence[Mention]) -> None:
        """The same entity in other articles."""
        heading = (
            self.tr("{name} in other articles").format(name=name) if name else self.tr("In other articles")
        )
        self._elsewhere.setText(heading)
        self._count.setText(str(len(mentions)) if mentions else "")
        self.mentions.show_mentions(mentions)
        self.mentions.setVisible(bool(mentions))
        self._only.setVisible(not mentions)

    def _said(self, article: Article, span: Span) -> str:
        """What the model said, and what a person made of it."""
        if span.suggested_by is not None and span.suggested_label is not None:
            was = article.labels[span.suggested_label].name
            if span.suggested_label == span.label and span.suggested_start is not None:
                was = wording.plain(f"“{article.text[span.suggested_start : span.suggested_end]}”", 30)
            return self.tr("was {was} by {origin}").format(was=was, origin=span.suggested_by)
        name = article.labels[span.label].name
        score = f" {span.score:.2f}" if span.score is not None else ""
        origin = span.by or span.origin if span.state != SUGGESTED else span.origin
        return self.tr("{label}{score} by {origin}").format(label=name, score=score, origin=origin)

    def _show_armed(self, armed: bool) -> None:
        calm = self.tr("{key}, then a digit").format(key=self._bindings.way("pick"))
        self._digits.setText(self.tr("Pick with a digit") if armed else calm)


def candidate_keys(bindings: Bindings) -> list[str]:
    """The key of each candidate: the first one's works in the text already."""
    return [bindings.key("link.1"), *(bindings.key(f"pick.{number}") for number in range(2, CANDIDATES + 1))]
