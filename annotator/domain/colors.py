"""Colours from a hue in OKLCH, so that labels differ in hue alone."""

from __future__ import annotations

import math


def srgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Red, green and blue (0 to 1) of an OKLCH colour, with as much of its chroma as a screen has."""
    while True:
        channels = _linear(lightness, chroma, hue)
        if chroma <= 0 or all(-0.001 <= channel <= 1.001 for channel in channels):
            red, green, blue = map(_gamma, channels)
            return red, green, blue
        chroma -= 0.004


def label_hex(hue: int) -> str:
    """A label's colour for other programs, readable under black text: `#rrggbb`."""
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in srgb(0.83, 0.11, hue))


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear sRGB of OKLCH (Ottosson's matrices)."""
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _gamma(channel: float) -> float:
    if channel <= 0:
        return 0.0
    return min(1.0, 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055)
