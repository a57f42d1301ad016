"""The spans of the article as a list: by place, label or state; the keys of the text work in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.article import Article, order
from annotator.domain.changes import RowChange
from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED, Span
from annotator.ui import icons, lists, paint, theme, wording
from annotator.ui.kit import Segments, column, frame, label, line, row, tool
from annotator.ui.lists import Index, rect_of, states

_ROW = 34
_ICONS = {SUGGESTED: "circle-dashed", ACCEPTED: "check", REJECTED: "ban"}
_STATES = (SUGGESTED, ACCEPTED, REJECTED)
_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
_PLACES = {"start", "end", "label", "state"}
"""Fields that say where a span stands in the list."""


class _Model(QAbstractListModel):
    """The ids in their order; what a row says is asked of the article when it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.article: Article | None = None
        self._ids: list[int] = []
        self._rows: dict[int, int] = {}

    def put(self, article: Article, shown: Iterable[str], by: int) -> None:
        """Spans of these states by place (0), label (1) or state (2)."""
        found = list(article.in_order(shown))
        if by == 1:
            position = {one.id: one.position for one in article.labels.values()}
            found.sort(key=lambda span: (position[span.label], order(span)))
        elif by == 2:
            found.sort(key=lambda span: (_STATES.index(span.state), order(span)))
        self.beginResetModel()
        self.article = article
        self._ids = [span.id for span in found]
        self._rows = {number: place for place, number in enumerate(self._ids)}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def place_of(self, span: int | None) -> int | None:
        return self._rows.get(span) if span is not None else None

    def at(self, number: int) -> Span | None:
        return self.article.spans.get(self._ids[number]) if self.article is not None else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        span = self.at(index.row())
        if span is None or self.article is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return span, self.article
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = wording.plain(span.text, 60)
            return f"{words}, {self.article.labels[span.label].name}, {wording.state(span.state)}"
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found = index.data(Qt.ItemDataRole.UserRole)
        if found is None:
            return
        span, article = found
        now, rect, own = theme.current(), rect_of(option), article.labels[span.label]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.row_ground(painter, rect, *states(option))
        left = self._icon(painter, _ICONS[span.state], rect.x() + now.px(16), rect)
        wide = paint.chip_width(own.name)
        right = rect.right() - now.px(16) - wide
        spot = QRectF(right, rect.center().y() - now.px(9), wide, now.px(18))
        paint.chip(painter, spot, own.name, own.hue, hollow=span.state != ACCEPTED)
        link = article.link_of(span.id)
        marks = (
            ("flag", bool(span.flag)),
            ("sticky-note", bool(span.note)),
            ("link-2", link is not None and link.state == ACCEPTED),
        )
        for icon, there in marks:
            if there:
                right -= now.px(20)
                self._icon(painter, icon, right, rect)
        words = QRectF(left, rect.y(), right - now.px(8) - left, rect.height())
        ink = "ink3" if span.state == REJECTED else "ink"
        font = now.font("body", theme.SERIF, 14)
        paint.text(painter, words, " ".join(span.text.split()), font, ink)
        painter.restore()

    @staticmethod
    def _icon(painter: QPainter, name: str, x: float, rect: QRectF) -> float:
        """Where what follows it begins."""
        now = theme.current()
        drawn = icons.pixmap(name, 14, "ink2", painter.device().devicePixelRatioF())
        side = now.px(14)
        painter.drawPixmap(QRectF(x, rect.center().y() - side / 2, side, side), drawn, QRectF(drawn.rect()))
        return x + side + now.px(8)


class _List(QListView):
    """Arrows move in the list's own order, whatever they mean in the text."""

    def event(self, event: QEvent) -> bool:
        moves = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if moves and event.key() in _MOVES and not event.modifiers():  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)


class SpanList(QFrame):
    """A click or an arrow puts the focus on a span, in the text too; a decision here stays here."""

    chosen = Signal(int)
    closed = Signal()

    def __init__(self, key: str, shown_states: Callable[[], tuple[str, ...]]) -> None:
        super().__init__()
        self._states = shown_states
        self._model = _Model()
        self.list = _List()
        lists.prepare(self.list, self.tr("Spans of the article"), _Delegate())
        self.list.setUniformItemSizes(True)
        self.list.setModel(self._model)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._choose(index))
        self._by = Segments([self.tr("Place"), self.tr("Label"), self.tr("State")])
        self._by.chosen.connect(lambda _: self._fill())
        self._count = label("", "title")
        close = tool("x", self.tr("Back to the decision"), key, self.closed.emit)
        head = frame(row(self._count, None, close), height=32)
        above = column(head, frame(row(self._by, None)), margins=(16, 8, 12, 8))
        box = column(frame(above), line(), 4, gap=0)
        box.addWidget(self.list, 1)
        self.setLayout(box)
        self._telling = True

    def follow(self, article: Article, span: Span | None, rows: Iterable[RowChange] | None = None) -> None:
        """Show the article's spans, and the one in focus as the current one.

        `rows`: what a decision changed; only what moves a row makes the list anew.
        """
        moved = rows is None or any(
            row.table == "span" and not (row.before and row.after and not _PLACES & row.after.keys())
            for row in rows
        )
        if moved or article is not self._model.article:
            self._fill(article)
        else:
            self.list.viewport().update()
        place = self._model.place_of(span.id if span is not None else None)
        self._telling = False
        self.list.setCurrentIndex(self._model.index(place, 0) if place is not None else QModelIndex())
        self._telling = True

    def _fill(self, article: Article | None = None) -> None:
        article = article or self._model.article
        if article is None:
            return
        current = (
            self._model.at(self.list.currentIndex().row()) if self.list.currentIndex().isValid() else None
        )
        self._telling = False
        self._model.put(article, self._states(), self._by.on())
        place = self._model.place_of(current.id if current is not None else None)
        if place is not None:
            self.list.setCurrentIndex(self._model.index(place, 0))
        self._telling = True
        count = self._model.rowCount()
        self._count.setText(wording.counted(count, self.tr("1 span"), self.tr("{n} spans")))

    def _choose(self, index: QModelIndex) -> None:
        span = self._model.at(index.row()) if index.isValid() and self._telling else None
        if span is not None:
            self.chosen.emit(span.id)
