"""Drawing that several widgets and lists share. All of it asks the theme for its colours."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.ui import theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    font: QFont,
    color: QColor | str = "ink",
    *,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """One line, cut with an ellipsis where it does not fit."""
    if not words.isprintable():
        words = " ".join(words.split())  # Qt takes U+2028 for the end of a line even so
    painter.setFont(font)
    painter.setPen(theme.current().color(color) if isinstance(color, str) else color)
    line = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, line)


def width(words: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(words)


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    ground: QColor | None = None,
    border: QColor | None = None,
    *,
    line: float = 1.0,
) -> None:
    """A box with its border inside `rect`, so that nothing is blurred or cut."""
    half = line / 2 if border is not None else 0.0
    painter.setPen(QPen(border, line) if border is not None else Qt.PenStyle.NoPen)
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def dashed(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """The box of what is only suggested."""
    painter.setPen(QPen(color, 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


def cap_width(key: str) -> float:
    """Width of a key cap with this text."""
    return _cap_width(key, theme.current())


@lru_cache(maxsize=256)
def _cap_width(key: str, now: theme.Theme) -> float:
    return max(float(now.px(18)), width(key, now.font("caption")) + now.px(10))


def cap(painter: QPainter, rect: QRectF, key: str, look: str = "normal") -> None:
    """A key cap: `normal`, `solid` (the key that acts now), or `ghost` (on an ink button)."""
    now = theme.current()
    radius = now.px(4)
    if look == "solid":
        rounded(painter, rect, radius, now.color("accent"))
        ink = now.color("onaccent")
    elif look == "ghost":
        rounded(painter, rect, radius, None, now.color("edge"))
        ink = now.color("onaccent")
    else:
        rounded(painter, rect, radius, now.color("key"), now.color("keyline"))
        foot = QPen(now.color("keyline"), 1)
        painter.setPen(foot)
        y = rect.bottom() - 1.5
        painter.drawLine(QPointF(rect.left() + radius / 2, y), QPointF(rect.right() - radius / 2, y))
        ink = now.color("ink2")
    text(painter, rect, key, now.font("caption"), ink, align=CENTER)


def bar(painter: QPainter, rect: QRectF, part: float, role: str = "ink2") -> None:
    """A thin progress bar; `part` is 0 to 1."""
    now = theme.current()
    path = QPainterPath()
    path.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(rect, now.color("line2"))
    painter.fillRect(
        QRectF(rect.x(), rect.y(), rect.width() * max(0.0, min(1.0, part)), rect.height()), now.color(role)
    )
    painter.restore()


def swatch(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """The small square that stands for a label."""
    rounded(painter, rect, theme.current().px(3), color)


def status(painter: QPainter, rect: QRectF, state: str, part: float = 0.0) -> None:
    """An article's status as a shape: ring (new), ring with pie (begun), disc with tick (done)."""
    now = theme.current()
    size = rect.width()
    ring = rect.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state == "done":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("ink2"))
        painter.drawEllipse(ring.adjusted(-0.5, -0.5, 0.5, 0.5))
        tick(painter, rect.adjusted(size * 0.2, size * 0.2, -size * 0.2, -size * 0.2), now.color("page"))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(now.color("edge"), 1.5))
        painter.drawEllipse(ring)
        if state == "in_progress":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("ink2"))
            inner = ring.adjusted(2, 2, -2, -2)
            if part >= 1.0:
                painter.drawEllipse(inner)
            else:
                painter.drawPie(inner, 90 * 16, -round(max(part, 0.04) * 360 * 16))
    painter.restore()


def tick(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """A check mark that fills `rect`."""
    pen = QPen(color, max(1.6, rect.width() * 0.17))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    painter.drawPolyline(
        [
            QPointF(x + w * 0.16, y + h * 0.53),
            QPointF(x + w * 0.40, y + h * 0.77),
            QPointF(x + w * 0.85, y + h * 0.27),
        ]
    )


def row_ground(painter: QPainter, rect: QRectF, picked: bool, hovered: bool, focused: bool) -> None:
    """The ground of a list row: picked ones have an ink bar at the left, the focused one a ring."""
    now = theme.current()
    box = rect.adjusted(now.px(8), 1, -now.px(8), -1)
    if picked:
        rounded(painter, box, now.px(6), now.color("pick"))
        inset = now.px(8)
        rounded(painter, QRectF(box.x(), box.y() + inset, 3, box.height() - 2 * inset), 1.5, now.color("ink"))
    elif hovered:
        rounded(painter, box, now.px(6), now.color("hover"))
    if focused:
        rounded(painter, box, now.px(6), None, now.color("ink"), line=2)


def shadow(painter: QPainter, rect: QRectF, radius: float, spread: int = 24) -> None:
    """A soft shadow below something that floats. An effect would redraw the whole frame each time."""
    color = theme.current().color("shadow")
    color.setAlphaF(color.alphaF() * 1.4 / spread)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for step in range(spread, 0, -2):
        grown = rect.adjusted(-step / 2, -step / 4, step / 2, step * 0.75)
        painter.drawRoundedRect(grown, radius + step / 2, radius + step / 2)


def chip_width(words: str) -> float:
    """Width of a label chip in a list."""
    now = theme.current()
    return width(words, now.font("chip")) + now.px(13)


def chip(painter: QPainter, rect: QRectF, words: str, hue: int, *, hollow: bool = False) -> None:
    """A label as it stands in lists: solid, in its colour; hollow where it is not accepted."""
    now = theme.current()
    colors = now.label(hue)
    rounded(painter, rect, now.px(4), None if hollow else colors.strong, colors.strong if hollow else None)
    ink = colors.strong if hollow else colors.on_strong
    text(painter, rect, words, now.font("chip"), ink, align=CENTER)
