"""Drawing boxes, bands, tags and the focus. State is never told by colour alone."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED
from annotator.ui.article.colors import LabelColors
from annotator.ui.article.geometry import Fragment, Geometry, Tag, tag_text
from annotator.ui.article.look import ArticleTheme
from annotator.ui.article.metrics import LANE, LANES, LINK_MARK, Metrics

GRIP = 4.5
"""Radius of the dots that move a boundary."""
_DASH = (4.0, 2.6)
_DOTS = (6.0, 2.0, 1.6, 2.0)
"""Another reviewer's version: dash and dot, so that it is not taken for a suggestion."""
_AROUND = 2.5
"""How far its outline stands from the words: outside of the project's own and of the focus."""


class Painter:
    """Draws the geometry of paragraphs with one theme at one size."""

    def __init__(self, theme: ArticleTheme, metrics: Metrics, ratio: float) -> None:
        self.theme = theme
        self.metrics = metrics
        self.ratio = ratio
        self._pens: dict[tuple[int, float, tuple[float, ...]], QPen] = {}
        self._chips: dict[tuple[object, ...], QPixmap] = {}

    def under_text(self, painter: QPainter, geometry: Geometry, top: float, focus: int | None) -> None:
        """What lies behind the words of a paragraph whose top is at `top`."""
        boxes = False
        for one in geometry.fragments:
            if one.band:
                self._band(painter, one, top, focused=one.span.id == focus)
            elif one.span.id != focus and not one.span.by:
                if not boxes:
                    boxes = True  # they follow the bands
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
                self._box(painter, one, top)
        for one in geometry.fragments:
            if one.span.id == focus and not one.band:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
                self._focused_box(painter, one, top)
        for one in geometry.fragments:
            if one.span.by and one.span.id != focus and not one.band:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
                self._outline(painter, one, top)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for more in geometry.more:
            painter.setFont(self.metrics.tag)
            painter.setPen(self.theme.muted)
            painter.drawText(QPointF(more.x + 4, top + more.y + 8 * self.metrics.zoom), f"+{more.hidden}")

    def over_text(self, painter: QPainter, geometry: Geometry, top: float, focus: int | None) -> None:
        """What lies above the words: tags, struck lines, grips and the mark in the margin."""
        for one in geometry.fragments:
            if one.span.state == REJECTED and not one.span.by:
                self._strike(painter, one, top)
        for tag in geometry.tags:
            x = round(tag.x * self.ratio) / self.ratio
            y = round((top + tag.y) * self.ratio) / self.ratio
            painter.drawPixmap(QPointF(x, y), self._chip(tag, focused=tag.span.id == focus))
        for one in geometry.fragments:
            if one.span.id == focus:
                self._grips(painter, one, top)

    def _box(self, painter: QPainter, one: Fragment, top: float) -> None:
        if one.span.state == REJECTED:
            return
        zoom, colors = self.metrics.zoom, self._colors(one)
        grow = min(one.depth, 2) * 1.5 * zoom
        aside = 1 + grow / 3  # the next word is near
        left, right = self._snap(one.x - aside), self._snap(one.x + one.width + aside)
        upper, lower = self._snap(top + one.y + zoom - grow), self._snap(top + one.y + one.height + grow)
        if one.span.state == SUGGESTED:
            half = 0.5 / self.ratio
            painter.setBrush(colors.weak)
            painter.setPen(self._pen(colors.strong, 1.0, _DASH))
            # The right edge stands before the last glyph's end: a dash never covers a comma.
            right = self._snap(one.x + one.width) - half
            rect = QRectF(left + half, upper + half, right - left - half, lower - upper - 2 * half)
            painter.drawRoundedRect(rect, 3 * zoom, 3 * zoom)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.fill)
            painter.drawRoundedRect(QRectF(left, upper, right - left, lower - upper), 3 * zoom, 3 * zoom)
            painter.fillRect(QRectF(left + 2, lower - 1, max(1.0, right - left - 4), 1), colors.strong)

    def _focused_box(self, painter: QPainter, one: Fragment, top: float) -> None:
        """The tag's colour grows over the words, which are drawn reversed."""
        zoom = self.metrics.zoom
        left, right = self._snap(one.x - 1.5), self._snap(one.x + one.width + 0.5)
        upper, lower = self._snap(top + one.y - zoom), self._snap(top + one.y + one.height + zoom)
        rect = QRectF(left, upper, right - left, lower - upper)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colors(one).strong)
        painter.drawRoundedRect(rect, 3 * zoom, 3 * zoom)

    def _outline(self, painter: QPainter, one: Fragment, top: float) -> None:
        """Another reviewer's version: around the words, without a ground."""
        aside, half = _AROUND * self.metrics.zoom, 0.75
        left, right = one.x - aside, one.x + one.width + 0.5  # a comma that follows stays clear
        upper, lower = top + one.y - aside + self.metrics.zoom, top + one.y + one.height + aside
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen(self._colors(one).strong, 2 * half, _DOTS))
        rect = QRectF(left + half, upper + half, right - left - 2 * half, lower - upper - 2 * half)
        painter.drawRoundedRect(rect, aside, aside)

    def _snap(self, length: float) -> float:
        """To a whole device pixel, so that an upright edge is as sharp as a level one."""
        return round(length * self.ratio) / self.ratio

    def _band(self, painter: QPainter, one: Fragment, top: float, *, focused: bool) -> None:
        zoom, colors, state = self.metrics.zoom, self._colors(one), one.span.state
        by = one.span.by
        if not focused and (one.hidden or (state == REJECTED and not by)):
            return
        y = self.lane(one, top)
        if focused:
            painter.fillRect(
                QRectF(one.x - 1, top + one.y - zoom, one.width + 2, one.height + 2 * zoom), colors.fill
            )
            painter.fillRect(QRectF(one.x - 1, y - 2 * zoom, one.width + 2, 4 * zoom), colors.strong)
            return
        if state == ACCEPTED and not by:
            painter.fillRect(QRectF(one.x, top + one.y, one.width, one.height + 2 * zoom), colors.weak)
        dashes = _DOTS if by else _DASH if state == SUGGESTED else ()
        painter.setPen(self._pen(colors.band, (1.6 if dashes else 2.6) * zoom, dashes))
        painter.drawLine(QPointF(one.x, y), QPointF(one.x + one.width, y))
        painter.setPen(self._pen(colors.band, 1.6 * zoom))
        for edge in (one.start, one.end):
            if edge is not None:
                x = edge + 0.8 * one.inwards(edge)
                painter.drawLine(QPointF(x, y - 5 * zoom), QPointF(x, y + 1.2))

    def lane(self, one: Fragment, top: float) -> float:
        """The height of a band's line. The focus takes the last lane where it has none."""
        return top + one.y + one.height + (2.8 + min(one.depth, LANES - 1) * LANE) * self.metrics.zoom

    def _strike(self, painter: QPainter, one: Fragment, top: float) -> None:
        middle = top + one.y + one.height * 0.56
        painter.setPen(self._pen(self._colors(one).strong, 1.0))
        painter.drawLine(QPointF(one.x, middle), QPointF(one.x + one.width, middle))

    def _grips(self, painter: QPainter, one: Fragment, top: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(self.theme.page, 1.5))
        painter.setBrush(self.theme.ink)
        radius = GRIP * self.metrics.zoom
        for edge in (one.start, one.end):
            if edge is not None:
                painter.drawEllipse(self.grip(one, edge, top), radius, radius)
        if one.start is not None:
            self._margin_mark(painter, top + one.y + one.height / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def grip(self, one: Fragment, edge: float, top: float) -> QPointF:
        """The dot at an edge of a span, inside the word's end: under the line, on a band's own."""
        zoom = self.metrics.zoom
        y = self.lane(one, top) if one.band else top + one.y + one.height + 4 * zoom
        inside = 0.5 if one.inwards(edge) > 0 else -1.5
        return QPointF(edge + inside * zoom, y)

    def _margin_mark(self, painter: QPainter, y: float) -> None:
        """A triangle beside the column: where the focus is can be seen without looking for it."""
        zoom = self.metrics.zoom
        x, half = self.left - 20 * zoom, 6 * zoom
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.ink)
        painter.drawPolygon(QPolygonF([QPointF(x, y - half), QPointF(x + 8 * zoom, y), QPointF(x, y + half)]))

    left = 0.0
    """Left edge of the text column; the layout keeps it."""

    def _colors(self, one: Fragment) -> LabelColors:
        return self.theme.label(one.span.label).colors

    def _pen(self, color: QColor, width: float, dashes: tuple[float, ...] = ()) -> QPen:
        key = (color.rgba(), width, dashes)
        pen = self._pens.get(key)
        if pen is None:
            pen = QPen(color, width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if dashes:
                pen.setDashPattern([length / width for length in dashes])
            self._pens[key] = pen
        return pen

    def _chip(self, tag: Tag, *, focused: bool) -> QPixmap:
        span = tag.span
        key = (span.label, span.state, span.linked, span.by, tag.dot, focused)
        pixmap = self._chips.get(key)
        if pixmap is None:
            pixmap = self._chips[key] = self._draw_chip(tag, focused=focused)
        return pixmap

    def _tag_font(self, tag: Tag) -> QFont:
        """Struck through where another reviewer rejected what stands on it."""
        font = QFont(self.metrics.tag)
        font.setStrikeOut(bool(tag.span.by) and tag.span.state == REJECTED)
        return font

    def _draw_chip(self, tag: Tag, *, focused: bool) -> QPixmap:
        height, width, zoom = float(self.metrics.tag_height), tag.width, self.metrics.zoom
        pixmap = QPixmap(math.ceil(width * self.ratio), math.ceil(height * self.ratio))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = self.theme.label(tag.span.label).colors
        hollow = (tag.span.state != ACCEPTED or bool(tag.span.by)) and not focused
        rect = QRectF(0, 0, width, height)
        ink = colors.strong if hollow else colors.on_strong
        if tag.dot:
            painter.setPen(QPen(colors.strong, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colors.strong)
            painter.drawEllipse(QRectF(1, (height - width) / 2 + 1, width - 2, width - 2))
        else:
            painter.setPen(QPen(colors.strong, 1) if hollow else Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.page if hollow else colors.strong)
            painter.drawRoundedRect(
                rect.adjusted(0.5, 0.5, -0.5, -0.5) if hollow else rect, 4 * zoom, 4 * zoom
            )
            painter.setPen(ink)
            painter.setFont(self._tag_font(tag))
            mark = LINK_MARK * zoom if tag.span.linked and tag.span.state != REJECTED else 0.0
            painter.drawText(
                rect.adjusted(0, 0, -mark, 0), Qt.AlignmentFlag.AlignCenter, tag_text(self.theme, tag.span)
            )
            if mark:
                _chain(
                    painter, QRectF(width - mark - 2 * zoom, height / 2 - 3 * zoom, 10 * zoom, 6 * zoom), ink
                )
        painter.end()
        return pixmap


def _chain(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Two links of a chain."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, max(1.0, rect.height() / 5)))
    link = QRectF(rect.x(), rect.y(), rect.width() * 0.58, rect.height()).adjusted(0, 0.7, 0, -0.7)
    painter.drawRoundedRect(link, link.height() / 2, link.height() / 2)
    link.moveRight(rect.right())
    painter.drawRoundedRect(link, link.height() / 2, link.height() / 2)
