"""Find in all articles: words or spans, each in its line, and decisions on all that are ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from annotator.domain.models import ACCEPTED, BAND, REJECTED, SUGGESTED, Entity, Label
from annotator.errors import UserError
from annotator.session.finding import ACCEPT, DELETE, LABEL, REJECT, Act
from annotator.store.finding import Found, Spot, Wanted
from annotator.ui import theme, wording
from annotator.ui.field import Field
from annotator.ui.hints import Hint
from annotator.ui.kit import Button, Cut, Segments, column, frame, label, line, row, tool
from annotator.ui.label_picks import LabelButton
from annotator.ui.overlay import Overlay
from annotator.ui.picker import Picker
from annotator.ui.quote import Passage
from annotator.ui.seeking import Seeking
from annotator.ui.ticks import Place, TickList

_TYPING = 60
"""Milliseconds without a key before it is looked for."""
_STATES = (None, SUGGESTED, ACCEPTED, REJECTED)

Decide = Callable[[Act, Wanted, list[Spot], bool], object]
"""What to do, with what was looked for: the ticked places, or (True) all but those."""
ChooseEntity = Callable[[Callable[[Entity], object]], object]


class _Hits(TickList):
    """Digits and letters of labels label what is ticked, X rejects, Delete deletes, Ctrl+Enter accepts."""

    acted = Signal(object)

    def __init__(self, name: str, labels: Sequence[Label]) -> None:
        super().__init__(name)
        self._keys = {found.key.lower(): found.id for found in labels if found.key}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and held & Qt.KeyboardModifier.ControlModifier:
            self.acted.emit(Act(ACCEPT))
        elif key == Qt.Key.Key_Delete:
            self.acted.emit(Act(DELETE))
        elif key == Qt.Key.Key_X and not held:
            self.acted.emit(Act(REJECT))
        elif event.text().lower() in self._keys and event.text():
            self.acted.emit(Act(LABEL, self._keys[event.text().lower()]))
        else:
            super().keyPressEvent(event)


class FindCard(Overlay):
    """It answers as somebody types. The card stays open over a decision, and shows what is true then."""

    def __init__(
        self,
        window: QWidget,
        path: Path,
        labels: Sequence[Label],
        decide: Decide,
        open_place: Callable[[Spot], object],
        choose_entity: ChooseEntity,
        words: str = "",
    ) -> None:
        super().__init__(window, 1120, 720)
        self._labels = {found.id: found for found in labels}
        self._decide, self._open_place, self._choose_entity = decide, open_place, choose_entity
        self._entity: Entity | None = None
        self._found: Sequence[Found] = ()
        self._asked, self._answered, self._count = 0, 0, 0
        self._question = Wanted("")
        """What the list answers; the fields may have more by now."""
        self._seeking = Seeking(path)
        self._seeking.listed.connect(self._show)
        self._seeking.counted.connect(self._show_total)
        self._seeking.failed.connect(self._fail)
        self._seeking.origins.connect(self._show_origins)
        self._seeking.start()
        self._typing = QTimer(self, interval=_TYPING, singleShot=True)
        self._typing.timeout.connect(self.look)
        self._build(labels)
        self._field.setText(words)
        self._field.selectAll()
        self.open(self._field)
        self.look()

    def close_card(self) -> None:
        self._typing.stop()
        self._seeking.stop()
        super().close_card()

    def wanted(self) -> Wanted:
        """What the fields ask for."""
        states = (*_STATES, None)
        label_at, origin_at, state_at = self._label.at(), self._origin.at(), self._state.at()
        return Wanted(
            self._field.text(),
            spans=self._where.on() == 1,
            label=[*self._labels][label_at - 1] if label_at else None,
            state=states[state_at],
            origin=self._origins[origin_at - 1] if origin_at else None,
            entity=self._entity.id if self._entity is not None else None,
            flagged=state_at == len(_STATES),
        )

    def say(self, words: str) -> None:
        """What the last act did, or how far it is."""
        self._last.setText(words)

    def look(self) -> None:
        """Look for what is asked for, again."""
        self._question = self.wanted()
        self._asked = self._seeking.ask(self._question)

    def is_answered(self) -> bool:
        """Whether what is listed and counted is what is asked for."""
        return self._answered == self._asked and not self._typing.isActive()

    # Building

    def _build(self, labels: Sequence[Label]) -> None:
        head = row(
            label(self.tr("Find in all articles"), "head"),
            None,
            tool("x", self.tr("Close"), "Esc", self.close_card),
            margins=(24, 0, 12, 0),
        )
        self._list = _Hits(self.tr("Places found"), labels)
        self._list.changed.connect(self._show_ticked)
        self._list.opened.connect(self._open)
        self._list.acted.connect(self._act)
        self._said = label("", "second", wrap=True)
        self._nothing = frame(row(self._said, margins=(24, 12, 24, 12)))
        box = column(frame(head, height=56), self._filters(labels), line(), 4, gap=0)
        box.addWidget(self._nothing)
        box.addWidget(self._list, 1)
        box.addWidget(line())
        box.addLayout(self._foot(labels))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Find in all articles"))

    def _filters(self, labels: Sequence[Label]) -> QWidget:
        self._field = Field(self.tr("Words, the last one may be begun"), "search")
        self._field.textChanged.connect(lambda _: self._typing.start())
        self._field.returnPressed.connect(self._to_list)
        self._where = Segments([self.tr("Texts"), self.tr("Spans")])
        self._where.chosen.connect(lambda _: self.look())
        self._label = Picker(self.tr("Label"), [self.tr("Any label"), *map(wording.label_name, labels)])
        states = (self.tr("Suggested"), self.tr("Accepted"), self.tr("Rejected"), self.tr("Flagged"))
        self._state = Picker(self.tr("State"), [self.tr("Any state"), *states])
        self._origins: list[str] = []
        self._origin = Picker(self.tr("Made by"), [self.tr("Made by anybody")])
        self._who = Button(self.tr("Any entity"), "user")
        self._who.clicked.connect(lambda _=False: self._ask_entity())
        for choice in (self._label, self._state, self._origin):
            choice.chosen.connect(lambda _: self._narrow())
        filters = row(self._where, self._label, self._state, self._origin, self._who)
        return frame(column(self._field, frame(row(frame(filters), None)), margins=(24, 0, 24, 12)))

    def _foot(self, labels: Sequence[Label]) -> QBoxLayout:
        marks = row(label(self.tr("Label as"), "second"), gap=2, margins=(24, 0, 24, 0))
        self._acts: list[QWidget] = []
        for one in labels[:9]:
            button = LabelButton(one, framed=False)
            button.clicked.connect(lambda _=False, number=one.id: self._act(Act(LABEL, number)))
            marks.addWidget(button)
            self._acts.append(button)
        marks.addStretch(1)
        marks.setSpacing(theme.current().px(8))
        for keys, words in (("Space", self.tr("tick")), ("A", self.tr("all")), ("0", self.tr("none"))):
            marks.addWidget(Hint([keys], words))
        marks.addWidget(Hint(["↵"], self.tr("open")))
        self._counted, self._last = label("", "second"), Cut("", "strong")
        buttons = [
            Button(self.tr("Delete"), "trash-2", key="Del"),
            Button(self.tr("Reject"), "x", key="X"),
            Button(self.tr("Accept"), "check", "primary", "Ctrl ↵"),
        ]
        for button_, kind in zip(buttons, (DELETE, REJECT, ACCEPT), strict=True):
            button_.clicked.connect(lambda _=False, kind=kind: self._act(Act(kind)))
        self._acts += buttons
        below = row(self._counted, gap=12, margins=(24, 0, 24, 0))
        below.addWidget(self._last, 1)
        for button_ in buttons:
            below.addWidget(button_)
        return column(frame(marks, height=44), line(), frame(below, height=56), gap=0)

    # Asking

    def _narrow(self) -> None:
        """A filter of spans was set: spans are meant."""
        self._where.set_on(1)
        self.look()

    def _ask_entity(self) -> None:
        if self._entity is not None:
            self._put_entity(None)
        else:
            self._choose_entity(self._put_entity)

    def _put_entity(self, entity: Entity | None) -> None:
        self._entity = entity
        self._who.setText(wording.plain(entity.name, 24) if entity is not None else self.tr("Any entity"))
        self._who.set_icon("x" if entity is not None else "user")
        self._narrow()

    def _show_origins(self, origins: Sequence[str]) -> None:
        self._origins = [*origins]
        self._origin.put([self.tr("Made by anybody"), *origins])

    # Answers

    def _show(self, number: int, found: Sequence[Found]) -> None:
        if number != self._asked:
            return
        self._found, self._count = found, len(found)
        self._list.put([self._row(one) for one in found], [False] * len(found))
        nothing = self.tr("Nothing fits. Take a word or a filter away.")
        if not self._question.spans and not self._question.words.strip():
            nothing = self.tr(
                "Type words that stand in the articles, or choose Spans and a label, state, maker or entity."
            )
        self._said.setText("" if found else nothing)
        self._nothing.setVisible(not found)

    def _show_total(self, number: int, count: int) -> None:
        if number == self._asked:
            self._answered, self._count = number, count
            self._show_ticked()

    def _fail(self, number: int, error: UserError) -> None:
        if number == self._asked:
            self._found, self._count = (), 0
            self._list.put((), ())
            self._said.setText(wording.said(error))
            self._nothing.show()

    def _row(self, one: Found) -> Place:
        spot = one.spot
        shown = self._labels.get(spot.label) if spot.label is not None else None
        note = f"{wording.label_name(shown)}, {wording.state(spot.state or SUGGESTED)}" if shown else ""
        band, hue = (shown.style == BAND, shown.hue) if shown is not None else (False, None)
        where = wording.where(one.title or one.name, one.source, one.date)
        return Place(
            where, note, Passage(wording.tail(one.before, 60), one.text, wording.head(one.after), hue, band)
        )

    # Deciding

    def _show_ticked(self) -> None:
        ticked = self._ticked()
        total = f"{self._count:n}"
        shown = len(self._found)
        words = wording.counted(self._count, self.tr("1 place"), self.tr("{n} places")).replace(
            str(self._count), total, 1
        )
        if shown < self._count:
            words += self.tr(", the first {shown} are listed").format(shown=f"{shown:n}")
        if ticked:
            words = self.tr("{ticked} ticked of {words}").format(ticked=f"{ticked:n}", words=words)
        self._counted.setText(words if self._count else "")
        for one in self._acts:
            one.setEnabled(bool(self._found))

    def _ticked(self) -> int:
        """How many are ticked; where all were, those that are not listed as well."""
        shown = len(self._list.ticked())
        return shown + self._count - len(self._found) if self._list.all_at_once and shown else shown

    def _act(self, act: Act) -> None:
        """Decide on what is ticked; without a tick on the current line."""
        rows = self._list.ticked()
        if self._list.all_at_once and rows and len(self._found) < self._count:
            ticked = set(rows)
            self._decide(
                act,
                self.wanted(),
                [one.spot for number, one in enumerate(self._found) if number not in ticked],
                True,
            )
            return
        rows = rows or [self._list.currentIndex().row()]
        chosen = [self._found[number].spot for number in rows if 0 <= number < len(self._found)]
        if chosen:
            self._decide(act, self.wanted(), chosen, False)

    def _open(self, number: int) -> None:
        spot = self._found[number].spot
        self.close_card()
        self._open_place(spot)

    def _to_list(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self.look()
        self._list.setFocus(Qt.FocusReason.TabFocusReason)
