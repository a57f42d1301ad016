"""The differences of one article, a row each: what differs, the words, what each side says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
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
    """`chosen`: the row that an arrow or a click chose."""

    chosen = Signal(int)

    def __init__(self, name: str, hues: Mapping[int, int]) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        lists.prepare(self, name, _Delegate(hues))
        self.setUniformItemSizes(True)
        self._telling = True
        self.selectionModel().currentChanged.connect(self._tell)

    def put(self, found: Sequence[Conflict], at: int | None) -> None:
        """Show these, with one of them chosen or none."""
        self._telling = False
        if found is not self._model.conflicts:
            self._model.put(found)
        self.setCurrentIndex(self._model.index(at) if at is not None else QModelIndex())
        self._telling = True

    def _tell(self, index: QModelIndex) -> None:
        if self._telling and index.isValid():
            self.chosen.emit(index.row())


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
