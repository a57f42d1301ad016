"""Finding words in the open article. It floats over the text, so that nothing moves for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from annotator.ui import theme
from annotator.ui.field import Field
from annotator.ui.kit import label, row, tool


class FindBar(QFrame):
    """Typing shows the first place, Up and Down the others; Enter selects it and goes to the text.

    With a label's key after that, keys alone make a span anywhere.
    """

    changed = Signal(str)
    stepped = Signal(int)
    taken = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("floating")
        self.field = Field(self.tr("Find in the article"), "search")
        self.field.setFixedWidth(theme.current().px(240))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.changed)
        self._count = label("", "small")
        self._count.setFixedWidth(theme.current().px(72))
        up = tool("chevron-up", self.tr("Previous place found"), "↑", lambda: self.stepped.emit(-1))
        down = tool("chevron-down", self.tr("Next place found"), "↓", lambda: self.stepped.emit(1))
        close = tool("x", self.tr("Close"), "Esc", self.closed.emit)
        self.setLayout(row(self.field, self._count, up, down, close, gap=4, margins=(8, 6, 6, 6)))
        self.hide()

    def open(self) -> None:
        """Show it at the upper right of its parent, with what was looked for last."""
        self.show()
        self.raise_()
        self.place()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def place(self) -> None:
        now = theme.current()
        self.adjustSize()
        self.move(max(0, self._over.width() - self.width() - now.px(24)), now.px(8))

    def show_count(self, number: int, count: int) -> None:
        """Which place it is of how many; nothing where nothing is looked for."""
        if not self.field.text():
            self._count.setText("")
        elif count:
            self._count.setText(self.tr("{number} of {count}").format(number=number, count=count))
        else:
            self._count.setText(self.tr("not here"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.taken.emit()
                return True
        return super().eventFilter(watched, event)
