"""Ctrl+K: every command by name, entities and articles, by typing some of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.ui import icons, lists, paint, theme, wording
from annotator.ui.field import Field
from annotator.ui.hints import Hint
from annotator.ui.kit import column, frame, label, line, row
from annotator.ui.lists import Index, rect_of, states
from annotator.ui.overlay import Overlay


class Entry(NamedTuple):
    """A row: what is found, a note beside it, its key, and what Enter does. A heading has no `call`."""

    text: str
    note: str = ""
    icon: str = ""
    hue: int | None = None
    key: str = ""
    call: Callable[[], object] | None = None


class Source(NamedTuple):
    """Where entries come from; a query that begins with `sign` asks this source alone."""

    sign: str
    heading: str
    find: Callable[[str], Sequence[Entry]]


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def put(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(part for part in (entry.text, entry.note, entry.key) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entries[index.row()].call is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    def __init__(self) -> None:
        super().__init__()
        self.needle = ""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = index.data(Qt.ItemDataRole.UserRole)
        return QSize(10, theme.current().px(36 if entry.call is not None else 28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        rect = rect_of(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = rect.x() + now.px(20), rect.right() - now.px(20)
        if entry.call is None:
            words = QRectF(left, rect.y() + now.px(4), right - left, rect.height() - now.px(4))
            paint.text(painter, words, entry.text, now.font("section"), "ink3")
            painter.restore()
            return
        picked, hovered, _ = states(option)
        paint.row_ground(painter, rect, picked, hovered, focused=False)
        self._mark(painter, entry, QRectF(left, rect.center().y() - now.px(8), now.px(16), now.px(16)))
        if entry.key:
            wide, high = paint.cap_width(entry.key), now.px(18)
            paint.cap(painter, QRectF(right - wide, rect.center().y() - high / 2, wide, high), entry.key)
            right -= wide + now.px(8)
        self._words(
            painter, entry, QRectF(left + now.px(28), rect.y(), right - left - now.px(28), rect.height())
        )
        painter.restore()

    def _mark(self, painter: QPainter, entry: Entry, rect: QRectF) -> None:
        now = theme.current()
        if entry.hue is not None:
            inset = now.px(2)
            paint.swatch(painter, rect.adjusted(inset, inset, -inset, -inset), now.label(entry.hue).strong)
        elif entry.icon:
            drawn = icons.pixmap(entry.icon, 16, "ink2", painter.device().devicePixelRatioF())
            painter.drawPixmap(rect, drawn, QRectF(drawn.rect()))

    def _words(self, painter: QPainter, entry: Entry, rect: QRectF) -> None:
        now = theme.current()
        font = now.font("medium")
        at = entry.text.casefold().find(self.needle) if self.needle else -1
        if at >= 0:
            before = paint.width(entry.text[:at], font)
            wide = paint.width(entry.text[at : at + len(self.needle)], font)
            if before + wide < rect.width():
                spot = QRectF(rect.x() + before - 1, rect.center().y() - now.px(9), wide + 2, now.px(18))
                paint.rounded(painter, spot, 3, now.color("sunken"))
        paint.text(painter, rect, entry.text, font)
        wide = paint.width(entry.text, font) + now.px(12)
        if entry.note and wide < rect.width():
            paint.text(painter, rect.adjusted(wide, 0, 0, 0), entry.note, now.font("small"), "ink3")


class Palette(Overlay):
    """The card: a field, what it finds, how to choose."""

    def __init__(self, window: QWidget, sources: Sequence[Source]) -> None:
        super().__init__(window, 640, 460, 96)
        self._sources = sources
        self._model = _Model()
        only = sources[0].heading if len(sources) == 1 else self.tr("Search or run a command")
        self._field = Field(only, "search")
        self._field.setObjectName("bare")
        self._field.setFont(theme.current().font("body", size=15))
        self._field.textChanged.connect(self._find)
        self._field.installEventFilter(self)
        self._delegate = _Delegate()
        self._list = lists.view(self.tr("Found"), self._delegate)
        self._list.setModel(self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._run)
        signs = "   ".join(
            f"{source.sign} {wording.inside(source.heading)}" for source in sources if source.sign
        )
        foot = row(
            Hint(["↑", "↓"], self.tr("choose")),
            Hint(["↵"], self.tr("do it")),
            Hint(["Esc"], self.tr("back")),
            None,
            label(signs, "small"),
            gap=16,
            margins=(20, 0, 20, 0),
        )
        box = column(frame(row(self._field, margins=(8, 6, 12, 6)), height=48), line(), 4, gap=0)
        box.addWidget(self._list, 1)
        box.addWidget(line())
        box.addWidget(frame(foot, height=40))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Commands"))
        self._find("")
        self.open(self._field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _find(self, words: str) -> None:
        asked = words.strip()
        chosen = [source for source in self._sources if asked.startswith(source.sign)]
        needle = asked[len(chosen[0].sign) :].strip() if chosen else asked
        self._delegate.needle = needle.casefold()
        entries: list[Entry] = []
        for source in chosen or self._sources:
            found = list(source.find(needle))
            if found:
                entries += [Entry(source.heading), *found]
        nothing = self.tr("Nothing matches “{words}”").format(words=needle)
        self._model.put(entries or [Entry(nothing if needle else self.tr("There is nothing to choose from"))])
        self._step(1)

    def _step(self, step: int) -> None:
        """Go to the next row that does something; from the last one to the first."""
        entries = self._model.entries
        at = self._list.currentIndex().row()
        for number in range(1, len(entries) + 1):
            place = (at + step * number) % len(entries)
            if entries[place].call is not None:
                self._list.setCurrentIndex(self._model.index(place, 0))
                return

    def _run(self, index: QModelIndex) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if entry is not None and entry.call is not None:
            self.close_card()
            entry.call()
