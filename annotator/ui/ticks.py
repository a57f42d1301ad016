"""A list of places in articles, each with a tick: where it is, a word about it, the words in their line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui import lists, paint, theme
from annotator.ui.lists import Index, rect_of, states
from annotator.ui.quote import Layout, Passage

_ROW, _SIZE = 52, 14


class Place(NamedTuple):
    """One row. The tick has the colour of the passage's label, or ink."""

    where: str
    note: str
    passage: Passage


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.places: Sequence[Place] = ()
        self.ticked: list[bool] = []

    def put(self, places: Sequence[Place], ticked: Iterable[bool]) -> None:
        self.beginResetModel()
        self.places, self.ticked = places, list(ticked)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place, ticked = self.places[index.row()], self.ticked[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return place, ticked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            tick = self.tr("ticked") if ticked else self.tr("not ticked")
            before, marked, after = place.passage[:3]
            parts = (tick, place.where, place.note, f"{before}{marked}{after}")
            return ", ".join(part for part in parts if part)
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place, ticked = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        rect = rect_of(option)
        picked, hovered, focused = states(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.row_ground(painter, rect, picked, hovered, focused)
        box = QRectF(rect.x() + now.px(20), rect.y() + now.px(9), now.px(16), now.px(16))
        if ticked:
            strong, on_strong = _tick_colors(place.passage.hue)
            paint.rounded(painter, box, now.px(4), strong)
            paint.tick(painter, box.adjusted(2.5, 2.5, -2.5, -2.5), on_strong)
        else:
            paint.rounded(painter, box, now.px(4), now.color("raised"), now.color("edge"))
        inside = rect.adjusted(now.px(48), now.px(6), -now.px(20), 0)
        font = now.font("small")
        note = paint.width(place.note, font) + now.px(12) if place.note else 0
        first = QRectF(inside.x(), inside.y(), inside.width(), now.px(18))
        paint.text(painter, first.adjusted(0, 0, -note, 0), place.where, font, "ink2")
        paint.text(painter, first, place.note, font, "ink3", align=paint.RIGHT)
        quote = Layout(place.passage, _SIZE, inside.width(), 1)
        quote.draw(painter, inside.x(), inside.y() + now.px(20), now.color("ink"))
        painter.restore()


def _tick_colors(hue: int | None) -> tuple[QColor, QColor]:
    now = theme.current()
    if hue is None:
        return now.color("accent"), now.color("onaccent")
    colors = now.label(hue)
    return colors.strong, colors.on_strong


class TickList(QListView):
    """Space or a click ticks, A ticks all, 0 none; Enter and a double click are told as `opened`.

    `all_at_once`: all were ticked together, and some may have lost their tick since.
    """

    changed = Signal()
    opened = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = _Model()
        self.all_at_once = False
        self.setModel(self._model)
        lists.prepare(self, name, _Delegate())
        self.setUniformItemSizes(True)
        self.clicked.connect(lambda index: self._set({index.row()}, on=not self._model.ticked[index.row()]))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def put(self, places: Sequence[Place], ticked: Iterable[bool]) -> None:
        """Show other places; the first one is the current one."""
        self._model.put(places, ticked)
        self.all_at_once = False
        if places:
            self.setCurrentIndex(self._model.index(0, 0))
        self.changed.emit()

    def ticked(self) -> list[int]:
        """The rows with a tick."""
        return [number for number, on in enumerate(self._model.ticked) if on]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        if key == Qt.Key.Key_Space and row >= 0:
            self._set({row}, on=not self._model.ticked[row])
        elif key in (Qt.Key.Key_A, Qt.Key.Key_0) and not event.modifiers():
            self.all_at_once = key == Qt.Key.Key_A
            self._set(set(range(len(self._model.places))), on=self.all_at_once)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)

    def _set(self, numbers: set[int], *, on: bool) -> None:
        for number in numbers:
            self._model.ticked[number] = on
        self.viewport().update()
        self.changed.emit()
