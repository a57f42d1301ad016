"""The same text elsewhere: a ticked list in context; Enter takes what is ticked, as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.models import BAND, REJECTED, Label, Span
from annotator.session.elsewhere import Occurrence
from annotator.ui import lists, paint, theme, wording
from annotator.ui.hints import Hint
from annotator.ui.kit import Button, Cut, column, frame, label, line, row, tool
from annotator.ui.lists import Index, rect_of, states
from annotator.ui.overlay import Overlay
from annotator.ui.quote import Layout, Passage

ROOM = 60
"""Characters of the article on either side."""
_ROW, _SIZE = 52, 14

Take = Callable[[list[Occurrence]], object]


class _Model(QAbstractListModel):
    """The places, each ticked or not; those that likely mean something else begin without."""

    def __init__(self, found: Sequence[Occurrence]) -> None:
        super().__init__()
        self.found = found
        self.ticked = [one.likely for one in found]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.found[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return one, self.ticked[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            tick = self.tr("ticked") if self.ticked[index.row()] else self.tr("not ticked")
            return f"{tick}, {_where(one)}: {one.before} {one.after}"
        return None

    def toggle(self, number: int) -> None:
        self.set_ticked({number}, on=not self.ticked[number])

    def set_ticked(self, numbers: set[int], *, on: bool) -> None:
        for number in numbers:
            self.ticked[number] = on
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.found) - 1, 0))


class _Delegate(QStyledItemDelegate):
    """Tick, where it is, the words in their line."""

    def __init__(self, label: Label, text: str) -> None:
        super().__init__()
        self._label, self._text = label, text

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one, ticked = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        rect = rect_of(option)
        picked, hovered, focused = states(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.row_ground(painter, rect, picked, hovered, focused)
        box = QRectF(rect.x() + now.px(20), rect.y() + now.px(9), now.px(16), now.px(16))
        colors = now.label(self._label.hue)
        if ticked:
            paint.rounded(painter, box, now.px(4), colors.strong)
            paint.tick(painter, box.adjusted(2.5, 2.5, -2.5, -2.5), colors.on_strong)
        else:
            paint.rounded(painter, box, now.px(4), now.color("raised"), now.color("edge"))
        inside = rect.adjusted(now.px(48), now.px(6), -now.px(20), 0)
        first = QRectF(inside.x(), inside.y(), inside.width(), now.px(18))
        paint.text(painter, first, _where(one), now.font("small"), "ink2")
        note = _note(one)
        if note:
            paint.text(painter, first, note, now.font("small"), "ink3", align=paint.RIGHT)
        passage = Passage(one.before, self._text, one.after, self._label.hue, self._label.style == BAND)
        Layout(passage, _SIZE, inside.width(), 1).draw(
            painter, inside.x(), inside.y() + now.px(20), now.color("ink")
        )
        painter.restore()


class SameCard(Overlay):
    """Space ticks, Enter takes, Esc leaves everything as it is."""

    def __init__(
        self, window: QWidget, span: Span, span_label: Label, found: Sequence[Occurrence], take: Take
    ) -> None:
        super().__init__(window, 760, 560)
        self._take = take
        self._found = found
        self._model = _Model(found)
        self._list = lists.view(self.tr("Places"), _Delegate(span_label, " ".join(span.text.split())))
        self._list.setModel(self._model)
        self._list.setUniformItemSizes(True)
        self._list.clicked.connect(lambda index: self._toggle(index.row()))
        self._list.installEventFilter(self)
        rejecting = span.state == REJECTED
        words = self.tr("Reject {n}") if rejecting else self.tr("Accept {n} as {label}")
        self._words = words.replace("{label}", wording.label_name(span_label))
        self._go = Button("", "x" if rejecting else "check", "primary", "↵")
        self._go.clicked.connect(self._done)
        head = row(
            Cut(self.tr("“{text}” elsewhere").format(text=wording.plain(span.text, 48)), "head"),
            tool("x", self.tr("Close"), "Esc", self.close_card),
            margins=(24, 0, 12, 0),
        )
        self._count = label("", "second")
        foot = row(
            Hint(["Space"], self.tr("tick")),
            Hint(["A"], self.tr("all")),
            Hint(["0"], self.tr("none")),
            self._count,
            None,
            self._go,
            gap=16,
            margins=(24, 0, 24, 0),
        )
        box = column(frame(head, height=56), line(), 4, gap=0)
        box.addWidget(self._list, 1)
        box.addWidget(line())
        box.addWidget(frame(foot, height=56))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("The same text elsewhere"))
        self._list.setCurrentIndex(self._model.index(0, 0))
        self._show_count()
        self.open(self._list)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            everything = set(range(len(self._found)))
            if event.key() == Qt.Key.Key_Space:
                self._toggle(self._list.currentIndex().row())
            elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._done()
            elif event.key() in (Qt.Key.Key_A, Qt.Key.Key_0):
                self._model.set_ticked(everything, on=event.key() == Qt.Key.Key_A)
                self._show_count()
            else:
                return super().eventFilter(watched, event)
            return True
        return super().eventFilter(watched, event)

    def _toggle(self, number: int) -> None:
        self._model.toggle(number)
        self._show_count()

    def _show_count(self) -> None:
        count = sum(self._model.ticked)
        self._go.setText(self._words.format(n=count))
        self._go.setEnabled(count > 0)
        articles = len({one.document.id for one in self._found})
        places = wording.counted(len(self._found), self.tr("1 place"), self.tr("{n} places"))
        where = wording.counted(articles, self.tr("in 1 article"), self.tr("in {n} articles"))
        self._count.setText(f"{places} {where}")

    def _done(self) -> None:
        chosen = [one for one, ticked in zip(self._found, self._model.ticked, strict=True) if ticked]
        if chosen:
            self.close_card()
            self._take(chosen)


def _where(one: Occurrence) -> str:
    document = one.document
    parts = (document.title or document.name, document.source, wording.day(document.date))
    return " · ".join(part for part in parts if part)


def _note(one: Occurrence) -> str:
    if one.rejected:
        return _tr("rejected before")
    if one.within is not None:
        return _tr("in “{name}”").format(name=wording.plain(one.within, 30))
    return _tr("suggested") if one.span is not None else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Same", text)
