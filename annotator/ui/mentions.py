"""Mentions of an entity in other articles: where, when, and the words around; one click from each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui import icons, lists, paint, theme
from annotator.ui.lists import Index, rect_of, states
from annotator.ui.quote import Layout, Passage

HEAD, LINES, SIZE, FOOT = 24, 2, 13, 8


class Mention(NamedTuple):
    """One mention; `document` and `span` say where a click goes."""

    document: int
    span: int
    source: str
    date: str
    passage: Passage


class MentionModel(QAbstractListModel):
    """Mentions in the order of the articles."""

    def __init__(self) -> None:
        super().__init__()
        self.mentions: Sequence[Mention] = ()

    def put(self, mentions: Sequence[Mention]) -> None:
        self.beginResetModel()
        self.mentions = mentions
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.mentions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        mention = self.mentions[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return mention
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            before, marked, after = mention.passage[:3]
            return f"{mention.source}, {mention.date}: {before}{marked}{after}"
        return None


class MentionDelegate(QStyledItemDelegate):
    """Source and date, then two lines of the article. One head for several of one article."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        now = theme.current()
        return QSize(10, now.px(HEAD) + LINES * round(now.px(SIZE) * 1.5) + now.px(FOOT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        mention: Mention = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        rect = rect_of(option)
        _, hovered, focused = states(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if hovered or focused:
            ring = now.color("ink") if focused else None
            paint.rounded(painter, rect, now.px(6), now.color("hover"), ring, line=2)
        inside = rect.adjusted(now.px(4), 0, -now.px(4), 0)
        head = QRectF(inside.x(), inside.y() + now.px(2), inside.width() - now.px(24), now.px(20))
        font = now.font("small")
        wide = min(paint.width(mention.source, font) + 1, head.width())
        paint.text(painter, QRectF(head.x(), head.y(), wide, head.height()), mention.source, font, "ink2")
        gap = wide + now.px(8) if mention.source else 0.0
        paint.text(painter, head.adjusted(gap, 0, 0, 0), mention.date, font, "ink3")
        side = now.px(14)
        drawn = icons.pixmap("external-link", 14, "ink2", painter.device().devicePixelRatioF())
        spot = QRectF(inside.right() - side, head.center().y() - side / 2, side, side)
        painter.drawPixmap(spot, drawn, QRectF(drawn.rect()))
        quote = Layout(mention.passage, SIZE, inside.width(), LINES)
        quote.draw(painter, inside.x(), inside.y() + now.px(HEAD), now.color("ink"))
        painter.restore()


class Mentions(QListView):
    """A list that is as high as what it holds; a click or Enter opens the article there."""

    opened = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._model = MentionModel()
        self.setModel(self._model)
        lists.prepare_block(self, self.tr("Mentions in other articles"), MentionDelegate())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def show_mentions(self, mentions: Sequence[Mention]) -> None:
        if mentions == self._model.mentions:
            return
        self._model.put(mentions)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        one = self.sizeHintForRow(0) if self._model.mentions else 0
        self.setFixedHeight(one * len(self._model.mentions))

    def _open(self, index: QModelIndex) -> None:
        mention = self._model.mentions[index.row()]
        self.opened.emit(mention.document, mention.span)
