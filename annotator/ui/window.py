"""The window: header, pages, status bar, and what is open above them. One window, one project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFocusFrame, QFrame, QMainWindow, QMenuBar, QStackedWidget, QWidget

from annotator.errors import UserError
from annotator.ui import theme, wording
from annotator.ui.actions import Call, Needs, Zone
from annotator.ui.acts import Acts
from annotator.ui.bindings import Bindings
from annotator.ui.files import Files
from annotator.ui.header import Header
from annotator.ui.kit import column, line
from annotator.ui.look import RingStyle
from annotator.ui.review import Review
from annotator.ui.statusbar import StatusBar
from annotator.ui.work import Work, WorkChip, WorkList

NARROW = 1200
"""Below this width, in token pixels, the article list is a rail."""
