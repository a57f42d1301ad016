"""Who a span may be: the candidates as cards with their keys, scores and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui import lists, paint, theme
from annotator.ui.lists import Index, rect_of, states

CARD = 76
GAP = 6


class Card(NamedTuple):
    """One candidate as it is shown: `why` and `where` are whole lines."""

    name: str
    label: str
    hue: int
    why: str
    where: str
    score: float | None
    linked: bool = False


class CardModel(QAbstractListModel):
    """The candidates in their order; the first one has the key L, the others their number."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: Sequence[Card] = ()

    def put(self, cards: Sequence[Card]) -> None:
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            score = f"{card.score:.2f}" if card.score is not None else ""
            said = ", ".join(part for part in (card.name, score, card.why, card.where) if part)
            return self.tr("Candidate {said}").format(said=said)
        if role == Qt.ItemDataRole.ToolTipRole:
            return card.name
        return None


class CardDelegate(QStyledItemDelegate):
    """Key and name, reasons, counts and score. While digits mean candidates, their caps are solid."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self._keys = keys
        self.armed = False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(CARD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: Card = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        first = index.row() == 0
        rect = rect_of(option).adjusted(0, 0, 0, -now.px(GAP))
        _, hovered, focused = states(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = now.color("raised") if first or focused else now.color("hover") if hovered else None
        paint.rounded(painter, rect, now.px(8), ground, now.color("ink2" if first else "line"))
        inside = rect.adjusted(now.px(11), now.px(8), -now.px(11), -now.px(8))
        key = self._keys[index.row()]
        cap = QRectF(inside.x(), inside.y() + 1, now.px(18), now.px(18))
        paint.cap(painter, cap, key, "solid" if first or self.armed else "normal")
        self._lines(painter, card, inside)
        painter.restore()

    def _lines(self, painter: QPainter, card: Card, inside: QRectF) -> None:
        now = theme.current()
        line = now.px(20)
        left = inside.adjusted(now.px(26), 0, 0, 0)
        wide = paint.chip_width(card.label)
        top = QRectF(left.x(), left.y(), left.width() - wide - now.px(8), line)
        paint.text(painter, top, card.name, now.font("strong"))
        spot = QRectF(left.right() - wide, left.y() + 1, wide, now.px(18))
        paint.chip(painter, spot, card.label, card.hue)
        second = QRectF(left.x(), left.y() + line, left.width(), now.px(18))
        paint.text(painter, second, card.why, now.font("small"), "ink2")
        third = QRectF(left.x(), left.y() + line + now.px(19), left.width(), now.px(18))
        room = now.px(80) if card.score is not None else 0
        paint.text(painter, third.adjusted(0, 0, -room, 0), card.where, now.font("small"), "ink3")
        if card.score is not None:
            track = QRectF(third.right() - now.px(72), third.center().y() - now.px(2), now.px(40), now.px(4))
            paint.bar(painter, track, card.score)
            number = QRectF(third.right() - now.px(28), third.y(), now.px(28), third.height())
            paint.text(painter, number, f"{card.score:.2f}", now.font("small"), "ink3", align=paint.RIGHT)


class Candidates(QListView):
    """The cards. With the focus here a bare digit takes a candidate; a click always does."""

    chosen = Signal(int)
    armed = Signal(bool)

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self._model = CardModel()
        self._delegate = CardDelegate(keys)
        self.setModel(self._model)
        lists.prepare_block(self, self.tr("Candidates"), self._delegate)
        self.clicked.connect(lambda index: self.chosen.emit(index.row() + 1))
        self.activated.connect(lambda index: self.chosen.emit(index.row() + 1))

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Put them in place of the former ones. The list is as high as its cards."""
        if cards == self._model.cards:
            return
        self._model.put(cards)
        self.setFixedHeight(theme.current().px(CARD) * len(cards))
        if cards:
            self.setCurrentIndex(self._model.index(0, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._arm(armed=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._arm(armed=False)

    def _arm(self, *, armed: bool) -> None:
        self._delegate.armed = armed
        self.viewport().update()
        self.armed.emit(armed)
