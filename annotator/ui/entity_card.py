"""An entity seen whole: its name and what is known of it, every mention in context over all articles."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QWidget

from annotator.domain.changes import Changed
from annotator.domain.models import BAND, KIND_DATE, SUGGESTED, Entity, Label
from annotator.session import Session, entities
from annotator.store.reading import Mention
from annotator.ui import theme, wording
from annotator.ui.actions import Call
from annotator.ui.field import Field
from annotator.ui.kit import Button, Cut, column, frame, label, line, row, tool
from annotator.ui.overlay import Overlay
from annotator.ui.quote import Passage
from annotator.ui.ticks import Place, TickList

MOST = 2000
"""Mentions that are listed."""

Act = Callable[[Session, int], Changed | None]


class EntityCard(Overlay):
    """Fields store when they are left; the buttons below act on the ticked mentions, each as one step."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        entity: int,
        attempt: Callable[[Call], None],
        open_mention: Callable[[int, int], object],
        choose: Callable[[Entity, Callable[[Entity], object]], object],
    ) -> None:
        super().__init__(window, 1080, 660)
        self._session, self._entity = session, entity
        self._attempt, self._open, self._choose = attempt, open_mention, choose
        self._label: Label = next(
            one for one in session.labels() if one.id == session.store.whole(entity).entity.label
        )
        self._mentions: list[Mention] = []
        self._title = Cut("", "head")
        self._list = TickList(self.tr("Mentions in all articles"))
        self._list.changed.connect(self._show_ticked)
        self._list.opened.connect(self._open_mention)
        body = row(frame(self._form(), width=352), line(vertical=True), gap=0)
        body.addLayout(self._right(), 1)
        head = row(self._title, tool("x", self.tr("Close"), "Esc", self.close_card), margins=(24, 0, 12, 0))
        box = column(frame(head, height=56), line(), gap=0)
        box.addLayout(body, 1)
        self.card.setLayout(box)
        self._fill()
        self.open(self._list)

    def close_card(self) -> None:
        self._store()
        super().close_card()

    def _form(self) -> QBoxLayout:
        self._name, self._aliases = Field(self.tr("Name")), Field(self.tr("Other names, with commas between"))
        self._value, self._uri = Field(self.tr("2018-03-19, 2018-03, 2016-H1")), Field(self.tr("https://…"))
        self._note = QPlainTextEdit()
        self._note.setObjectName("field")
        self._note.setAccessibleName(self.tr("Note"))
        self._note.setTabChangesFocus(True)
        fields = [(self.tr("Name"), self._name), (self.tr("Other names"), self._aliases)]
        if self._label.kind == KIND_DATE:
            fields.append((self.tr("Calendar value"), self._value))
        fields.append((self.tr("In a knowledge base"), self._uri))
        form = column(gap=4, margins=(24, 16, 24, 16))
        for words, field in fields:
            field.setAccessibleName(words)
            field.editingFinished.connect(self._store)
            form.addWidget(label(words, "small"))
            form.addWidget(field)
            form.addSpacing(theme.current().px(6))
        form.addWidget(label(self.tr("Note"), "small"))
        form.addWidget(self._note, 1)
        merge = Button(self.tr("Merge another into this…"), "link-2")
        merge.clicked.connect(lambda _=False: self._choose(self._whole(), self._merge))
        form.addSpacing(theme.current().px(8))
        form.addWidget(merge)
        return form

    def _right(self) -> QBoxLayout:
        def button(words: str, icon: str, act: Callable[[list[int]], object], kind: str = "normal") -> Button:
            made = Button(words, icon, kind)
            made.clicked.connect(lambda _=False: act(self._ticked()))
            return made

        self._acts = [
            button(self.tr("Accept"), "check", lambda spans: self._do(entities.accept_all, spans), "primary"),
            button(self.tr("Unlink"), "unlink", lambda spans: self._do(entities.unlink, spans)),
            button(self.tr("Split off"), "plus", self._split),
            button(self.tr("Move to…"), "arrow-left", self._move),
        ]
        self._count = label("", "second")
        right = column(4, gap=0)
        right.addWidget(self._list, 1)
        right.addWidget(line())
        right.addWidget(frame(row(self._count, None, *self._acts, margins=(20, 0, 16, 0)), height=56))
        return right

    def _whole(self) -> Entity:
        return self._session.store.whole(self._entity).entity

    def _fill(self) -> None:
        """Show the entity as it is stored now."""
        entity = self._whole()
        names = ", ".join(wording.aliases(entity))
        for field, value in (
            (self._name, entity.name),
            (self._aliases, names),
            (self._value, entity.value or ""),
            (self._uri, entity.uri or ""),
        ):
            field.setText(value)
            field.setCursorPosition(0)
        if self._note.toPlainText() != (entity.note or ""):
            self._note.setPlainText(entity.note or "")
        self._title.setText(f"{wording.label_name(self._label)}: {wording.plain(entity.name, 70)}")
        self.card.setAccessibleName(entity.name)
        self._mentions = self._session.mentions(self._entity, MOST)
        band = self._label.style == BAND
        places = [
            Place(
                wording.where(one.title or one.document, one.source, one.date),
                self.tr("proposed") if one.link_state == SUGGESTED else "",
                Passage(wording.tail(one.before), one.span.text, one.after, self._label.hue, band),
            )
            for one in self._mentions
        ]
        self._list.put(places, [False] * len(places))

    def _ticked(self) -> list[int]:
        """The spans with a tick; without any the current one."""
        rows = self._list.ticked() or [self._list.currentIndex().row()]
        return [self._mentions[number].span.id for number in rows if 0 <= number < len(self._mentions)]

    def _show_ticked(self) -> None:
        ticked = len(self._list.ticked())
        shown = wording.counted(len(self._mentions), self.tr("1 mention"), self.tr("{n} mentions"))
        self._count.setText(f"{ticked} / {shown}" if ticked else shown)
        for one in self._acts:
            one.setEnabled(bool(self._mentions))
        self._acts[0].setEnabled(any(one.link_state == SUGGESTED for one in self._mentions))

    def _store(self) -> None:
        """Store the fields that differ, each as its own decision."""
        session, number = self._session, self._entity
        entity = self._whole()
        name, value = self._name.text().strip(), self._value.text().strip()
        given = [one.strip() for one in self._aliases.text().split(",") if one.strip()]

        def store(_window: object) -> None:
            if name and name != entity.name:
                entities.rename(session, number, name)
            if given != list(wording.aliases(entity)):
                entities.set_aliases(session, number, given)
            if self._label.kind == KIND_DATE and value and value != (entity.value or ""):
                entities.set_value(session, number, value)
            entities.set_uri(session, number, self._uri.text().strip() or None)
            entities.set_note(session, number, self._note.toPlainText().strip() or None)

        self._attempt(store)
        self._after()

    def _do(self, act: Callable[[Session, int, list[int]], Changed | None], spans: list[int]) -> None:
        self._attempt(lambda _: act(self._session, self._entity, spans))
        self._after()

    def _split(self, spans: list[int]) -> None:
        words = next(one.span.text for one in self._mentions if one.span.id == spans[0])
        self._attempt(lambda _: entities.split(self._session, self._entity, spans, words))
        self._after()

    def _move(self, spans: list[int]) -> None:
        def move(to: Entity) -> None:
            self._attempt(lambda _: entities.move(self._session, self._entity, spans, to.id))
            self._after()

        self._choose(self._whole(), move)

    def _merge(self, other: Entity) -> None:
        self._attempt(lambda _: entities.merge(self._session, self._entity, other.id))
        self._after()

    def _after(self) -> None:
        """The entity may be gone: with its last mention, or into another one of the same value."""
        if self._session.entity(self._entity) is None:
            super().close_card()
        else:
            self._fill()

    def _open_mention(self, number: int) -> None:
        span = self._mentions[number].span
        self.close_card()
        self._open(span.document, span.id)
