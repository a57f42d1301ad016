"""Three columns: a list, the middle, a panel. The middle takes every change of width.

Where the window is narrow the list is a rail of 56 px, and opens over the middle without
pushing it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.ui import theme
from annotator.ui.kit import column
from annotator.ui.queue import RAIL, WIDTH, Queue

PANEL, NARROW_PANEL, LEAST_MIDDLE = 352, 320, 440


class _Room(QWidget):
    """Keeps the list's place in the splitter; the list itself lies above and may be wider."""


class Columns(QWidget):
    """The list lies over its room, so that opening it moves nothing."""

    def __init__(self, queue: Queue, middle: QWidget, panel: QWidget) -> None:
        super().__init__()
        now = theme.current()
        self._queue, self._panel = queue, panel
        self._room = _Room()
        self._narrow = False
        self._listed = True
        self._floats = False
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for part in (self._room, middle, panel):
            self._split.addWidget(part)
        for place, stretch in enumerate((0, 1, 0)):
            self._split.setStretchFactor(place, stretch)
        middle.setMinimumWidth(now.px(LEAST_MIDDLE))
        self.setLayout(column(self._split, gap=0))
        queue.setParent(self)
        self._room.installEventFilter(self)
        self._wanted = (now.px(WIDTH), now.px(PANEL))
        self._split.splitterMoved.connect(lambda *_: self._moved())
        self._apply()

    def set_narrow(self, *, narrow: bool) -> None:
        if narrow != self._narrow:
            self._narrow, self._floats = narrow, False
            self._apply()

    def toggle_list(self) -> bool:
        """Show or hide the list; in a narrow window, open it over the text. True where it is open now."""
        if self._narrow:
            self._floats = not self._floats
        else:
            self._listed = not self._listed
        self._apply()
        return self._floats or (self._listed and not self._narrow)

    def show_list(self) -> None:
        """Have the list in sight."""
        if self._narrow:
            self._floats = True
        else:
            self._listed = True
        self._apply()

    def floats(self) -> bool:
        """Whether the list lies over the text."""
        return self._floats

    def close_list(self) -> bool:
        """Close the list where it lies over the text; whether it did."""
        floated, self._floats = self._floats, False
        if floated:
            self._apply()
        return floated

    def sizes(self) -> list[int]:
        """The widths of list and panel, as `restore` takes them."""
        return list(self._wanted)

    def lists(self) -> bool:
        """Whether the list is there where the window has room for it."""
        return self._listed

    def restore(self, sizes: list[int], *, listed: bool) -> None:
        """Widths and list as they were left."""
        self._listed = listed
        if len(sizes) == 2:
            self._wanted = (sizes[0], sizes[1])
        self._apply()

    def _moved(self) -> None:
        """Somebody dragged a handle."""
        if not self._narrow and self._listed:
            list_, _, panel = self._split.sizes()
            self._wanted = (list_, panel)

    def _settle(self) -> None:
        """Give list and panel their widths, whatever the window's is."""
        list_, panel = self._wanted
        if self._narrow:
            list_, panel = self._room.maximumWidth(), self._panel.maximumWidth()
        self._split.setSizes([list_, self.width() - list_ - panel, panel])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._room and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()
        self._place()

    def _apply(self) -> None:
        now = theme.current()
        self._room.setVisible(self._narrow or self._listed)
        self._queue.setVisible(self._narrow or self._listed)
        self._queue.set_rail(rail=self._narrow and not self._floats)
        if self._narrow:
            self._room.setFixedWidth(now.px(RAIL))
            self._panel.setFixedWidth(now.px(NARROW_PANEL))
        else:
            self._room.setMinimumWidth(now.px(240))
            self._room.setMaximumWidth(now.px(480))
            self._panel.setMinimumWidth(now.px(NARROW_PANEL))
            self._panel.setMaximumWidth(now.px(560))
        self._settle()
        self._place()
        self._queue.raise_()

    def _place(self) -> None:
        wide = theme.current().px(WIDTH) if self._floats else self._room.width()
        self._queue.setGeometry(QRect(0, 0, wide, self.height()))
