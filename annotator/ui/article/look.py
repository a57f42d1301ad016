"""What the article view needs to know of a theme."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QColor, QPalette

from annotator.ui.article.colors import LabelColors, label_colors

UNKNOWN_HUE = 260


@dataclass(frozen=True)
class LabelStyle:
    """How one label is drawn: its name on the tag, as words filled or as a band under them."""

    name: str
    band: bool
    colors: LabelColors


@dataclass(frozen=True)
class ArticleTheme:
    """Page, ink and labels (by id). `selection` has alpha, so that spans stay visible under it."""

    dark: bool = False
    page: QColor = field(default_factory=lambda: QColor("#fcfcfa"))
    ink: QColor = field(default_factory=lambda: QColor("#1b1d21"))
    muted: QColor = field(default_factory=lambda: QColor("#5c6371"))
    selection: QColor = field(default_factory=lambda: QColor(60, 130, 255, 85))
    labels: dict[int, LabelStyle] = field(default_factory=dict)

    def label(self, label: int) -> LabelStyle:
        """The style of a label; one that is not known yet is drawn all the same."""
        known = self.labels.get(label)
        return known or LabelStyle("?", band=False, colors=label_colors(UNKNOWN_HUE, self.dark))

    def palette(self, palette: QPalette) -> QPalette:
        """A widget's palette with the colours that Qt itself paints the article with."""
        roles = QPalette.ColorRole
        palette.setColor(roles.Base, self.page)
        palette.setColor(roles.Text, self.ink)
        palette.setColor(roles.Highlight, self.selection)
        palette.setColor(roles.HighlightedText, self.ink)
        return palette
