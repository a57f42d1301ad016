"""The decisions in an article, newest first: when, who, what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QDateTime,
    QLocale,
    QModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.store.journal import JournalEntry
from annotator.ui import lists, paint, theme, wording
from annotator.ui.kit import Cut, column, frame, label, line, row, tool
from annotator.ui.lists import Index, rect_of, states
from annotator.ui.overlay import Overlay

_ROW = 32


class _Model(QAbstractListModel):
    def __init__(self, entries: Sequence[JournalEntry]) -> None:
        super().__init__()
        self._entries = entries

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{_when(entry)}, {entry.reviewer}: {_what(entry)}"
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        rect = rect_of(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.row_ground(painter, rect, *states(option))
        when = QRectF(rect.x() + now.px(24), rect.y(), now.px(136), rect.height())
        paint.text(painter, when, _when(entry), now.font("small"), "ink3")
        who = QRectF(when.right() + now.px(8), rect.y(), now.px(96), rect.height())
        paint.text(painter, who, entry.reviewer, now.font("small"), "ink2")
        what = QRectF(
            who.right() + now.px(8), rect.y(), rect.right() - who.right() - now.px(32), rect.height()
        )
        paint.text(painter, what, _what(entry), now.font("body"), "ink" if entry.kind == "do" else "ink2")
        painter.restore()


class HistoryCard(Overlay):
    """Nothing can be changed here: what was decided is taken back by undo."""

    def __init__(self, window: QWidget, title: str, entries: Sequence[JournalEntry]) -> None:
        super().__init__(window, 760, 560)
        head = row(
            Cut(self.tr("History of “{title}”").format(title=wording.plain(title, 48)), "head"),
            tool("x", self.tr("Close"), "Esc", self.close_card),
            margins=(24, 0, 12, 0),
        )
        box = column(frame(head, height=56), line(), 4, gap=0)
        shown = lists.view(self.tr("Decisions"), _Delegate())
        shown.setModel(_Model(entries))
        shown.setUniformItemSizes(True)
        box.addWidget(shown, 1)
        nothing = self.tr("Nothing was decided here yet.")
        count = wording.counted(len(entries), self.tr("1 decision"), self.tr("{n} decisions"))
        box.addWidget(line())
        foot = row(label(count if entries else nothing, "second"), None, margins=(24, 0, 24, 0))
        box.addWidget(frame(foot, height=44))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("History"))
        self.open(shown)


def _when(entry: JournalEntry) -> str:
    at = QDateTime.fromString(entry.at, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(at, _tr("d MMM yyyy HH:mm"))


def _what(entry: JournalEntry) -> str:
    return wording.act(entry.kind, entry.title)


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
