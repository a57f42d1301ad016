"""Every article of the project in one line: its status, how much of it is decided."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.session import Session
from annotator.store import Store
from annotator.store.listing import Asked
from annotator.store.reading import DocumentRow
from annotator.ui import lists, paint, queue_rows, theme
from annotator.ui.lists import Index, rect_of, states

_PAGE = 200
"""Rows that are read at a time."""


class _Model(QAbstractListModel):
    """The project's articles in their own order, whatever the list beside the text shows."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._ids = store.listed(Asked())
        self._pages: dict[int, list[DocumentRow]] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def row(self, number: int) -> DocumentRow:
        page, place = divmod(number, _PAGE)
        if page not in self._pages:
            listed = self._ids[page * _PAGE : (page + 1) * _PAGE]
            self._pages[page] = self._store.document_rows(listed)
        return self._pages[page][place]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.UserRole:
            return self.row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return queue_rows.sentence(self.row(index.row()))
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found = index.data(Qt.ItemDataRole.UserRole)
        now, rect = theme.current(), rect_of(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.row_ground(painter, rect, *states(option))
        side = now.px(16)
        mark = QRectF(rect.x() + now.px(8), rect.center().y() - side / 2, side, side)
        paint.status(painter, mark, found.status, queue_rows.part(found))
        words = f"{found.decided} / {found.decided + found.suggested}"
        right = rect.right() - now.px(8)
        number = QRectF(right - now.px(64), rect.y(), now.px(64), rect.height())
        paint.text(painter, number, words, now.font("small"), "ink2", align=paint.RIGHT)
        track = QRectF(number.x() - now.px(88), rect.center().y() - now.px(2), now.px(80), now.px(4))
        paint.bar(painter, track, queue_rows.part(found))
        left = mark.right() + now.px(8)
        name = QRectF(left, rect.y(), track.x() - now.px(12) - left, rect.height())
        paint.text(painter, name, queue_rows.title(found), now.font("body"))
        painter.restore()


def articles_list(session: Session, open_article: Callable[[int], object]) -> QListView:
    """A click or Enter opens one."""
    made = lists.view(QCoreApplication.translate("OverviewArticles", "Articles"), _Delegate())
    model = _Model(session.store)
    model.setParent(made)
    made.setUniformItemSizes(True)
    made.setModel(model)

    def go(index: Index) -> None:
        open_article(model.row(index.row()).id)

    made.clicked.connect(go)
    made.activated.connect(go)
    return made
