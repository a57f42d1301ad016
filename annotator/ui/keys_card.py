"""Every key can be changed here: a list of all acts, sets for people from elsewhere, conflicts by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

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

from annotator.ui import lists, paint, theme
from annotator.ui.action_table import BY_ID, TABLE
from annotator.ui.actions import Group, shown, words
from annotator.ui.field import Field
from annotator.ui.keymap import OWN_SET, SETS, Keymap, is_single, pressed
from annotator.ui.kit import Button, Cut, Segments, column, frame, label, line, row, tool
from annotator.ui.lists import Index, rect_of, states
from annotator.ui.overlay import Overlay

_ADDS = (Qt.Key.Key_Plus, Qt.Key.Key_Insert)
_TAKES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Line(NamedTuple):
    """An act with its keys; a heading has no `action`."""

    text: str
    action: str = ""
    keys: tuple[str, ...] = ()
    changed: bool = False


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[Line] = ()

    def put(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return found
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join([found.text, *map(shown, found.keys)])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not self.lines[index.row()].action:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    """The act at the left, its keys at the right; of the one that waits for a key it is said."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = ""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, theme.current().px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: Line = index.data(Qt.ItemDataRole.UserRole)
        now = theme.current()
        rect = rect_of(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = rect.x() + now.px(24), rect.right() - now.px(24)
        if not found.action:
            words = rect.adjusted(now.px(24), now.px(6), -now.px(24), 0)
            paint.text(painter, words, found.text, now.font("section"), "ink3")
            painter.restore()
            return
        paint.row_ground(painter, rect, *states(option))
        if found.action == self.waiting:
            asked = QCoreApplication.translate("KeysCard", "Press the key…")
            wide = paint.width(asked, now.font("strong")) + 1
            spot = QRectF(right - wide, rect.y(), wide, rect.height())
            paint.text(painter, spot, asked, now.font("strong"), "ink")
            right -= wide
        else:
            high = now.px(18)
            for key in reversed(found.keys):
                wide = paint.cap_width(shown(key))
                right -= wide
                paint.cap(painter, QRectF(right, rect.center().y() - high / 2, wide, high), shown(key))
                right -= now.px(4)
        said = QRectF(left, rect.y(), right - left - now.px(8), rect.height())
        paint.text(painter, said, found.text, now.font("strong" if found.changed else "body"))
        painter.restore()


class KeysCard(Overlay):
    """Enter waits for a key in place of the present ones, + for one more, Del takes them away."""

    def __init__(
        self,
        window: QWidget,
        keymap: Keymap,
        store: Callable[[Keymap], object],
        labels: Sequence[str],
        store_label: Callable[[int, str | None], object],
    ) -> None:
        super().__init__(window, 840, 620)
        self.keymap, self._store = keymap, store
        self._labels, self._store_label = labels, store_label
        self._adding = False
        self._asked: tuple[str, str, str] | None = None  # action, key, whose it is
        self._model, self._delegate = _Model(), _Delegate()
        self._list = lists.view(self.tr("Keys"), self._delegate)
        self._list.setModel(self._model)
        self._list.setUniformItemSizes(True)
        self._list.doubleClicked.connect(lambda _: self._wait(adding=False))
        self._list.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())
        self._list.installEventFilter(self)
        self._field = Field(self.tr("Filter keys"), "search")
        self._field.setFixedWidth(theme.current().px(200))
        self._field.textChanged.connect(lambda _: self._fill())
        self._field.returnPressed.connect(self._list.setFocus)
        self._sets = Segments(list(SETS), list(SETS).index(keymap.set))
        self._sets.chosen.connect(lambda number: self._change(self.keymap.but(set_=list(SETS)[number])))
        self._said = Cut()
        self._change_button = self._button(
            self.tr("Change"), "↵", lambda: self._wait(adding=False), "primary"
        )
        self._add = self._button(self.tr("Add one"), "+", lambda: self._wait(adding=True))
        self._take = self._button(self.tr("No key"), shown("Del"), self._take_away)
        self._back = self._button(self.tr("Back to default"), "", self._reset)
        self._all = self._button(self.tr("All back to default"), "", self._reset_all, "ghost")
        self._build()
        self._fill()
        self.open(self._list)

    def _build(self) -> None:
        head = row(
            *(label(self.tr("Change the keys"), "head"), None, self._sets, self._field),
            tool("x", self.tr("Close"), "Esc", self.close_card),
            gap=12,
            margins=(24, 0, 12, 0),
        )
        said = row(margins=(24, 0, 24, 0))
        said.addWidget(self._said, 1)
        foot = row(
            *(self._all, None, self._back, self._take, self._add, self._change_button),
            margins=(16, 0, 24, 0),
        )
        box = column(frame(head, height=56), line(), 4, gap=0)
        box.addWidget(self._list, 1)
        box.addWidget(line())
        box.addWidget(frame(said, height=36))
        box.addWidget(line())
        box.addWidget(frame(foot, height=56))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Change the keys"))

    def _button(self, face: str, key: str, call: Callable[[], object], kind: str = "normal") -> Button:
        made = Button(face, kind=kind, key=key)
        made.clicked.connect(lambda _=False: call())
        return made

    # The list

    def _fill(self, at: str = "") -> None:
        """Show what fits the filter; the row of `at` stays the chosen one."""
        at = at or self._chosen()
        needle = self._field.text().strip().casefold()
        found: list[Line] = []
        for group in Group:
            lines = [one for spec in TABLE if spec.group is group for one in self._line(spec.id, needle)]
            if lines:
                found += [Line(QCoreApplication.translate("menus", group.value)), *lines]
        self._model.put(found)
        places = [number for number, one in enumerate(found) if one.action]
        wanted = [number for number in places if found[number].action == at]
        if places:
            self._list.setCurrentIndex(self._model.index((wanted or places)[0], 0))
        self._show_chosen()

    def _line(self, action: str, needle: str) -> list[Line]:
        name, keys = self._name(action), self.keymap.keys(action)
        fits = needle in name.casefold() or any(needle == shown(key).casefold() for key in keys)
        if not name or not fits:
            return []
        return [Line(name, action, tuple(keys), keys != BY_ID[action].keys.split())]

    def _name(self, action: str) -> str:
        """What an act is called; that of a label is the label, nothing where there is none."""
        number = _label_number(action)
        if number is None:
            return words(BY_ID[action])
        if not self._labels:
            return self.tr("Label {n}").format(n=number)
        return self._labels[number - 1] if number <= len(self._labels) else ""

    def _chosen(self) -> str:
        index = self._list.currentIndex()
        return self._model.lines[index.row()].action if index.isValid() else ""

    def _show_chosen(self) -> None:
        if self._delegate.waiting:
            return
        action = self._chosen()
        label_ = _label_number(action) is not None
        for button in (self._change_button, self._take):
            button.setEnabled(bool(action) and (not label_ or bool(self._labels)))
        self._add.setEnabled(bool(action) and not label_)
        self._back.setEnabled(action in self.keymap.own)
        self._all.setEnabled(bool(self.keymap.own))
        self._said.setText(self.tr("Single keys work in the text. In a field they type."))

    # Changing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._list and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # no key of the window is heard here
                return True
            if event.type() == QEvent.Type.KeyPress and self._heard(event):
                return True
        return super().eventFilter(watched, event)

    def _heard(self, event: QKeyEvent) -> bool:
        """Whether a key press in the list meant something here."""
        key = event.key()
        if self._asked is not None:
            self._answer(taken=key in (Qt.Key.Key_Return, Qt.Key.Key_Enter))
        elif self._delegate.waiting:
            found = pressed(event)
            if key == Qt.Key.Key_Escape:
                self._stop()
            elif found:
                self._put(self._delegate.waiting, found)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._wait(adding=False)
        elif key in _ADDS:
            self._wait(adding=True)
        elif key in _TAKES:
            self._take_away()
        else:
            return False
        return True

    def _wait(self, *, adding: bool) -> None:
        button = self._add if adding else self._change_button
        if button.isEnabled():
            self._list.setFocus()
            self._adding = adding
            self._delegate.waiting = self._chosen()
            self._said.setText(
                self.tr("Press the key for “{act}”. Esc leaves it as it is.").format(
                    act=self._name(self._chosen())
                )
            )
            self._list.viewport().update()

    def _stop(self) -> None:
        self._delegate.waiting, self._asked = "", None
        self._list.viewport().update()
        self._show_chosen()

    def _put(self, action: str, key: str) -> None:
        """Give an act a key. Where another one has it, that is named and asked."""
        if _label_number(action) is not None and not is_single(key):
            self._said.setText(self.tr("A label takes a single letter, digit or sign."))
            return
        holder = self.keymap.holder(action, key)
        if holder is None:
            self._give(action, key)
        elif _label_number(holder) is not None:
            self._stop()
            self._said.setText(
                self.tr("{key} is the key of the label {label}. Change that one first.").format(
                    key=shown(key), label=self._name(holder)
                )
            )
        else:
            self._asked = (action, key, holder)
            self._said.setText(
                self.tr(
                    "{key} already does “{act}”. Enter takes it from there, any other key leaves it."
                ).format(key=shown(key), act=self._name(holder))
            )

    def _answer(self, *, taken: bool) -> None:
        asked, self._asked = self._asked, None
        if taken and asked is not None:
            action, key, holder = asked
            rest = [one for one in self.keymap.keys(holder) if one != key]
            self.keymap = self.keymap.but(own={**self.keymap.own, holder: " ".join(rest)})
            self._give(action, key)
        else:
            self._stop()

    def _give(self, action: str, key: str) -> None:
        number = _label_number(action)
        self._stop()
        if number is not None:
            self._store_label(number, key)
            self._change(self.keymap.with_label(number, key))
            return
        kept = [one for one in self.keymap.keys(action) if one != key] if self._adding else []
        self._change(self.keymap.but(own={**self.keymap.own, action: " ".join([*kept, key])}))

    def _take_away(self) -> None:
        action, number = self._chosen(), _label_number(self._chosen())
        if number is not None and self._labels:
            self._store_label(number, None)
            self._change(self.keymap.with_label(number, None))
        elif action and number is None:
            self._change(self.keymap.but(own={**self.keymap.own, action: ""}))

    def _reset(self) -> None:
        chosen = self._chosen()
        self._change(self.keymap.but(own={a: keys for a, keys in self.keymap.own.items() if a != chosen}))

    def _reset_all(self) -> None:
        self._sets.set_on(list(SETS).index(OWN_SET))
        self._change(self.keymap.but(set_=OWN_SET, own={}))

    def _change(self, keymap: Keymap) -> None:
        self.keymap = keymap
        self._store(keymap)
        self._fill()


def _label_number(action: str) -> int | None:
    """The place of the label whose key this is, None for any other act."""
    lead, _, number = action.partition(".")
    return int(number) if lead == "label" and number.isdigit() else None
