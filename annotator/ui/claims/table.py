"""One alleged conduct, a column an article: who accuses whom, when, how much, how firm, the answer, the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.domain.models import BAND, Label
from annotator.session.conduct import NOTES, Named, Version
from annotator.store.reading import Mention
from annotator.ui import paint, theme, wording
from annotator.ui.lists import Index, rect_of, states
from annotator.ui.quote import Layout, Passage

WIDE, _WIDEST = 250, 500
"""A column at least and at most, in token pixels."""
_WORDS: Final = "words"
_ROLES: Final = ("accuser", "accused", "organisation", "date")
ROWS: Final = (*_ROLES, *NOTES, _WORDS)
_SIDE: Final = 12
_MOST_LINES: Final = 8


class Cell(NamedTuple):
    """What stands in a row of an article, and whether it departs from the first article's."""

    names: Sequence[Named] = ()
    note: str = ""
    words: Sequence[Mention] = ()
    differs: bool = False

    def sentence(self) -> str:
        told = (
            ", ".join([*(one.name for one in self.names), *(one.span.text for one in self.words)])
            or self.note
        )
        return f"{told} ({_tr('differs')})" if self.differs else told


def cells(version: Version, first: Version) -> dict[str, Cell]:
    """The cells of an article. A cell differs where the first article and this one both say something else."""
    made: dict[str, Cell] = {}
    for role in _ROLES:
        mine, other = version.roles.get(role, []), first.roles.get(role, [])
        differs = bool(mine and other) and {one.entity for one in mine} != {one.entity for one in other}
        made[role] = Cell(mine, differs=differs)
    for name in NOTES:
        mine_note, other_note = version.notes.get(name, ""), first.notes.get(name, "")
        made[name] = Cell(note=mine_note, differs=bool(mine_note and other_note) and mine_note != other_note)
    made[_WORDS] = Cell(words=version.words)
    return made


def row_name(row: str) -> str:
    return {
        "accuser": _tr("Accuser"),
        "accused": _tr("Accused"),
        "organisation": _tr("Organisation"),
        "date": _tr("When"),
        "how_much": _tr("How much"),
        "how_firm": _tr("How firm"),
        "answer": _tr("Answer"),
        _WORDS: _tr("Words"),
    }[row]


class _Model(QAbstractTableModel):
    written = Signal(int, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.versions: Sequence[Version] = ()
        self._cells: list[dict[str, Cell]] = []

    def put(self, versions: Sequence[Version]) -> None:
        self.beginResetModel()
        self.versions = versions
        self._cells = [cells(one, versions[0]) for one in versions]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self.versions else len(ROWS)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.versions)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return row_name(ROWS[section])
        one = self.versions[section]
        return f"{section + 1}  {one.source or wording.plain(one.title, 28)}\n{wording.day(one.date) or _tr('no date')}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self._cells[index.column()][ROWS[index.row()]]
        if role == Qt.ItemDataRole.UserRole:
            return cell
        if role == Qt.ItemDataRole.EditRole:
            return cell.note
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.sentence()
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.EditRole and str(value) != self.data(index, role):
            self.written.emit(index.column(), ROWS[index.row()], str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        held = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return held | Qt.ItemFlag.ItemIsEditable if ROWS[index.row()] in NOTES else held


class _Delegate(QStyledItemDelegate):
    def __init__(self, labels: dict[int, Label]) -> None:
        super().__init__()
        self._labels = labels

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        now = theme.current()
        cell: Cell = index.data(Qt.ItemDataRole.UserRole)
        inside = rect_of(option).width() - now.px(2 * _SIDE)
        high = sum(layout.height + now.px(10) for layout in self._quotes(cell, inside))
        high += len(cell.names) * now.px(20)
        if cell.note:
            high += round(self._note_rect(cell.note, inside).height())
        high += now.px(18) if cell.differs else 0
        return QSize(now.px(WIDE), max(now.px(36), high + now.px(16)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = theme.current()
        cell: Cell = index.data(Qt.ItemDataRole.UserRole)
        rect = rect_of(option)
        picked, hovered, _ = states(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if picked or hovered:
            paint.rounded(
                painter, rect.adjusted(2, 2, -2, -2), now.px(6), now.color("pick" if picked else "hover")
            )
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), now.color("line"))
        x, y = rect.x() + now.px(_SIDE), rect.y() + now.px(8)
        inside = rect.width() - now.px(2 * _SIDE)
        for one in cell.names:
            side = now.px(10)
            paint.swatch(
                painter, QRectF(x, y + now.px(5), side, side), now.label(self._labels[one.label].hue).strong
            )
            name = QRectF(x + now.px(18), y, inside - now.px(18), now.px(20))
            paint.text(painter, name, one.name, now.font("body"))
            y += now.px(20)
        if cell.note:
            box = self._note_rect(cell.note, inside)
            painter.setFont(now.font("body"))
            painter.setPen(now.color("ink"))
            painter.drawText(QRectF(x, y, inside, box.height()), cell.note, _wrapped())
            y += box.height()
        elif picked and ROWS[index.row()] in NOTES:
            paint.text(
                painter, QRectF(x, y, inside, now.px(20)), _tr("Type to write"), now.font("body"), "ink3"
            )
        if cell.differs:
            words = QRectF(x, y, inside, now.px(18))
            paint.text(painter, words, f"≠ {_tr('differs')}", now.font("small"), "warn")
        for layout in self._quotes(cell, inside):
            layout.draw(painter, x, y, now.color("ink"))
            y += layout.height + now.px(10)
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        made = QLineEdit(parent)
        made.setAccessibleName(row_name(ROWS[index.row()]))
        return made

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        rect = rect_of(option).toRect()
        editor.setGeometry(rect.x() + 4, rect.y() + 2, rect.width() - 8, editor.sizeHint().height())

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def _quotes(self, cell: Cell, wide: float) -> list[Layout]:
        made = []
        for one in cell.words:
            its_label = self._labels[one.span.label]
            passage = Passage("", one.span.text, "", its_label.hue, its_label.style == BAND)
            made.append(Layout(passage, 14, wide, _MOST_LINES))
        return made

    def _note_rect(self, words: str, wide: float) -> QRectF:
        flags = Qt.TextFlag.TextWordWrap
        return QFontMetricsF(theme.current().font("body")).boundingRect(
            QRectF(0, 0, wide, 2000), flags, words
        )


def _wrapped() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    return option


class ConductTable(QTableView):
    """Enter or a double click writes a note, or opens the article from any other cell."""

    opened = Signal(int, int)
    written = Signal(str, str, str)

    def __init__(self, labels: dict[int, Label]) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        delegate = _Delegate(labels)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setAccessibleName(self.tr("What the articles say"))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.DoubleClicked | QTableView.EditTrigger.AnyKeyPressed)
        heads = self.horizontalHeader(), self.verticalHeader()
        for head in heads:
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            head.setSectionsClickable(False)
        heads[0].setDefaultSectionSize(theme.current().px(WIDE))
        heads[0].setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads[1].setFixedWidth(theme.current().px(108))
        heads[1].setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._model.written.connect(
            lambda at, row, words: self.written.emit(self._model.versions[at].name, row, words)
        )
        self.doubleClicked.connect(self._open)

    def is_typed_in(self) -> bool:
        """Whether a note is being written, which would be lost if the cells were made anew."""
        return self.state() == QTableView.State.EditingState

    def put(self, versions: Sequence[Version]) -> None:
        """Show these articles; the cell in focus stays where it was."""
        index = self.currentIndex()
        at = (index.row(), index.column()) if index.isValid() else (0, 0)
        self._model.put(versions)
        if versions:
            self.setCurrentIndex(self._model.index(at[0], min(at[1], len(versions) - 1)))

        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the columns share the room, as far as they stay easy to read."""
        count = self._model.columnCount()
        if count:
            now = theme.current()
            wide = min(max(self.viewport().width() // count, now.px(WIDE)), now.px(_WIDEST))
            self.horizontalHeader().setDefaultSectionSize(wide)
            self.resizeRowsToContents()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.is_typed_in():  # the Enter that ends a note comes here as well
                self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if ROWS[index.row()] in NOTES:
            self.edit(index)
            return
        first = self._model.versions[index.column()].words[0].span
        self.opened.emit(first.document, first.id)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConductTable", text)
