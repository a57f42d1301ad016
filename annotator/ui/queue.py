"""The articles of the project as a list: by words, status, flag and tag, in any order, paged from the store."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListView

from annotator.domain.changes import Changed
from annotator.domain.models import DONE, IN_PROGRESS, NEW
from annotator.session import Session
from annotator.store.listing import WANTED, Asked
from annotator.store.reading import DocumentRow
from annotator.ui import list_menu, lists, queue_rows, theme
from annotator.ui.bindings import Bindings
from annotator.ui.field import Field
from annotator.ui.ground import Ground
from annotator.ui.kit import Button, Cut, Segments, column, frame, label, line, row
from annotator.ui.lists import Index
from annotator.ui.queue_rows import QueueDelegate, RailDelegate

PAGE = 200
"""Rows that are read at a time."""

WIDTH, RAIL = 288, 56
_TYPING = 120
"""Milliseconds without a key before the list is filtered."""
_LATER = 50
"""Milliseconds until rows follow what was decided and which article is open; several changes at once."""

ALL: tuple[str, ...] = ()
TODO = (NEW, IN_PROGRESS)
FINISHED = (DONE,)
_CHOICES = (ALL, TODO, FINISHED)


class QueueModel(QStringListModel):
    """The articles of a list. Their order is read at once, what is shown of them by pages.

    As Qt's own list it has one empty string an article: a view asks for every row whether it is there,
    which costs tens of milliseconds where Python has to answer.
    """

    def __init__(self, session: Session, asked: Asked) -> None:
        super().__init__()
        self._session = session
        self.asked = asked
        self._pages: dict[int, list[DocumentRow]] = {}
        self._numbers: dict[int, int] = {}
        self._wanted: dict[int, int] = {}
        self._put(self._listed())

    def ask(self, asked: Asked) -> None:
        """Show other articles, or these in another order."""
        if asked != self.asked:
            if asked.order != self.asked.order:
                self._wanted = {}
            self.asked = asked
            self._put(self._listed())

    def follow(self) -> bool:
        """Read what others changed; whether articles came into the list or went out of it.

        Where none did the list stays as it is, also in its order: somebody is scrolling it.
        """
        listed = self._listed()
        self.drop()
        if set(listed) == self._numbers.keys():
            return False
        self._put(listed)
        return True

    def _listed(self) -> list[int]:
        """The articles in their order. What is wanted is a sum over all spans: it is not made for every letter."""
        store = self._session.store
        if self.asked.order != WANTED:
            return store.listed(self.asked)
        if not self._wanted:
            all_ = store.listed(Asked(order=WANTED))
            self._wanted = {document: number for number, document in enumerate(all_)}
        found = store.listed(self.asked._replace(order=Asked().order))
        return sorted(found, key=lambda document: self._wanted.get(document, len(self._wanted)))

    def _put(self, listed: list[int]) -> None:
        self.drop()
        self._session.listed = listed
        self._numbers = {document: number for number, document in enumerate(listed)}
        self.setStringList([""] * len(listed))

    def refresh(self, documents: Iterable[int]) -> tuple[list[int], bool]:
        """Read the rows of changed articles again: their numbers, and whether a status changed.

        They stay where they are, done or not, and whatever the order; one that was not read yet is not.
        `dataChanged` is not told: a QListView lays out all of itself anew for it.
        """
        places = {one: divmod(self._numbers[one], PAGE) for one in documents if one in self._numbers}
        read = {one: place for one, place in places.items() if place[0] in self._pages}
        changed, status = [], False
        for fresh in self._session.store.document_rows(list(read)) if read else ():
            page, place = read[fresh.id]
            rows = self._pages[page]
            if place < len(rows) and rows[place].id == fresh.id:
                status |= rows[place].status != fresh.status
                rows[place] = fresh
                changed.append(page * PAGE + place)
        return changed, status

    def drop(self) -> None:
        """Any article may have changed: what is shown is read again."""
        self._pages.clear()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self.row(index.row())
        if found is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return found
        if role == Qt.ItemDataRole.ToolTipRole:
            return queue_rows.title(found)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return queue_rows.sentence(found)
        return None

    def row(self, number: int) -> DocumentRow | None:
        """The article of a row."""
        page, place = divmod(number, PAGE)
        if page not in self._pages:
            listed = self._session.listed[page * PAGE : (page + 1) * PAGE]
            self._pages[page] = self._session.store.document_rows(listed)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def number_of(self, document: int) -> int | None:
        """The row of an article."""
        return self._numbers.get(document)


class QueueList(QListView):
    """It paints its own ground, so that Qt moves what is scrolled and paints only what came into sight."""

    def __init__(self) -> None:
        super().__init__()
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.current().color("panel"))
        painter.end()
        super().paintEvent(event)


class Queue(Ground):
    """The list with its filter, 288 px wide, or as a rail of 56 px where the window is narrow."""

    opened = Signal(int)

    def __init__(self, session: Session, bindings: Bindings, asked: Asked) -> None:
        """`asked`: what the list showed when it was left."""
        super().__init__("panel")
        self._session = session
        self.model = QueueModel(session, asked)
        self._delegates = (QueueDelegate(), RailDelegate())
        self.list = QueueList()
        lists.prepare(self.list, self.tr("Articles"), self._delegates[0])
        self._delegates[1].setParent(self.list)
        self.list.setUniformItemSizes(True)
        self.list.setModel(self.model)
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)
        self.field = Field(self.tr("Filter by title, source, text"), "filter")
        self._typing = QTimer(self, interval=_TYPING, singleShot=True)
        self._typing.timeout.connect(self._filter)
        self.field.setText(asked.words)
        self.field.textChanged.connect(lambda _: self._typing.start())
        self.field.returnPressed.connect(self._to_list)
        self._later = QTimer(self, interval=_LATER, singleShot=True)
        self._later.timeout.connect(self._show_rows)
        self._changed: frozenset[int] = frozenset()
        self._moved = False
        self._status = Segments(
            ["", "", ""], _CHOICES.index(asked.statuses) if asked.statuses in _CHOICES else 0
        )
        self._status.chosen.connect(lambda _: self._filter())
        self._nothing = label("", "small", wrap=True)
        self._clear = Button(self.tr("Clear the filter"), kind="ghost")
        self._clear.clicked.connect(self.clear)
        self._how = Cut("", "small")
        self._more = bindings.button("view.order", "tool")
        self._build(bindings)
        self.show_counts()
        self.set_rail(rail=False)

    def follow(self) -> None:
        """Another article is open. Its row is marked a moment later: its text is the answer to the key."""
        if self.list.currentIndex().isValid():
            self._moved = True
            self._soon()
        else:
            self._mark_open()

    def _mark_open(self) -> None:
        self._moved = False
        current = self._session.article
        self._mark(current.document.id if current is not None else None)

    def _mark(self, document: int | None) -> None:
        """Mark the row of an article. It is scrolled into view only where it is out of it."""
        number = self.model.number_of(document) if document is not None else None
        if number is None:
            self.list.setCurrentIndex(QModelIndex())
            return
        index = self.model.index(number, 0)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def _soon(self) -> None:
        if not self._later.isActive():
            self._later.start()

    def place_of(self, document: int) -> tuple[int, int]:
        """Which article it is of how many, counted in what is listed."""
        number = self.model.number_of(document)
        return (number + 1 if number is not None else 0), self.model.rowCount()

    def show_changed(self, changed: Changed) -> None:
        """Follow what was committed: who is in the list at once, what its rows say a moment later."""
        if changed.listed:
            self._follow()
            self.show_counts()
        elif changed.kind == "foreign":  # which other articles are concerned is not known
            self.model.drop()
            self.list.viewport().update()
            if changed.documents:
                self.show_counts()
        self._changed |= changed.documents
        self._soon()

    def _show_rows(self) -> None:
        """What was decided is on the screen already; rows of the list are no part of the answer to a key."""
        if self._moved:
            self._mark_open()
        changed, self._changed = self._changed, frozenset()
        numbers, counted = self.model.refresh(changed)
        for number in numbers:
            self.list.update(self.model.index(number, 0))
        if counted:  # to count all articles takes some milliseconds where they are many
            self.show_counts()

    def let_go(self) -> None:
        """The project is closed: nothing is read any more."""
        self._typing.stop()
        self._later.stop()

    def _follow(self) -> None:
        current = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        bar = self.list.verticalScrollBar()
        top = bar.value()
        if self.model.follow():
            self._mark(current.id if current is not None else None)
            bar.setValue(top)
        else:
            self.list.viewport().update()

    def show_counts(self) -> None:
        """The numbers on the three choices."""
        all_ = self._session.document_count()
        done = self._session.document_count(statuses=FINISHED)
        names = (self.tr("All {n}"), self.tr("To do {n}"), self.tr("Done {n}"))
        counts = (all_, all_ - done, done)
        self._status.set_names(
            [name.format(n=_short(count)) for name, count in zip(names, counts, strict=True)]
        )
        nothing = self.model.rowCount() == 0 and all_ > 0
        self._nothing.setText(self.tr("Nothing matches “{text}”.").format(text=self.field.text()))
        self._nothing.setVisible(nothing and bool(self.field.text()))
        self._empty.setVisible(nothing)
        self._how.setText(list_menu.in_words(self.model.asked))
        self._how.setVisible(bool(self._how.text()))

    def set_rail(self, *, rail: bool) -> None:
        """Show the narrow form."""
        self._wide.setVisible(not rail)
        self._narrow.setVisible(rail)
        self.list.setItemDelegate(self._delegates[1 if rail else 0])

    def clear(self) -> None:
        """Show all articles again."""
        self.field.clear()
        self._status.set_on(0)
        self._ask(Asked(order=self.model.asked.order))

    def choose(self) -> None:
        """Open the menu for the order of the list, and for flags and tags."""
        menu = list_menu.made(self, self.model.asked, self._session.store.tags(), self._ask)
        at = self._more if self._more.isVisible() else self
        menu.popup(at.mapToGlobal(QPoint(0, at.height() if at is self._more else 0)))

    def _filter(self) -> None:
        words, statuses = self.field.text().strip(), _CHOICES[self._status.on()]
        self._ask(self.model.asked._replace(words=words, statuses=statuses))

    def _ask(self, asked: Asked) -> None:
        self._typing.stop()
        self.model.ask(asked)
        self.show_counts()
        self._mark_open()

    def _to_list(self) -> None:
        self._filter()
        if not self.list.currentIndex().isValid() and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self, index: QModelIndex) -> None:
        found = self.model.row(index.row())
        if found is not None:
            self.opened.emit(found.id)

    def _build(self, bindings: Bindings) -> None:
        heading = row(
            label(self.tr("Articles"), "title"),
            None,
            *(bindings.button(name, "tool") for name in ("import", "view.list")),
            gap=4,
            margins=(16, 0, 8, 0),
        )
        head = frame(heading, height=48)
        self._wide = frame(
            column(
                head,
                frame(row(self.field, margins=(12, 0, 12, 8))),
                frame(row(self._status, None, self._more, margins=(12, 0, 8, 8))),
                frame(column(self._how, margins=(16, 0, 12, 0))),
                gap=0,
            )
        )
        self._narrow = frame(row(None, bindings.button("view.list", "tool"), None), height=48)
        self._empty = frame(column(self._nothing, self._clear, margins=(16, 8, 12, 8)))
        box = column(self._wide, self._narrow, line(), self._empty, gap=0)
        box.addSpacing(theme.current().px(4))
        box.addWidget(self.list, 1)
        self.setLayout(box)


def _short(count: int) -> str:
    """A number that has room on a narrow button: from ten thousand on in thousands."""
    return str(count) if count < 10_000 else f"{count // 1000}k"
