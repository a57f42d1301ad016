"""The entities of the project as a list: by label and name, the most mentioned first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.models import Label
from annotator.session import Session
from annotator.store.entity_reading import EntityRow
from annotator.ui import lists, paint, theme, wording
from annotator.ui.field import Field
from annotator.ui.ground import Ground
from annotator.ui.kit import column, frame, label, line, row
from annotator.ui.lists import Index, rect_of, states
from annotator.ui.picker import Picker

PAGE = 200
"""Rows that are read at a time."""
ROW = 52
_TYPING = 120
"""Milliseconds without a key before the list is filtered."""


def mentioned(found: EntityRow) -> str:
    """How often it is mentioned, in how many articles; what is only proposed says so."""
    if not found.accepted:
        return wording.counted(found.suggested, _tr("1 mention proposed"), _tr("{n} mentions proposed"))
    return wording.spread(found.accepted, found.articles)


class EntityModel(QAbstractListModel):
    """Entities that pass the filter; pages are read when they are shown."""

    def __init__(self, session: Session, labels: Sequence[Label], label: int | None) -> None:
        super().__init__()
        self._session = session
        self.labels = {one.id: one for one in labels}
        self._label = label
        self._words = ""
        self._pages: dict[int, list[EntityRow]] = {}
        self._count = 0
        self.reload()

    def filter(self, label: int | None, words: str) -> None:
        self._label, self._words = label, words
        self.reload()

    def reload(self) -> None:
        self.beginResetModel()
        self._pages.clear()
        self._count = self._session.store.entity_count(self._label, self._words)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def row(self, number: int) -> EntityRow | None:
        page, place = divmod(number, PAGE)
        if page not in self._pages:
            self._pages[page] = self._session.store.entity_rows(
                self._label, self._words, by="mentions", limit=PAGE, offset=page * PAGE
            )
        found = self._pages[page]
        return found[place] if place < len(found) else None

    def number_of(self, entity: int) -> int | None:
        """The row of an entity, as far as rows were read."""
        for page, found in self._pages.items():
            for place, one in enumerate(found):
                if one.id == entity:
                    return page * PAGE + place
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self.row(index.row())
        if found is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return found, self.labels[found.label]
        if role == Qt.ItemDataRole.ToolTipRole:
            return found.name
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{found.name}, {wording.label_name(self.labels[found.label])}, {mentioned(found)}"
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        given = index.data(Qt.ItemDataRole.UserRole)
        if given is None:
            return
        found, its_label = given
        now = theme.current()
        rect = rect_of(option)
        picked, hovered, focused = states(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.row_ground(painter, rect, picked, hovered, focused)
        left, right = rect.x() + now.px(20), rect.right() - now.px(20)
        side = now.px(12)
        paint.swatch(
            painter, QRectF(left, rect.y() + now.px(12), side, side), now.label(its_label.hue).strong
        )
        left += now.px(24)
        right -= self._open(painter, found, right, rect)
        first = QRectF(left, rect.y() + now.px(7), right - left, now.px(20))
        paint.text(painter, first, found.name, now.font("strong" if picked else "medium"))
        second = first.translated(0, now.px(19))
        words = " · ".join(filter(None, (found.value, mentioned(found))))
        paint.text(painter, second, words, now.font("small"), "ink2" if picked else "ink3")
        painter.restore()

    def _open(self, painter: QPainter, found: EntityRow, right: float, rect: QRectF) -> float:
        """A pill with the number of proposed mentions, where some are decided; its width."""
        if not found.suggested or not found.accepted:
            return 0.0
        now = theme.current()
        words, font = f"{found.suggested} ?", now.font("caption")
        wide, high = paint.width(words, font) + now.px(14), now.px(20)
        pill = QRectF(right - wide, rect.center().y() - high / 2, wide, high)
        paint.rounded(painter, pill, high / 2, now.color("raised"), now.color("edge"))
        paint.text(painter, pill, words, font, "ink2", align=paint.CENTER)
        return wide + now.px(8)


class EntityList(Ground):
    """The list with its filter. `chosen` tells the entity that is current, None where none is."""

    chosen = Signal(object)
    opened = Signal(int)

    def __init__(self, session: Session, labels: Sequence[Label], *, every: bool = True) -> None:
        """Entities of these labels; `every`: they are all there are, and can be listed together."""
        super().__init__("panel")
        self._choices: list[int | None] = [*([None] if every else []), *(one.id for one in labels)] or [-1]
        self.model = EntityModel(session, labels, self._choices[0])
        self.list = lists.view(self.tr("Entities"), _Delegate())
        self.list.setUniformItemSizes(True)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._tell(index))
        self.field = Field(self.tr("Filter by name"), "filter")
        self._typing = QTimer(self, interval=_TYPING, singleShot=True)
        self._typing.timeout.connect(self._filter)
        self.field.textChanged.connect(lambda _: self._typing.start())
        self.field.returnPressed.connect(self._to_list)
        names = [*([self.tr("Any label")] if every else []), *map(wording.label_name, labels)]
        self._kinds = Picker(self.tr("Label"), names or [""])
        self._kinds.chosen.connect(lambda _: self._filter())
        if len(self._choices) == 1:
            self._kinds.hide()
        self._count = label("", "small")
        self._nothing = label("", "small", wrap=True)
        self._empty = frame(column(self._nothing, margins=(16, 12, 12, 4)))
        head = frame(
            row(
                label(self.tr("Entities") if every else self.tr("Allegations"), "title"),
                self._count,
                None,
                margins=(16, 0, 8, 0),
            ),
            height=48,
        )
        box = column(
            head,
            frame(row(self.field, margins=(12, 0, 12, 8))),
            frame(row(self._kinds, None, margins=(12, 0, 12, 8))),
            line(),
            self._empty,
            gap=0,
        )
        box.addWidget(self.list, 1)
        self.setLayout(box)
        self._show_counts()

    def current(self) -> int | None:
        found = self.model.row(self.list.currentIndex().row()) if self.list.currentIndex().isValid() else None
        return found.id if found is not None else None

    def show_entity(self, entity: int | None) -> None:
        """Make an entity current; one that the filter hides, or nobody read yet, shows no row."""
        number = self.model.number_of(entity) if entity is not None else None
        index = self.model.index(number, 0) if number is not None else QModelIndex()
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if index.isValid():
            self.list.scrollTo(index)

    def select_first(self) -> None:
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))

    def reload(self) -> None:
        """Read everything again; the entity that was current stays so where it is there."""
        current = self.current()
        scroll = self.list.verticalScrollBar().value()
        blocked = self.list.selectionModel().blockSignals(True)
        self.model.reload()
        if current is not None:
            self.model.row(0)
            number = self.model.number_of(current)
            if number is not None:
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.list.selectionModel().setCurrentIndex(self.model.index(number, 0), flag)
        self.list.selectionModel().blockSignals(blocked)
        self.list.verticalScrollBar().setValue(scroll)
        self.list.viewport().update()
        self._show_counts()

    def let_go(self) -> None:
        """The project is closed: nothing is read any more."""
        self._typing.stop()

    def _filter(self) -> None:
        self._typing.stop()
        kind = self._choices[self._kinds.at()]
        self.model.filter(kind, self.field.text().strip())
        self._show_counts()
        self.select_first()

    def _to_list(self) -> None:
        self._filter()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, index: QModelIndex) -> None:
        found = self.model.row(index.row()) if index.isValid() else None
        self.chosen.emit(found.id if found is not None else None)

    def _show_counts(self) -> None:
        count = self.model.rowCount()
        self._count.setText(str(count))
        words = self.field.text().strip()
        if words:
            self._nothing.setText(self.tr("Nothing matches “{text}”.").format(text=words))
        else:
            self._nothing.setText(
                self.tr(
                    "None yet. Link a span in an article, or let the program propose links (Ctrl+Shift+P)."
                )
            )
        self._empty.setVisible(not count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("EntityList", text)
