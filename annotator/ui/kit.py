"""Small parts that every page is made of: buttons, key caps, labels that cut, bars, rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.ui import icons, paint, theme
from annotator.ui.ground import GROUNDS, Ground

Box = TypeVar("Box", bound=QBoxLayout)
Item = QWidget | int | None
"""What a row or column takes: a widget, a gap in token pixels, or None for a stretch."""


class Button(QPushButton):
    """A button that shows icon, words and its key, and never takes the focus by a click.

    Kinds: `normal`, `primary` (ink), `ghost` (no border), `tool` (an icon alone), `tab`,
    `segment`, `text` (a line of a list, words at the left).
    """

    def __init__(
        self, words: str = "", icon: str = "", kind: str = "normal", key: str = "", height: int = 32
    ) -> None:
        super().__init__(words)
        self._icon = icon
        self._kind = kind
        self._key = key
        self._height = 28 if kind == "tool" and height == 32 else height
        self._hovered = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        fixed = QSizePolicy.Policy.Fixed
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if kind == "tool" else QSizePolicy.Policy.Preferred, fixed
        )
        if kind in ("tab", "segment"):
            self.setCheckable(True)

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.update()

    def set_key(self, key: str) -> None:
        self._key = key
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        now = theme.current()
        height = now.px(self._height)
        if self._kind == "tool":
            return QSize(height, height)
        wide = 2 * self._side() + paint.width(self.text(), self._font(strong=True))
        if self._icon:
            wide += now.px(16 + (8 if self.text() else 0))
        if self._key:
            wide += paint.cap_width(self._key) + now.px(8)
        return QSize(round(wide + 1), height)

    def minimumSizeHint(self) -> QSize:
        now = theme.current()
        narrow = QSize(now.px(24 if self._kind != "tool" else self._height), now.px(self._height))
        return narrow if self._kind == "text" else self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        self._paint_ground(painter, rect)
        ink = self._ink()
        if self._kind == "tool":
            self._paint_icon(painter, (rect.width() - theme.current().px(16)) / 2, ink)
            return
        self._paint_words(painter, rect, ink)

    def _side(self) -> int:
        return theme.current().px({"ghost": 8, "segment": 10, "text": 8}.get(self._kind, 12))

    def _font(self, strong: bool) -> QFont:
        now = theme.current()
        if self._kind == "segment":
            return now.font("section" if strong else "small")
        return now.font("strong" if strong and self._kind in ("tab", "primary") else "medium")

    def _ink(self) -> QColor:
        now = theme.current()
        if not self.isEnabled():
            return now.color("edge")
        if self._kind == "primary":
            return now.color("onaccent")
        quiet = self._kind in ("tab", "segment", "tool") and not self.isChecked()
        return now.color("ink2" if quiet else "ink")

    def _paint_ground(self, painter: QPainter, rect: QRectF) -> None:
        now = theme.current()
        radius = now.px(5 if self._kind == "segment" else 6)
        lit = self.isEnabled() and self._hovered
        if self._kind == "primary" and self.isEnabled():
            paint.rounded(painter, rect, radius, now.color("accenthover" if lit else "accent"))
        elif self._kind in ("normal", "primary"):
            ground = now.color("pick" if self.isDown() or self.isChecked() else "hover" if lit else "raised")
            paint.rounded(painter, rect, radius, ground, now.color("line2"))
        elif self._kind in ("tab", "segment") and self.isChecked():
            paint.rounded(painter, rect, radius, now.color("raised"), now.color("line2"))
        elif self.isDown() or self.isChecked():
            paint.rounded(painter, rect, radius, now.color("pick"))
        elif lit:
            paint.rounded(painter, rect, radius, now.color("hover"))

    def _paint_icon(self, painter: QPainter, x: float, ink: QColor) -> None:
        size = theme.current().px(16)
        tint = ink if self._kind in ("primary", "tab") or not self.isEnabled() or self.isChecked() else "ink2"
        drawn = icons.pixmap(self._icon, 16, tint, self.devicePixelRatioF())
        painter.drawPixmap(QRectF(x, (self.height() - size) / 2, size, size), drawn, QRectF(drawn.rect()))

    def _paint_words(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        now = theme.current()
        font = self._font(self.isChecked() or self._kind == "primary")
        side = self._side()
        right = rect.width() - side
        if self._key:
            wide, high = paint.cap_width(self._key), now.px(18)
            right = rect.width() - now.px(8) - wide
            look = "ghost" if self._kind == "primary" and self.isEnabled() else "normal"
            paint.cap(painter, QRectF(right, (rect.height() - high) / 2, wide, high), self._key, look)
            right -= now.px(8)
        icon = now.px(16 + (8 if self.text() else 0)) if self._icon else 0
        x = float(side)
        if not self._key and self._kind != "text":
            x = max(x, (rect.width() - icon - paint.width(self.text(), font)) / 2)
        if self._icon:
            self._paint_icon(painter, x, ink)
        paint.text(
            painter, QRectF(x + icon, 0, max(0.0, right - x - icon), rect.height()), self.text(), font, ink
        )


class KeyCap(QWidget):
    """The picture of a key."""

    def __init__(self, key: str, look: str = "normal") -> None:
        super().__init__()
        self._key = key
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_look(self, look: str) -> None:
        self._look = look
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(paint.cap_width(self._key)), theme.current().px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.cap(painter, QRectF(self.rect()), self._key, self._look)


class Icon(QWidget):
    """An icon that stands beside words and says nothing of its own."""

    def __init__(self, name: str, size: int = 16, role: str = "ink2") -> None:
        super().__init__()
        self._name, self._size, self._role = name, size, role
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, role: str = "ink2") -> None:
        if (name, role) != (self._name, self._role):
            self._name, self._role = name, role
            self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        drawn = icons.pixmap(self._name, self._size, self._role, self.devicePixelRatioF())
        QPainter(self).drawPixmap(QRectF(self.rect()), drawn, QRectF(drawn.rect()))


class Cut(QLabel):
    """One line that is cut with an ellipsis and never forces its width on the panel.

    For every text that comes from data. The whole of it is the tooltip.
    """

    def __init__(self, words: str = "", kind: str = "body") -> None:
        super().__init__(words)
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, words: str) -> None:
        super().setText(words)
        self.setAccessibleName(words)

    def minimumSizeHint(self) -> QSize:
        return QSize(10, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.palette().color(self.foregroundRole())
        whole = self.fontMetrics().horizontalAdvance(self.text())
        tip = self.text() if whole > self.width() else ""
        if tip != self.toolTip():
            self.setToolTip(tip)
        align = self.alignment() | Qt.AlignmentFlag.AlignVCenter
        paint.text(painter, QRectF(self.rect()), self.text(), self.font(), color, align=align)


class Bar(QWidget):
    """A thin progress bar. Its accessible name holds the number."""

    def __init__(self, height: int = 6, width: int = 0) -> None:
        super().__init__()
        self._part = 0.0
        self._height, self._width = height, width
        grows = QSizePolicy.Policy.Fixed if width else QSizePolicy.Policy.Expanding
        self.setSizePolicy(grows, QSizePolicy.Policy.Fixed)

    def set_part(self, part: float, words: str = "") -> None:
        self._part = part
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        now = theme.current()
        return QSize(now.px(self._width or 24), now.px(self._height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.bar(painter, QRectF(self.rect()), self._part)


class Segments(QFrame):
    """A few choices side by side, one of them on."""

    chosen = Signal(int)

    def __init__(self, names: list[str], on: int = 0) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        box = QHBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)  # room for the ring of the focus
        box.setSpacing(2)
        self._buttons: list[Button] = []
        for number, name in enumerate(names):
            button = Button(name, kind="segment", height=24)
            button.setAutoExclusive(True)
            button.setChecked(number == on)
            button.clicked.connect(lambda _=False, n=number: self.chosen.emit(n))
            self._buttons.append(button)
            box.addWidget(button)

    def set_names(self, names: list[str]) -> None:
        for button, name in zip(self._buttons, names, strict=True):
            if button.text() != name:
                button.setText(name)

    def set_on(self, number: int) -> None:
        self._buttons[number].setChecked(True)

    def on(self) -> int:
        """The number of the choice that holds."""
        return next(number for number, button in enumerate(self._buttons) if button.isChecked())

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.rounded(painter, QRectF(self.rect()), now.px(6), now.color("sunken"))


class Choice(QComboBox):
    """One of many, in a list that opens; what it is for is its accessible name."""

    def __init__(self, name: str, names: Sequence[str], on: int = 0) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.addItems(names)
        self.setCurrentIndex(on)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls what lies below; it does not choose."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.current().px(16)
        drawn = icons.pixmap("chevron-down", 16, "ink2", self.devicePixelRatioF())
        spot = QRectF(self.width() - side - theme.current().px(8), (self.height() - side) / 2, side, side)
        QPainter(self).drawPixmap(spot, drawn, QRectF(drawn.rect()))


class Stepper(QFrame):
    """A size that goes up and down by steps."""

    stepped = Signal(int)

    def __init__(self, less: str, more: str) -> None:
        super().__init__()
        self._value = label("", "strong")
        self._value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._value.setFixedWidth(theme.current().px(56))
        self._less = tool("minus", less, call=lambda: self.stepped.emit(-1))
        self._more = tool("plus", more, call=lambda: self.stepped.emit(1))
        self.setLayout(row(self._less, self._value, self._more, gap=4))

    def show_value(self, words: str, *, least: bool, most: bool) -> None:
        self._value.setText(words)
        self._less.setEnabled(not least)
        self._more.setEnabled(not most)


def label(words: str = "", kind: str = "body", wrap: bool = False) -> QLabel:
    """A text of the program's own, which may take the width it needs."""
    made = QLabel(words)
    made.setProperty("kind", kind)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


def tool(icon: str, words: str, key: str = "", call: Callable[[], object] | None = None) -> Button:
    """An icon alone: its words are the tooltip and the accessible name, its key the description."""
    made = Button("", icon, "tool")
    name_tool(made, words, key)
    if call is not None:
        made.clicked.connect(lambda _=False: call())
    return made


def name_tool(button: Button, words: str, key: str = "") -> None:
    """Say what a button does where its face does not."""
    button.setToolTip(f"{words}  ({key})" if key else words)
    button.setAccessibleName(words)
    button.setAccessibleDescription(key)


def row(*items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout of widgets, gaps and stretches, in token pixels."""
    return _fill(QHBoxLayout(), items, gap, margins)


def column(*items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout of widgets, gaps and stretches, in token pixels."""
    return _fill(QVBoxLayout(), items, gap, margins)


def _fill(box: Box, items: tuple[Item, ...], gap: int, margins: tuple[int, int, int, int]) -> Box:
    now = theme.current()
    box.setSpacing(now.px(gap))
    left, top, right, bottom = margins
    box.setContentsMargins(now.px(left), now.px(top), now.px(right), now.px(bottom))
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(now.px(item))
        else:
            box.addWidget(item)
    return box


def frame(layout: QBoxLayout, ground: str = "", height: int = 0, width: int = 0) -> QFrame:
    """A frame around a layout; `ground` is the colour that fills it, or names its rule in the style sheet."""
    made = Ground(ground) if ground in GROUNDS else QFrame()
    made.setObjectName(ground)
    made.setLayout(layout)
    if height:
        made.setFixedHeight(theme.current().px(height))
    if width:
        made.setFixedWidth(theme.current().px(width))
    return made


def line(vertical: bool = False, length: int = 0) -> QFrame:
    """A divider of one pixel."""
    made = QFrame()
    made.setObjectName("line")
    if vertical:
        made.setFixedWidth(1)
        if length:
            made.setFixedHeight(theme.current().px(length))
    else:
        made.setFixedHeight(1)
    return made


def scrolled(inner: QWidget, *, steady: bool = False) -> QScrollArea:
    """A column that scrolls and shows no frame of its own.

    `steady`: the bar has its room also while nothing is to be scrolled, so that nothing moves then.
    """
    area = QScrollArea()
    if steady:
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setObjectName("scrolled")
    area.viewport().setAutoFillBackground(False)
    return area


def empty(layout: QBoxLayout) -> None:
    """Take everything out of a layout and let go of it."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.widget()
        if inner is not None:
            inner.hide()
            inner.deleteLater()
        elif isinstance(item, QBoxLayout):
            empty(item)
