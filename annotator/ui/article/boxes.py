"""The boxes behind words, each put together from three small pictures that are drawn once.

Rounded corners and dashes are dear to draw where a pixel is small: a dashed box takes 50 us at two device
pixels a pixel, its pictures 4. All lengths here are whole device pixels, so that every edge is sharp.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from annotator.ui.article.colors import LabelColors

_RADIUS = 3.0
_DASH, _GAP = 4.0, 2.6
_LINE_ASIDE = 2.0
"""The line under accepted words ends this far before the box does."""
_REPEATED = 16
"""Dashes in the picture of an edge, so that few copies of it make a long one."""


class _Pieces(NamedTuple):
    left: QPixmap
    middle: QPixmap
    right: QPixmap


class Boxes:
    """Boxes of one theme at one zoom and pixel ratio."""

    def __init__(self, zoom: float, ratio: float) -> None:
        self._ratio = ratio
        self._radius = _RADIUS * zoom * ratio
        self._cap = math.ceil(self._radius) + 1
        self._thick = max(1, round(ratio))
        self._dash, self._gap = round(_DASH * ratio), round(_GAP * ratio)
        self._pieces: dict[tuple[int, bool, int], _Pieces] = {}

    def draw(
        self, painter: QPainter, rect: QRectF, label: int, colors: LabelColors, *, suggested: bool
    ) -> None:
        """A box; the edges of `rect` stand on device pixels."""
        ratio, height = self._ratio, rect.height()
        key = (label, suggested, round(height * ratio))
        pieces = self._pieces.get(key)
        if pieces is None:
            pieces = self._pieces[key] = self._draw_pieces(key[2], colors, suggested=suggested)
        left, top, cap, width = rect.x(), rect.y(), self._cap / ratio, rect.width()
        middle = width - 2 * cap
        if middle >= 0:
            painter.drawPixmap(QPointF(left, top), pieces.left)
            painter.drawPixmap(QPointF(left + width - cap, top), pieces.right)
            if middle > 0:
                painter.drawTiledPixmap(QRectF(left + cap, top, middle, height), pieces.middle)
            return
        wide = round(width * ratio)
        first = (wide + 1) // 2
        for x, piece, at, part in (
            (0, pieces.left, 0, first),
            (first, pieces.right, self._cap - wide + first, wide - first),
        ):
            painter.drawPixmap(QPointF(left + x / ratio, top), piece, QRectF(at, 0, part, key[2]))

    def _draw_pieces(self, height: int, colors: LabelColors, *, suggested: bool) -> _Pieces:
        cap, middle = self._cap, _REPEATED * (self._dash + self._gap)
        whole = QPixmap(2 * cap + middle, height)
        whole.fill(Qt.GlobalColor.transparent)
        painter = QPainter(whole)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if suggested:
            self._draw_dashed(painter, QRectF(whole.rect()), colors)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.fill)
            painter.drawRoundedRect(whole.rect(), self._radius, self._radius)
            aside = round(_LINE_ASIDE * self._ratio)
            painter.fillRect(
                aside, height - self._thick, whole.width() - 2 * aside, self._thick, colors.strong
            )
        painter.end()
        parts = [
            whole.copy(x, 0, width, height) for x, width in ((0, cap), (cap, middle), (cap + middle, cap))
        ]
        for part in parts:
            part.setDevicePixelRatio(self._ratio)
        return _Pieces(*parts)

    def _draw_dashed(self, painter: QPainter, rect: QRectF, colors: LabelColors) -> None:
        """Whole corners, dashes between them: as many on an upright edge as have room, evenly."""
        thick, cap, half = self._thick, self._cap, self._thick / 2
        painter.setBrush(colors.weak)
        painter.setPen(QPen(colors.strong, thick))
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), self._radius, self._radius)
        # The outline was drawn whole, for its corners: gaps are cut into the straight edges.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        width, height = int(rect.width()), int(rect.height())
        for at in range(cap, width - cap, self._dash + self._gap):
            for y in (0, height - thick):
                painter.fillRect(at, y, self._gap, thick, colors.weak)
        for at, gap in _gaps(cap, height - cap, self._dash, self._gap):
            for x in (0, width - thick):
                painter.fillRect(x, at, thick, gap, colors.weak)


def _gaps(start: int, end: int, dash: int, gap: int) -> list[tuple[int, int]]:
    """The gaps (place, length) of an edge that begins and ends with one, about as long as `gap`."""
    dashes = max(0, round((end - start - gap) / (dash + gap)))
    free = end - start - dashes * dash
    edges = [start + round(number * free / (dashes + 1)) for number in range(dashes + 2)]
    return [(first + number * dash, last - first) for number, (first, last) in enumerate(pairwise(edges))]
