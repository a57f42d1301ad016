"""Every mention of an entity on one vertical line, its context to both sides, grouped by article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.models import BAND, SUGGESTED, Label
from annotator.store.reading import Mention
from annotator.ui import icons, lists, paint, theme, wording
from annotator.ui.lists import Index, rect_of, states

ROW, HEAD, SIZE = 34, 40, 14
BY_ARTICLE, BY_BEFORE, BY_AFTER = range(3)
_KEYWORD_AT: Final = 0.42
"""Where the mentions begin, as a part of the width."""


class Heading(NamedTuple):
    """The article of the mentions below it."""

    where: str
    mentions: int


class Line(NamedTuple):
    """One mention; `number` counts them as they were given."""

    number: int
    before: str
    marked: str
    after: str
    proposed: bool


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Heading | Line] = []
        self.ticked: set[int] = set()
        self.label: Label | None = None

    def put(self, rows: list[Heading | Line], label: Label) -> None:
        self.beginResetModel()
        self.rows, self.label = rows, label
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return found, isinstance(found, Line) and found.number in self.ticked, self.label
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(found, Heading):
                return f"{found.where}, {found.mentions}"
            tick = self.tr("ticked") if found.number in self.ticked else self.tr("not ticked")
            state = self.tr("suggested") if found.proposed else self.tr("linked")
            return f"{tick}, {state}, {found.before}{found.marked}{found.after}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        found, *_ = index.data(Qt.ItemDataRole.UserRole)
        return QSize(10, theme.current().px(HEAD if isinstance(found, Heading) else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found, ticked, label = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(found, Heading):
            _paint_heading(painter, rect_of(option), found)
        else:
            _paint_line(painter, option, found, label, ticked=ticked)
        painter.restore()


def _paint_heading(painter: QPainter, rect: QRectF, heading: Heading) -> None:
    now = theme.current()
    inside = rect.adjusted(now.px(20), now.px(6), -now.px(20), -1)
    count = str(heading.mentions)
    wide = paint.width(count, now.font("small")) + now.px(12)
    paint.text(painter, inside.adjusted(0, 0, -wide, 0), heading.where, now.font("section"), "ink2")
    paint.text(painter, inside, count, now.font("small"), "ink3", align=paint.RIGHT)
    painter.fillRect(QRectF(inside.x(), rect.bottom() - 1, inside.width(), 1), now.color("line"))


def _paint_line(
    painter: QPainter, option: QStyleOptionViewItem, line: Line, label: Label, *, ticked: bool
) -> None:
    now = theme.current()
    rect = rect_of(option)
    picked, hovered, focused = states(option)
    paint.row_ground(painter, rect, picked, hovered, focused)
    box = QRectF(rect.x() + now.px(20), rect.center().y() - now.px(8), now.px(16), now.px(16))
    if ticked:
        paint.rounded(painter, box, now.px(4), now.color("accent"))
        paint.tick(painter, box.adjusted(2.5, 2.5, -2.5, -2.5), now.color("onaccent"))
    else:
        paint.rounded(painter, box, now.px(4), now.color("raised"), now.color("edge"))
    text = rect.adjusted(now.px(48), 0, -now.px(20), 0)
    text.setRight(_paint_state(painter, line, text) - now.px(12))
    _paint_context(painter, text, line, label)


def _paint_state(painter: QPainter, line: Line, rect: QRectF) -> float:
    """The words at the right end; where they begin. The room is the same for both states."""
    now = theme.current()
    font, side = now.font("small"), now.px(14)
    names = (_tr("linked"), _tr("suggested"))
    wide = max(paint.width(name, font) for name in names) + side + now.px(7)
    left = rect.right() - wide
    icon = "circle-dashed" if line.proposed else "check"
    drawn = icons.pixmap(icon, 14, "ink2", painter.device().devicePixelRatioF())
    painter.drawPixmap(QRectF(left, rect.center().y() - side / 2, side, side), drawn, QRectF(drawn.rect()))
    words = QRectF(left + side + now.px(6), rect.y(), wide, rect.height())
    paint.text(painter, words, names[line.proposed], font, "ink2")
    return left


def _paint_context(painter: QPainter, rect: QRectF, line: Line, label: Label) -> None:
    now = theme.current()
    font = now.font("body", theme.SERIF, SIZE)
    at = rect.x() + rect.width() * _KEYWORD_AT
    wide = min(paint.width(line.marked, font), rect.right() - at)
    colors = now.label(label.hue)
    metrics = QFontMetricsF(font)
    high = metrics.height() + now.px(2)
    box = QRectF(at - 1, rect.center().y() - high / 2, wide + 2, high)
    if line.proposed:
        paint.dashed(painter, box, colors.strong)
    elif label.style == BAND:
        painter.fillRect(box, colors.weak)
        painter.fillRect(QRectF(box.x(), box.bottom() - 2, box.width(), 2), colors.band)
    else:
        painter.fillRect(box, colors.fill)
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), colors.strong)
    before = metrics.elidedText(line.before, Qt.TextElideMode.ElideLeft, at - rect.x() - 1)
    left = QRectF(rect.x(), rect.y(), at - rect.x(), rect.height())
    painter.setFont(font)
    painter.setPen(now.color("ink2"))
    painter.drawText(
        left, paint.RIGHT | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextIncludeTrailingSpaces, before
    )
    paint.text(painter, QRectF(at, rect.y(), wide + 1, rect.height()), line.marked, font)
    after = QRectF(at + wide, rect.y(), rect.right() - at - wide, rect.height())
    paint.text(painter, after, line.after, font, "ink2")


class Concordance(QListView):
    """Space or a click on the box ticks, Ctrl+A ticks all; Enter or a double click opens the article."""

    changed = Signal()
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self._mentions: Sequence[Mention] = ()
        self.setModel(self._model)
        lists.prepare(self, self.tr("Mentions in context"), _Delegate())
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def put(self, mentions: Sequence[Mention], label: Label, order: int) -> None:
        """Show other mentions, or the same in another order; ticks stay with mentions that stay."""
        spans = [one.span.id for one in mentions]
        kept = {self._mentions[number].span.id for number in self._model.ticked}
        self._model.ticked = {number for number, span in enumerate(spans) if span in kept}
        at = self.current()
        self._mentions = mentions
        self._model.put(_rows(mentions, order), label)
        numbers = [one.number if isinstance(one, Line) else -1 for one in self._model.rows]
        wanted = spans.index(at) if at in spans else numbers[1] if len(numbers) > 1 and numbers[0] < 0 else 0
        if wanted in numbers:
            self.setCurrentIndex(self._model.index(numbers.index(wanted), 0))
        self.changed.emit()

    def current(self) -> int | None:
        """The span of the current row."""
        index = self.currentIndex()
        found = self._model.rows[index.row()] if index.isValid() else None
        return self._mentions[found.number].span.id if isinstance(found, Line) else None

    def ticked(self) -> list[int]:
        """The spans with a tick."""
        return [self._mentions[number].span.id for number in sorted(self._model.ticked)]

    def tick(self) -> None:
        """Tick the current row, or take its tick away."""
        self._toggle(self.currentIndex().row())

    def tick_all(self) -> None:
        """Tick every mention; where all have a tick, take it away."""
        every = set(range(len(self._mentions)))
        self._model.ticked = set() if self._model.ticked == every else every
        self._ticked()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.tick()
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.tick_all()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < theme.current().px(44):
            self._toggle(index.row())

    def _toggle(self, row: int) -> None:
        found = self._model.rows[row] if 0 <= row < len(self._model.rows) else None
        if isinstance(found, Line):
            self._model.ticked ^= {found.number}
            self._ticked()

    def _ticked(self) -> None:
        self.viewport().update()
        self.changed.emit()

    def _open(self, row: int) -> None:
        found = self._model.rows[row] if 0 <= row < len(self._model.rows) else None
        if isinstance(found, Line):
            self.opened.emit(found.number)


def _rows(mentions: Sequence[Mention], order: int) -> list[Heading | Line]:
    """Grouped by article in the queue's order, or one flat list by the word beside the mention."""
    lines = [_line(number, one) for number, one in enumerate(mentions)]
    if order == BY_BEFORE:
        return [*sorted(lines, key=lambda one: one.before.split()[-1:] or [""])]
    if order == BY_AFTER:
        return [*sorted(lines, key=lambda one: one.after.split()[:1] or [""])]
    rows: list[Heading | Line] = []
    counts: dict[int, int] = {}
    for one in mentions:
        counts[one.span.document] = counts.get(one.span.document, 0) + 1
    last = None
    for line, one in zip(lines, mentions, strict=True):
        if one.span.document != last:
            last = one.span.document
            where = wording.where(one.title or one.document, one.source, one.date)
            rows.append(Heading(where, counts[last]))
        rows.append(line)
    return rows


def _line(number: int, mention: Mention) -> Line:
    """On one line: white space of any kind becomes a space."""
    before, marked, after = (
        " ".join(f"|{part}|".split())[1:-1] for part in (mention.before, mention.span.text, mention.after)
    )
    return Line(number, before, marked, after, mention.link_state == SUGGESTED)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Concordance", text)
