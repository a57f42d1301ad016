"""The differences of one article, a row each: what differs, the words, what each side says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain import conflicts
from annotator.domain.conflicts import Conflict
from annotator.ui import lists, paint, theme, wording
from annotator.ui.lists import Index, rect_of, states

_ROW = 52


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.conflicts: Sequence[Conflict] = ()

    def put(self, found: Sequence[Conflict]) -> None:
        self.beginResetModel()
        self.conflicts = found
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.conflicts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.conflicts[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return one
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{words_of(one)}: {one.span.text}"
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, hues: Mapping[int, int]) -> None:
        super().__init__()
        self._hues = hues

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: Conflict = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        rect = rect_of(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.row_ground(painter, rect, *states(option))
        inside = rect.adjusted(now.px(24), now.px(7), -now.px(20), 0)
        side = now.px(10)
        square = QRectF(inside.x(), inside.y() + now.px(4), side, side)
        paint.swatch(painter, square, now.label(self._hues[one.span.label]).strong)
        first = QRectF(inside.x() + now.px(18), inside.y(), inside.width() - now.px(18), now.px(18))
        paint.text(painter, first, wording.plain(one.span.text, 60), now.font("medium"), "ink")
        second = QRectF(first.x(), inside.y() + now.px(20), first.width(), now.px(16))
        paint.text(painter, second, words_of(one), now.font("small"), "ink2")
        painter.restore()


class CompareList(QListView):
    """`pressed` tells a key that settles or goes; arrows choose a row. Other keys go no further."""

    pressed = Signal(str)
    chosen = Signal()

    def __init__(self, name: str, hues: Mapping[int, int], keys: Sequence[str]) -> None:
        super().__init__()
        self._model = _Model()
        self._keys = {_combined(key): key for key in keys}
        self.setModel(self._model)
        lists.prepare(self, name, _Delegate(hues))
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())

    def put(self, found: Sequence[Conflict], row: int) -> None:
        """Show these, with one of them chosen."""
        self._model.put(found)
        if found:
            self.setCurrentIndex(self._model.index(min(row, len(found) - 1)))
        self.chosen.emit()

    def conflict(self) -> Conflict | None:
        """The one that is chosen."""
        index = self.currentIndex()
        return self._model.conflicts[index.row()] if index.isValid() else None

    def row(self) -> int:
        return max(0, self.currentIndex().row())

    def event(self, event: QEvent) -> bool:
        # What the window has a key for (undo) is this list's while it has the focus.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self._key(event)
        if key:
            self.pressed.emit(key)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
                             Qt.Key.Key_Home, Qt.Key.Key_End):  # fmt: skip
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _key(self, event: QKeyEvent) -> str:
        return self._keys.get(event.keyCombination().toCombined(), "")


def _combined(key: str) -> int:
    found = QKeySequence(key)[0]  # type: ignore[index]  # PySide6 has it, its types do not
    return int(found.toCombined())


_WORDS: dict[str, Callable[[], str]] = {
    conflicts.MISSING: lambda: _tr("only {name} has it"),
    conflicts.EXTRA: lambda: _tr("{name} does not have it"),
    conflicts.STATE: lambda: _tr("accepted by one, rejected by the other"),
    conflicts.LABEL: lambda: _tr("another label"),
    conflicts.BOUNDS: lambda: _tr("other ends"),
    conflicts.LINK: lambda: _tr("linked to another entity"),
    conflicts.MOD: lambda: _tr("another part of the date"),
    conflicts.ROLE: lambda: _tr("other roles"),
    conflicts.RELATION: lambda: _tr("other relations"),
}


def words_of(conflict: Conflict) -> str:
    """What kind of difference it is."""
    return _WORDS[conflict.kind]().format(name=conflict.reviewer.name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)
