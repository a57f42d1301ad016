"""Rows of a log: when, who or why, what."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui import paint, theme
from annotator.ui.lists import Index, rect_of, states

_ROW = 32


class LogRow(NamedTuple):
    """What stands in one row, from left to right."""

    when: str
    middle: str
    last: str


class LogDelegate(QStyledItemDelegate):
    """A moment, a longer text, and a short one at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: LogRow = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        rect = rect_of(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.row_ground(painter, rect, *states(option))
        inside = rect.adjusted(now.px(24), 0, -now.px(24), 0)
        when = QRectF(inside.x(), inside.y(), now.px(136), inside.height())
        paint.text(painter, when, entry.when, now.font("small"), "ink3")
        wide = paint.width(entry.last, now.font("small")) + now.px(8)
        middle = QRectF(
            when.right() + now.px(8),
            inside.y(),
            inside.right() - when.right() - wide - now.px(16),
            inside.height(),
        )
        paint.text(painter, middle, entry.middle, now.font("body"), "ink")
        paint.text(painter, inside, entry.last, now.font("small"), "ink2", align=paint.RIGHT)
        painter.restore()
