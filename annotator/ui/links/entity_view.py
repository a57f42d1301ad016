"""One entity seen whole: its names, what is known of it, every mention, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from annotator.domain.changes import Changed
from annotator.domain.models import KIND_DATE, SUGGESTED, Entity, Label
from annotator.session import Session, entities
from annotator.store.reading import Mention
from annotator.ui import paint, theme, wording
from annotator.ui.actions import Call
from annotator.ui.bindings import Bindings
from annotator.ui.field import Field
from annotator.ui.kit import Cut, Segments, column, frame, label, line, name_tool, row
from annotator.ui.links.concordance import Concordance

_SIDE = 20
MOST = 2000
"""Mentions that are listed."""

Choose = Callable[[Entity, Callable[[Entity], object]], object]
"""Let a person choose another entity of the same label, then do something with it."""


class Chip(QWidget):
    """A label as it stands in lists."""

    def __init__(self) -> None:
        super().__init__()
        self._label: Label | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_label(self, shown: Label) -> None:
        self._label = shown
        self.setAccessibleName(wording.label_name(shown))
        self.setFixedSize(round(paint.chip_width(shown.name)), theme.current().px(20))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._label is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.chip(painter, self.rect().toRectF(), self._label.name, self._label.hue)


class _Form(QWidget):
    """What is known of an entity, as fields. `stored` when one was left that may differ."""

    stored = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.aliases = Field(self.tr("Name")), Field(self.tr("Other names, with commas between"))
        self.value, self.uri = Field(self.tr("2018-03-19, 2018-03, 2016-H1")), Field(self.tr("https://…"))
        self._of = 0
        self.note = QPlainTextEdit()
        self.note.setObjectName("field")
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.current().px(64))
        self.note.installEventFilter(self)
        self._dated = [label(self.tr("Calendar value"), "small"), self.value]
        left = column(
            *self._named(self.tr("Name"), self.name),
            *self._named(self.tr("Other names"), self.aliases),
            gap=4,
        )
        right = column(*self._dated, *self._named(self.tr("In a knowledge base"), self.uri), None, gap=4)
        self.value.setAccessibleName(self.tr("Calendar value"))
        both = row(gap=16, margins=(0, 8, 0, 0))
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        box = column(gap=4, margins=(20, 0, 20, 12))
        box.addLayout(both)
        box.addWidget(label(self.tr("Note"), "small"))
        box.addWidget(self.note)
        self.setLayout(box)
        for field in (self.name, self.aliases, self.value, self.uri):
            field.editingFinished.connect(self.stored)

    def _named(self, words: str, field: Field) -> tuple[QWidget, QWidget]:
        field.setAccessibleName(words)
        return label(words, "small"), field

    def fill(self, entity: Entity, *, dated: bool) -> None:
        """Show what is stored; what is being typed about the same entity stays."""
        another, self._of = entity.id != self._of, entity.id
        for widget in self._dated:
            widget.setVisible(dated)
        names = ", ".join(wording.aliases(entity))
        given = (
            (self.name, entity.name),
            (self.aliases, names),
            (self.value, entity.value),
            (self.uri, entity.uri),
        )
        for field, value in given:
            typed = field.hasFocus() and field.isModified()
            if field.text() != (value or "") and (another or not typed):
                field.setText(value or "")
                field.setCursorPosition(0)
        typed = self.note.hasFocus() and self.note.document().isModified()
        if self.note.toPlainText() != (entity.note or "") and (another or not typed):
            self.note.setPlainText(entity.note or "")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.note and event.type() == QEvent.Type.FocusOut:
            self.stored.emit()
        return False

    def store(self, session: Session, number: int, *, dated: bool) -> None:
        """Store the fields that differ, each as its own decision."""
        for field in (self.name, self.aliases, self.value, self.uri):
            field.setModified(False)
        self.note.document().setModified(False)
        entity = session.store.whole(number).entity
        name, value = self.name.text().strip(), self.value.text().strip()
        given = [one.strip() for one in self.aliases.text().split(",") if one.strip()]
        uri, note = self.uri.text().strip() or None, self.note.toPlainText().strip() or None
        if name and name != entity.name:
            entities.rename(session, number, name)
        if given != list(wording.aliases(entity)):
            entities.set_aliases(session, number, given)
        if uri != entity.uri:
            entities.set_uri(session, number, uri)
        if note != entity.note:
            entities.set_note(session, number, note)
        if dated and value and value != (entity.value or ""):
            entities.set_value(session, number, value)


class EntityView(QWidget):
    """`opened` asks for a mention in its article."""

    opened = Signal(int, int)

    def __init__(
        self, session: Session, bindings: Bindings, attempt: Callable[[Call], None], choose: Choose
    ) -> None:
        super().__init__()
        self._session, self._attempt, self._choose = session, attempt, choose
        self._labels = {one.id: one for one in session.labels()}
        self._entity: Entity | None = None
        self._mentions: list[Mention] = []
        self._name, self._chip, self._about = Cut("", "head"), Chip(), Cut("", "second")
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._form = _Form()
        self._form.hide()
        self._form.stored.connect(self.store)
        self._order = Segments([self.tr("By article"), self.tr("Before it"), self.tr("After it")])
        self._order.chosen.connect(lambda _: self._fill_list())
        self.list: Concordance = Concordance()
        self.list.changed.connect(self._show_ticked)
        self.list.opened.connect(self._open)
        self._edit = bindings.button("entity.edit", "tool")
        self._count = label("", "strong")
        names = ("entity.split", "entity.move", "entity.unlink", "entity.accept")
        faces = (self.tr("Split off"), self.tr("Move to…"), self.tr("Unlink"), self.tr("Accept proposed"))
        self._acts = [bindings.button(name, face=face) for name, face in zip(names, faces, strict=True)]
        self._body = QWidget()
        self._build(bindings)
        self._nothing = label(self.tr("Choose an entity at the left."), "small")
        whole = column(self._body, gap=0)
        whole.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(frame(whole, "page"), gap=0))
        self.show_entity(None)

    def _build(self, bindings: Bindings) -> None:
        title = row(self._name, self._chip, self._edit, None, gap=8)
        head = column(gap=2, margins=(_SIDE, 10, _SIDE, 10))
        head.addLayout(title)
        head.addWidget(self._about)
        merge = bindings.button("entity.merge", face=self.tr("Merge…"))
        evidence = bindings.button("entity.evidence", face=self.tr("Evidence sheet"))
        evidence.set_key("")
        head.addSpacing(4)
        order = row(self._order, None, merge, evidence)
        head.addLayout(order)
        self._faces = [(button, button.text()) for button in (*self._acts, merge, evidence)]
        for button, words in self._faces:
            name_tool(button, words, button.accessibleDescription())
        split, move, unlink, accept = self._acts
        foot = row(self._count, 8, split, move, unlink, None, accept, margins=(_SIDE, 0, _SIDE, 0))
        self._bars = (order, foot)
        box = column(frame(head), line(), self._form, gap=0)
        box.addWidget(self.list, 1)
        box.addWidget(line())
        box.addWidget(frame(foot, "chrome", height=56))
        self._body.setLayout(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the buttons show their icons alone; tooltips have words and key."""
        super().resizeEvent(event)
        for button, words in self._faces:
            button.setText(words)
            button.set_key(button.accessibleDescription())
        if max(bar.sizeHint().width() for bar in self._bars) > self.width() - theme.current().px(2 * _SIDE):
            for button, _ in self._faces:
                button.setText("")
                button.set_key("")

    # What is shown

    @property
    def entity(self) -> Entity | None:
        return self._entity

    def show_entity(self, number: int | None) -> None:
        """Show an entity as it is stored now; None, or one that is gone, shows nothing."""
        found = self._session.entity(number) if number is not None else None
        if self._entity is not None and (found is None or found.id != self._entity.id):
            self._form.hide()
        self._entity = found
        self._body.setVisible(found is not None)
        self._nothing.setVisible(found is None)
        if found is None:
            self._mentions = []
            return
        its_label = self._labels[found.label]
        self._name.setText(wording.plain(found.name, 90))
        self._chip.show_label(its_label)
        self._form.fill(found, dated=its_label.kind == KIND_DATE)
        self._mentions = self._session.mentions(found.id, MOST)
        articles = len({one.span.document for one in self._mentions})
        known = [wording.spread(len(self._mentions), articles), found.value, found.uri]
        names = ", ".join(wording.aliases(found))
        also = self.tr("also {names}").format(names=names) if names else ""
        self._about.setText(" · ".join(part for part in (*known, also) if part))
        self._fill_list()

    def _fill_list(self) -> None:
        if self._entity is not None:
            self.list.put(self._mentions, self._labels[self._entity.label], self._order.on())

    def _show_ticked(self) -> None:
        ticked, total = len(self.list.ticked()), len(self._mentions)
        words = self.tr("{ticked} of {total} ticked").format(ticked=ticked, total=total)
        self._count.setText(
            words if ticked else wording.counted(total, self.tr("1 mention"), self.tr("{n} mentions"))
        )
        proposed = any(one.link_state == SUGGESTED for one in self._mentions)
        for button, on in zip(self._acts, (total > 0, total > 0, total > 0, proposed), strict=True):
            button.setEnabled(on)

    # What is done

    def edit(self) -> None:
        """Open the fields, the name first, or close them."""
        if self._entity is None:
            return
        if self._form.isVisible():
            self.close_form()
        else:
            self._form.show()
            self._form.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._form.name.selectAll()

    def close_form(self) -> bool:
        """Close the fields, what they hold is stored; whether they were open."""
        if not self._form.isVisible():
            return False
        self.store()
        self._form.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def store(self) -> None:
        entity = self._entity
        if entity is not None:
            dated = self._labels[entity.label].kind == KIND_DATE
            self._attempt(lambda _: self._form.store(self._session, entity.id, dated=dated))

    def split_off(self) -> None:
        spans = self._chosen()
        words = next((one.span.text for one in self._mentions if one.span.id in spans[:1]), "")
        self._do(lambda session, number: entities.split(session, number, spans, words), spans)

    def move_ticked(self) -> None:
        entity, spans = self._entity, self._chosen()
        if entity is not None and spans:
            self._choose(
                entity,
                lambda to: self._attempt(lambda _: entities.move(self._session, entity.id, spans, to.id)),
            )

    def unlink(self) -> None:
        spans = self._chosen()
        self._do(lambda session, number: entities.unlink(session, number, spans), spans)

    def accept(self) -> None:
        """Accept the proposed mentions: the ticked ones, else all."""
        ticked = self.list.ticked()
        spans = [
            one.span.id
            for one in self._mentions
            if one.link_state == SUGGESTED and (not ticked or one.span.id in ticked)
        ]
        self._do(lambda session, number: entities.accept_all(session, number, spans), spans)

    def merge(self) -> None:
        entity = self._entity
        if entity is not None:
            self._choose(
                entity,
                lambda other: self._attempt(lambda _: entities.merge(self._session, entity.id, other.id)),
            )

    def _do(self, act: Callable[[Session, int], Changed | None], spans: list[int]) -> None:
        entity = self._entity
        if entity is not None and spans:
            self._attempt(lambda _: act(self._session, entity.id))

    def _chosen(self) -> list[int]:
        """The ticked spans; without any the current one."""
        current = self.list.current()
        return self.list.ticked() or ([current] if current is not None else [])

    def _open(self, number: int) -> None:
        span = self._mentions[number].span
        # Not while the list still handles the key: opening hides it.
        QTimer.singleShot(0, self, lambda: self.opened.emit(span.document, span.id))
