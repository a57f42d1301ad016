"""What the lists of the window share: their view, and reading what Qt hands a delegate."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
)

Index = QModelIndex | QPersistentModelIndex


def view(name: str, delegate: QAbstractItemDelegate) -> QListView:
    """A list without a frame that scrolls by pixels and knows where the pointer is."""
    made = QListView()
    prepare(made, name, delegate)
    return made


def prepare(made: QListView, name: str, delegate: QAbstractItemDelegate) -> None:
    """Make a list look and behave as all lists of the window do."""
    made.setAccessibleName(name)
    made.setItemDelegate(delegate)
    delegate.setParent(made)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setMouseTracking(True)
    made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    made.viewport().setAutoFillBackground(False)


def prepare_block(made: QListView, name: str, delegate: QAbstractItemDelegate) -> None:
    """The same for a list inside a panel, which is as high as its rows and does not scroll itself.

    It takes no focus by click: the panel's rows are pressed like buttons.
    """
    prepare(made, name, delegate)
    made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)


def rect_of(option: QStyleOptionViewItem) -> QRectF:
    return QRectF(option.rect)


def states(option: QStyleOptionViewItem) -> tuple[bool, bool, bool]:
    """Picked, hovered, and in focus, which shows only where the keyboard brought the focus."""
    state = option.state
    flags = QStyle.StateFlag
    focused = bool(state & flags.State_HasFocus) and bool(state & flags.State_KeyboardFocusChange)
    return bool(state & flags.State_Selected), bool(state & flags.State_MouseOver), focused
