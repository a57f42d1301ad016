"""The look in one table: colours, type, spacing. Chrome is ink and paper; colour belongs to the annotations.

Every size in the program is a multiple of a token, so that one factor (`scale`, the interface
size) makes all of it larger. Widgets that paint themselves ask `current()` when they paint;
what Qt paints follows the palette and the style sheet made here.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor, QFont, QPalette

from annotator.ui.article.colors import LabelColors, label_colors

SANS: Final = "Inter"
SERIF: Final = "Noto Serif"
MONO: Final = "Noto Sans Mono"

TYPE: Final[dict[str, tuple[int, int]]] = {
    "caption": (11, 500),
    "chip": (11, 600),
    "small": (12, 400),
    "section": (12, 600),
    "body": (13, 400),
    "medium": (13, 500),
    "strong": (13, 600),
    "title": (15, 600),
    "head": (20, 600),
    "number": (24, 600),
    "hero": (28, 600),
}
"""Kinds of text: pixel size and weight. Nothing outside the article is smaller than a caption."""

LIGHT: Final[dict[str, str]] = {
    "chrome": "#f1f2f4",
    "panel": "#f7f8f9",
    "page": "#fcfcfa",
    "raised": "#ffffff",
    "sunken": "#e9ebee",
    "hover": "#eceef1",
    "pick": "#e2e5ea",
    "line": "#dcdfe4",
    "line2": "#c3c8d0",
    "edge": "#868d9a",
    "ink": "#1b1d21",
    "ink2": "#464c58",
    "ink3": "#5c6371",
    "accent": "#1b1d21",
    "onaccent": "#ffffff",
    "accenthover": "#383c44",
    "selection": "#553c82ff",
    "ok": "#1a6b3c",
    "okground": "#e6f4ea",
    "warn": "#7a4b00",
    "warnground": "#fdf1d8",
    "bad": "#a3191f",
    "badground": "#fdeaea",
    "info": "#464c58",
    "infoground": "#e9ebee",
    "key": "#ffffff",
    "keyline": "#c3c8d0",
    "shadow": "#30000000",
    "scrim": "#66101216",
}

DARK: Final[dict[str, str]] = {
    "chrome": "#1d2026",
    "panel": "#1a1d22",
    "page": "#16181d",
    "raised": "#24282f",
    "sunken": "#101216",
    "hover": "#262a31",
    "pick": "#313741",
    "line": "#31363f",
    "line2": "#474e5a",
    "edge": "#79818f",
    "ink": "#e4e6eb",
    "ink2": "#bcc2cc",
    "ink3": "#99a1ae",
    "accent": "#e4e6eb",
    "onaccent": "#16181d",
    "accenthover": "#ffffff",
    "selection": "#6e508cf0",
    "ok": "#7fd6a0",
    "okground": "#16301f",
    "warn": "#f0c36a",
    "warnground": "#352a12",
    "bad": "#ff9a97",
    "badground": "#3a1b1c",
    "info": "#bcc2cc",
    "infoground": "#262a31",
    "key": "#2b3038",
    "keyline": "#5a6270",
    "shadow": "#90000000",
    "scrim": "#a0000000",
}


class Theme:
    """One look: light or dark, at one interface size."""

    def __init__(self, dark: bool = False, scale: float = 1.0) -> None:
        self.dark = dark
        self.scale = scale
        self._hex = DARK if dark else LIGHT
        self._colors = {role: QColor(value) for role, value in self._hex.items()}
        self._fonts: dict[tuple[str, str, int], QFont] = {}

    def color(self, role: str) -> QColor:
        """The colour of a role. A copy, so that nobody can change the table."""
        return QColor(self._colors[role])

    def hex(self, role: str) -> str:
        """The colour as a style sheet writes it."""
        return self._hex[role]

    def label(self, hue: int) -> LabelColors:
        """The colours of a label."""
        return label_colors(hue, self.dark)

    def px(self, size: float) -> int:
        """A token in pixels of this interface size."""
        return round(size * self.scale)

    def font(self, kind: str = "body", family: str = SANS, size: int = 0) -> QFont:
        """A font of one of the kinds; `size` (a token) replaces the kind's own."""
        key = (kind, family, size)
        if key not in self._fonts:
            own, weight = TYPE[kind]
            font = QFont(family)
            font.setPixelSize(self.px(size or own))
            font.setWeight(QFont.Weight(weight))
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            if family == SANS:
                font.setFeature(QFont.Tag("tnum"), 1)  # figures of one width: counts do not wobble
            self._fonts[key] = font
        return QFont(self._fonts[key])

    def palette(self) -> QPalette:
        """What Qt's own painting uses."""
        roles = QPalette.ColorRole
        palette = QPalette()
        for role, name in (
            (roles.Window, "chrome"),
            (roles.WindowText, "ink"),
            (roles.Base, "raised"),
            (roles.AlternateBase, "panel"),
            (roles.Text, "ink"),
            (roles.Button, "raised"),
            (roles.ButtonText, "ink"),
            (roles.BrightText, "page"),
            (roles.Highlight, "pick"),
            (roles.HighlightedText, "ink"),
            (roles.PlaceholderText, "ink3"),
            (roles.ToolTipBase, "ink"),
            (roles.ToolTipText, "page"),
            (roles.Light, "raised"),
            (roles.Midlight, "hover"),
            (roles.Mid, "line2"),
            (roles.Dark, "line2"),
            (roles.Link, "ink"),
            (roles.Accent, "accent"),
        ):
            palette.setColor(role, self._colors[name])
        for role in (roles.Text, roles.WindowText, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self._colors["edge"])
        return palette


class _Current:
    theme = Theme()


def current() -> Theme:
    """The theme that is shown now."""
    return _Current.theme


def set_current(theme: Theme) -> None:
    """Make a theme the one that painting asks for. `look.apply` does this and the rest."""
    _Current.theme = theme
