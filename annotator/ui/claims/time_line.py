"""Allegations along time: a line of days, a dot an allegation, the words beside it; a click opens it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.store.entity_graph import Claim
from annotator.ui import lists, paint, theme, wording
from annotator.ui.lists import Index, rect_of, states

ROW = 64
_DAY, _LINE = 128, 144


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.claims: Sequence[Claim] = ()

    def put(self, claims: Sequence[Claim]) -> None:
        self.beginResetModel()
        self.claims = claims
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.claims)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        claim = self.claims[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            same = index.row() > 0 and self.claims[index.row() - 1].said == claim.said
            return claim, same, index.row() == len(self.claims) - 1
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{day(claim)}: {wording.plain(claim.quote, 200)}. {about(claim)}"
        return None


def day(claim: Claim) -> str:
    """When it was said."""
    return wording.day(claim.said) or _tr("no date")


def about(claim: Claim) -> str:
    """Where it was said, who is accused by whom, and of when it speaks."""
    who, by, when = (", ".join(names) for names in (claim.accused, claim.accusers, claim.about))
    parts = (
        wording.plain(claim.source, 40),
        _tr("accused: {names}").format(names=who) if who else "",
        _tr("by {names}").format(names=by) if by else "",
        _tr("about {day}").format(day=when) if when else "",
    )
    return " · ".join(part for part in parts if part)


class _Delegate(QStyledItemDelegate):
    def __init__(self, hue: int) -> None:
        super().__init__()
        self._hue = hue

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        claim, same_day, last = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        rect = rect_of(option)
        picked, hovered, focused = states(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.row_ground(painter, rect, picked, hovered, focused)
        middle = rect.y() + now.px(22)
        x = rect.x() + now.px(_LINE)
        painter.setPen(QPen(now.color("line2"), 2))
        top = middle if index.row() == 0 else rect.y()
        painter.drawLine(round(x), round(top), round(x), round(middle if last else rect.bottom()))
        colors = now.label(self._hue)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.strong)
        side = now.px(10)
        painter.drawEllipse(QRectF(x - side / 2, middle - side / 2, side, side))
        if not same_day:
            words = QRectF(rect.x() + now.px(20), middle - now.px(10), now.px(_DAY - 36), now.px(20))
            paint.text(painter, words, day(claim), now.font("small"), "ink2", align=paint.RIGHT)
        left = x + now.px(20)
        wide = rect.right() - left - now.px(20)
        first = QRectF(left, middle - now.px(11), wide, now.px(22))
        paint.text(painter, first, wording.plain(claim.quote, 200), now.font("body", theme.SERIF, 15))
        paint.text(painter, first.translated(0, now.px(22)), about(claim), now.font("small"), "ink3")
        painter.restore()


class TimeLine(QListView):
    """Enter or a click opens the allegation in its article."""

    opened = Signal(int, int)

    def __init__(self, hue: int) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        lists.prepare(self, self.tr("Time line"), _Delegate(hue))
        self.setUniformItemSizes(True)
        self.setViewportMargins(0, theme.current().px(8), 0, 0)
        self.activated.connect(self._open)
        self.doubleClicked.connect(self._open)

    def put(self, claims: Sequence[Claim]) -> None:
        self._model.put(claims)
        if claims:
            self.setCurrentIndex(self._model.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        claim = self._model.claims[index.row()]
        self.opened.emit(claim.document, claim.span)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TimeLine", text)
