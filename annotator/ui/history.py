"""The decisions in an article, newest first: when, who, what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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

from annotator.session.history import Detail
from annotator.store.journal import JournalEntry
from annotator.ui import history_words, lists, paint, theme, wording
from annotator.ui.field import Field
from annotator.ui.kit import Cut, column, frame, label, line, row, tool
from annotator.ui.lists import Index, rect_of, states
from annotator.ui.overlay import Overlay

_ROW = 32
_LINES = 5
"""Changed fields that are shown of one decision."""


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
    def __init__(self, places: Mapping[int, str]) -> None:
        super().__init__()
        self._places = places

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
        where = self._places.get(entry.document or 0, "")
        wide = min(now.px(240), paint.width(where, now.font("small")) + 1) if where else 0
        place = QRectF(rect.right() - now.px(24) - wide, rect.y(), wide, rect.height())
        paint.text(painter, place, where, now.font("small"), "ink3", align=paint.RIGHT)
        room = place.x() - who.right() - now.px(16)
        what = QRectF(who.right() + now.px(8), rect.y(), room, rect.height())
        paint.text(painter, what, _what(entry), now.font("body"), "ink" if entry.kind == "do" else "ink2")
        painter.restore()


class HistoryCard(Overlay):
    """Nothing can be changed here: what was decided is taken back by undo.

    `places` names the article of each entry, where they are of several; words typed into the field
    are looked for in when, who, what and where.
    """

    def __init__(
        self,
        window: QWidget,
        title: str,
        entries: Sequence[JournalEntry],
        explain: Callable[[JournalEntry], Sequence[Detail]],
        places: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(window, 960, 620)
        self._entries, self._explain, self._places = entries, explain, places or {}
        self._field = Field(self.tr("Article, reviewer, day"))
        self._field.setAccessibleName(self.tr("Filter"))
        self._field.textChanged.connect(lambda _: self._fill())
        head = row(
            Cut(title, "head"),
            self._field,
            tool("x", self.tr("Close"), "Esc", self.close_card),
            gap=16,
            margins=(24, 0, 12, 0),
        )
        head.setStretch(0, 1)
        self._field.setFixedWidth(theme.current().px(220))
        box = column(frame(head, height=56), line(), 4, gap=0)
        self._list = lists.view(self.tr("Decisions"), _Delegate(self._places))
        self._list.setUniformItemSizes(True)
        box.addWidget(self._list, 1)
        self._details = label("", "second", wrap=True)
        self._details.setAlignment(Qt.AlignmentFlag.AlignTop)
        box.addWidget(line())
        box.addWidget(frame(column(self._details, margins=(24, 10, 24, 10)), height=116))
        self._count = label("", "second")
        box.addWidget(line())
        box.addWidget(frame(row(self._count, None, margins=(24, 0, 24, 0)), height=44))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("History"))
        self._fill()
        self.open(self._list)

    def _fill(self) -> None:
        """The decisions that hold all words of the field."""
        words = self._field.text().casefold().split()
        found = [one for one in self._entries if all(word in self._text(one) for word in words)]
        self._list.setModel(_Model(found))
        self._list.selectionModel().currentChanged.connect(lambda index, _: self._show(index))
        self._details.setText("")
        if found:
            self._list.setCurrentIndex(self._list.model().index(0, 0))
        count = wording.counted(len(found), self.tr("1 decision"), self.tr("{n} decisions"))
        self._count.setText(count if self._entries else self.tr("Nothing was decided here yet."))

    def _text(self, entry: JournalEntry) -> str:
        where = self._places.get(entry.document or 0, "")
        return f"{_when(entry)} {entry.at} {entry.reviewer} {_what(entry)} {where}".casefold()

    def _show(self, index: Index) -> None:
        """From what to what."""
        entry = index.data(Qt.ItemDataRole.UserRole)
        found = self._explain(entry) if entry is not None else ()
        lines = [history_words.changed(one) for one in found[:_LINES]]
        if len(found) > _LINES:
            lines[-1] = self.tr("and {n} more").format(n=len(found) - _LINES + 1)
        compacted = self.tr("What this changed is not kept any more: the history was compacted.")
        self._details.setText("\n".join(lines) if entry is None or entry.changes else compacted)


def _when(entry: JournalEntry) -> str:
    at = QDateTime.fromString(entry.at, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(at, _tr("d MMM yyyy HH:mm"))


def _what(entry: JournalEntry) -> str:
    return wording.act(entry.kind, entry.title)


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
