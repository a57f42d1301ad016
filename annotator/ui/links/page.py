"""The page of entities: the list, one of them whole, and the queue of pairs that may be the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.domain.changes import Changed
from annotator.session import Session
from annotator.session.sameness import Question
from annotator.ui import theme
from annotator.ui.actions import Call, Needs
from annotator.ui.bindings import Bindings
from annotator.ui.kit import column, frame, scrolled
from annotator.ui.links.entity_list import EntityList
from annotator.ui.links.entity_view import Choose, EntityView
from annotator.ui.links.questions import Questions

_REST = 300
"""Milliseconds after a change before the list is read again."""

Ask = Callable[[Path, Callable[[list[Question]], object]], object]
"""Look for pairs in the background, then give them."""


class LinksPage(QWidget):
    """`opened` asks for a mention in its article."""

    keys = (
        "question.same",
        "question.different",
        "entity.tick",
        "entity.split",
        "entity.move",
        "entity.edit",
    )
    opened = Signal(int, int)
    needs_changed = Signal()

    def __init__(
        self, session: Session, bindings: Bindings, attempt: Callable[[Call], None], choose: Choose, ask: Ask
    ) -> None:
        super().__init__()
        self._session, self._ask = session, ask
        self.entities: EntityList = EntityList(session, session.labels())
        self.view: EntityView = EntityView(session, bindings, attempt, choose)
        self.questions: Questions = Questions(session, bindings, attempt)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        panel = frame(column(scrolled(self.questions), gap=0), "panel")
        for part, least in ((self.entities, 280), (self.view, 440), (panel, 300)):
            part.setMinimumWidth(theme.current().px(least))
            self._split.addWidget(part)
        for place, stretch in enumerate((0, 1, 0)):
            self._split.setStretchFactor(place, stretch)
        self._split.setSizes([theme.current().px(wide) for wide in (288, 800, 352)])
        self.setLayout(column(self._split, gap=0))
        self._resting = QTimer(self, interval=_REST, singleShot=True)
        self._resting.timeout.connect(self._read_again)
        self._asked = self._stale = False
        self._shown: int | None = None
        self.entities.chosen.connect(self._choose_entity)
        self.entities.list.activated.connect(lambda _: self.view.list.setFocus())
        self.view.opened.connect(self.opened)
        self.questions.entity_asked.connect(self._follow_question)
        self._forget = session.changed.connect(self._changed)

    def enter(self) -> None:
        """The page comes to the front: what changed meanwhile is read, and pairs are looked for."""
        if self._stale:
            self._read_again()
        if not self._asked:
            self._asked = True
            self.questions.show_waiting()
            self._ask(self._session.store.path, self._put_questions)
        if self.view.entity is None:
            self.entities.select_first()
        self.entities.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_entity(self, entity: int) -> None:
        """Show one, whatever the list shows."""
        self._shown = entity
        self.entities.show_entity(entity)
        self.view.show_entity(entity)
        self.view.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.needs_changed.emit()

    def let_go(self) -> None:
        """The project is closed: nothing is read any more."""
        self._forget()
        self._resting.stop()
        self.entities.let_go()

    def step_back(self) -> bool:
        """One layer back: the fields of the entity, then the list."""
        if self.view.close_form():
            return True
        if not self.entities.list.hasFocus():
            self.entities.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def held(self) -> set[Needs]:
        held = set[Needs]()
        if self.view.entity is not None:
            held.add(Needs.ENTITY)
        if self.questions.asks():
            held.add(Needs.QUESTION)
        return held

    def parts(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.entities.list, self.view, self.questions]

    def zone(self) -> list[QWidget]:
        """Where the bare keys of the page work: not in the fields."""
        return [self.entities.list, self.view.list, self.questions]

    def _choose_entity(self, entity: int | None) -> None:
        self._shown = entity
        self.view.show_entity(entity)
        self.needs_changed.emit()

    def _follow_question(self, entity: int) -> None:
        """The question that is open is about this one: it is shown, so that the answer can be seen."""
        self._shown = entity
        self.entities.show_entity(entity)
        self.view.show_entity(entity)
        self.needs_changed.emit()

    def _put_questions(self, found: list[Question]) -> None:
        self.questions.put(found)
        self.needs_changed.emit()

    def _changed(self, changed: Changed) -> None:
        """What was committed: the view at once, the list after a rest, the questions where they are old."""
        gone = {row.id for row in changed.rows if row.table == "entity" and row.after is None}
        self.questions.drop(gone)
        if changed.kind not in ("do", "redo"):
            self._asked = False  # an undo or another program may have opened questions again
        if not self.isVisible():
            self._stale = True
            return
        if self._shown is not None:
            self.view.show_entity(self._shown)
        self._resting.start()
        self.needs_changed.emit()

    def _read_again(self) -> None:
        self._stale = False
        self.entities.reload()
        if self._shown is not None and self.view.entity is None:
            self._shown = None
            self.entities.select_first()
        elif self._shown is not None:
            self.view.show_entity(self._shown)
        if not self._asked and self.isVisible():
            self._asked = True
            self._ask(self._session.store.path, self._put_questions)
