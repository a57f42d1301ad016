"""Icons of the Lucide set, drawn in the colour and at the pixel ratio that is asked for."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator import paths
from annotator.ui import theme

STROKE = 1.75


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _draw(name: str, size: int, argb: int, ratio: float, stroke: float) -> QPixmap:
    color = QColor.fromRgba(argb)
    svg = (
        _source(name)
        .replace("currentColor", color.name())
        .replace('stroke-width="2"', f'stroke-width="{stroke}"')
    )
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(
    name: str, size: int = 16, color: QColor | str = "ink2", ratio: float = 0.0, stroke: float = STROKE
) -> QPixmap:
    """An icon of `size` token pixels; `color` is a colour or the name of a role."""
    now = theme.current()
    tint = now.color(color) if isinstance(color, str) else color
    return _draw(name, now.px(size), tint.rgba(), ratio or _ratio(), stroke)


def icon(name: str, role: str = "ink2", size: int = 16) -> QIcon:
    """For what only takes a QIcon (menus). Made again when the theme changes."""
    made = QIcon(pixmap(name, size, role))
    made.addPixmap(pixmap(name, size, "edge"), QIcon.Mode.Disabled)
    return made


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
