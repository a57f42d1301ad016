"""A label's colours from one hue, with computed contrast, in OKLCH.

Whatever the hue: text on a fill >= 7, a tag's text >= 4.5, a band on the page >= 3. Lightness
gives way until it holds, chroma until the colour exists on a screen.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from PySide6.QtGui import QColor

from annotator.domain.colors import srgb

TEXT_ON_FILL = 7.0
TAG_TEXT = 4.5
BAND_ON_PAGE = 3.0

_PAGE = {False: "#fcfcfa", True: "#16181d"}
_INK = {False: "#1b1d21", True: "#e4e6eb"}


class LabelColors(NamedTuple):
    """`strong` for tags and edges, `fill` for accepted words, `weak` for suggested ones."""

    strong: QColor
    fill: QColor
    weak: QColor
    band: QColor
    on_strong: QColor


@cache
def label_colors(hue: int, dark: bool) -> LabelColors:
    """The colours of a hue (degrees) on the light or the dark page."""
    page, ink = QColor(_PAGE[dark]), QColor(_INK[dark])
    on_strong = QColor("#101216" if dark else "#ffffff")
    away = 1 if dark else -1  # towards more contrast with the page
    strong = _until(
        0.80 if dark else 0.47, 0.12 if dark else 0.15, hue, away, [(on_strong, TAG_TEXT), (page, TAG_TEXT)]
    )
    return LabelColors(
        strong=strong,
        fill=_until(0.35 if dark else 0.915, 0.075 if dark else 0.06, hue, -away, [(ink, TEXT_ON_FILL)]),
        weak=_until(
            0.25 if dark else 0.968,
            0.035 if dark else 0.018,
            hue,
            -away,
            [(ink, TEXT_ON_FILL), (strong, TAG_TEXT)],
        ),
        band=_until(0.70 if dark else 0.60, 0.16 if dark else 0.19, hue, away, [(page, BAND_ON_PAGE)]),
        on_strong=on_strong,
    )


def _until(
    lightness: float, chroma: float, hue: float, step: int, against: list[tuple[QColor, float]]
) -> QColor:
    """The colour, moved in lightness until its contrast with all of these is enough."""
    color = oklch(lightness, chroma, hue)
    while any(contrast(color, other) < least for other, least in against) and 0.01 < lightness < 0.99:
        lightness += 0.01 * step
        color = oklch(lightness, chroma, hue)
    return color


def oklch(lightness: float, chroma: float, hue: float) -> QColor:
    """A colour of OKLCH on an sRGB screen, with as much of its chroma as there is."""
    return QColor.fromRgbF(*srgb(lightness, chroma, hue))


def luminance(color: QColor) -> float:
    """Relative luminance of WCAG 2."""
    linear = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (color.redF(), color.greenF(), color.blueF())
    )
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
