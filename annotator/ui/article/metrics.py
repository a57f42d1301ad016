"""Sizes of the page. The line pitch depends on font, zoom and mode only, never on the spans."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF

FAMILY = "Noto Serif"
TAG_FAMILY = "Inter"
LANES = 2
"""Bands that have room under a line; the rest is counted."""
LANE = 3.6
LINK_MARK = 12
SMALLEST_TAG = 7
_SPARE = 0.96
"""What a character takes of Qt's average width, in running text: for estimates only."""


class Sizes(NamedTuple):
    """What a person may set: `size` (of the letters) and `column` in pixels at zoom 1."""

    zoom: float = 1.0
    compact: bool = False
    column: int = 688
    family: str = FAMILY
    size: int = 17


class Metrics:
    """All lengths in logical pixels. Compact lines have no tag row."""

    def __init__(self, sizes: Sizes) -> None:
        zoom, compact = sizes.zoom, sizes.compact
        self.zoom = zoom
        self.compact = compact
        self.body = QFont(sizes.family)
        self.body.setPixelSize(round(sizes.size * zoom))
        self.body.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self.tag = QFont(TAG_FAMILY)
        self.tag.setPixelSize(max(SMALLEST_TAG, round(10 * zoom)))
        self.tag.setWeight(QFont.Weight.DemiBold)
        self.tag.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.2)
        self.tag.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self._tag_widths: dict[tuple[str, bool], float] = {}
        body = QFontMetricsF(self.body)
        self.letter = body.averageCharWidth() * _SPARE
        self.tag_height = 0 if compact else round(14 * zoom)
        self.above = round((2 if compact else 16) * zoom)
        self.below = round((10 if compact else 9) * zoom)
        self.gap = round(5 * zoom)
        self.blank = round(6 * zoom)
        self.top = round(12 * zoom)
        self.column = round(sizes.column * zoom)
        self.margin = round(28 * zoom)
        self.text_height = round(body.height())
        self.pitch = self.above + self.text_height + self.below

    def tag_width(self, text: str, *, linked: bool) -> float:
        """The width of a tag with these words, with the mark of a link."""
        width = self._tag_widths.get((text, linked))
        if width is None:
            width = QFontMetricsF(self.tag).horizontalAdvance(text) + self.tag_height * 0.7
            width = self._tag_widths[text, linked] = width + (LINK_MARK * self.zoom if linked else 0)
        return width

    def column_of(self, width: float) -> tuple[float, float]:
        """The text column in a page of this width: its width and its left edge."""
        column = max(80.0, min(width - 2 * self.margin, self.column))
        return column, float(round((width - column) / 2))
