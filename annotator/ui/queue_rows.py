"""How an article looks in the list, at full width and as a rail."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.models import DONE, IN_PROGRESS
from annotator.store.reading import DocumentRow
from annotator.ui import icons, paint, theme, wording
from annotator.ui.lists import Index, rect_of, states

ROW = 60
RAIL_ROW = 48


def _tr(text: str) -> str:
    return QCoreApplication.translate("QueueRows", text)


def title(row: DocumentRow) -> str:
    return row.title or row.name


def progress(row: DocumentRow) -> str:
    """What is left or done, in few words."""
    if row.status == DONE:
        return _tr("Done")
    total = row.suggested + row.decided
    if row.decided:
        return _tr("{decided} of {total}").format(decided=row.decided, total=total)
    return _tr("{count} open").format(count=row.suggested) if row.suggested else ""


def sentence(row: DocumentRow) -> str:
    """The row for somebody who hears it."""
    states = {DONE: _tr("done"), IN_PROGRESS: _tr("in progress")}
    return _tr("{title}, {status}, {decided} of {total} decided").format(
        title=title(row),
        status=states.get(row.status, _tr("new")),
        decided=row.decided,
        total=row.suggested + row.decided,
    )


def part(row: DocumentRow) -> float:
    total = row.suggested + row.decided
    return row.decided / total if total else 0.0


class QueueDelegate(QStyledItemDelegate):
    """Title and status; date, source and what is left; a bar while it is in progress."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        rect = rect_of(option)
        picked, hovered, focused = states(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.row_ground(painter, rect, picked, hovered, focused)
        left, right = rect.x() + now.px(20), rect.right() - now.px(16)
        mark = now.px(16)
        paint.status(painter, QRectF(left, rect.y() + now.px(11), mark, mark), row.status, part(row))
        left += now.px(24)
        quiet = "ink2" if picked else "ink3"
        heavy = picked or row.status == IN_PROGRESS
        first = QRectF(left, rect.y() + now.px(9), right - left, now.px(20))
        if row.flag:
            flag = icons.pixmap("flag", 14, "ink2", painter.device().devicePixelRatioF())
            side = now.px(14)
            spot = QRectF(right - side, first.y() + (first.height() - side) / 2, side, side)
            painter.drawPixmap(spot, flag, QRectF(flag.rect()))
            first.setRight(right - side - now.px(4))
        ink = "ink2" if row.status == DONE and not picked else "ink"
        paint.text(painter, first, title(row), now.font("strong" if heavy else "medium"), ink)
        self._second(painter, row, QRectF(left, rect.y() + now.px(29), right - left, now.px(18)), quiet)
        if row.status == IN_PROGRESS:
            track = QRectF(left, rect.y() + now.px(51), right - left, now.px(3))
            paint.bar(painter, track, part(row))
        painter.restore()

    def _second(self, painter: QPainter, row: DocumentRow, rect: QRectF, quiet: str) -> None:
        now = theme.current()
        font = now.font("small")
        words = progress(row)
        wide = paint.width(words, font) + 2
        about = " · ".join(part for part in (wording.day(row.date), row.source) if part)
        paint.text(painter, rect.adjusted(0, 0, -wide - now.px(8), 0), about, font, quiet)
        paint.text(
            painter,
            QRectF(rect.right() - wide, rect.y(), wide, rect.height()),
            words,
            font,
            quiet,
            align=paint.RIGHT,
        )


class RailDelegate(QStyledItemDelegate):
    """The list as a narrow rail: the status and the number of open suggestions."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(RAIL_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        rect = rect_of(option)
        picked, hovered, focused = states(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.row_ground(painter, rect, picked, hovered, focused)
        side = now.px(16)
        spot = QRectF(rect.center().x() - side / 2, rect.y() + now.px(7), side, side)
        paint.status(painter, spot, row.status, part(row))
        words = "" if row.status == DONE else str(row.suggested)  # the shape says done
        below = QRectF(rect.x(), rect.y() + now.px(25), rect.width(), now.px(16))
        ink = "ink2" if picked else "ink3"
        paint.text(painter, below, words, now.font("caption"), ink, align=paint.CENTER)
        painter.restore()
