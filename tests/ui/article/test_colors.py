"""Whatever hue a person picks, words, tags and bands can be read, on both pages."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from annotator.ui.article.colors import contrast, label_colors, oklch
from annotator.ui.theme import DARK, LIGHT

BOTH = pytest.mark.parametrize(("dark", "tokens"), [(False, LIGHT), (True, DARK)], ids=["light", "dark"])


@BOTH
def test_every_hue_can_be_read(dark: bool, tokens: dict[str, str]) -> None:
    """All 360, against the ink and the page that the window shows."""
    ink, page, raised = (QColor(tokens[role]) for role in ("ink", "page", "raised"))
    for hue in range(360):
        colors = label_colors(hue, dark)
        assert contrast(ink, colors.fill) >= 7, hue
        assert contrast(ink, colors.weak) >= 7, hue
        assert contrast(colors.on_strong, colors.strong) >= 4.5, hue
        for ground in (page, raised, colors.weak):
            assert contrast(colors.strong, ground) >= 4.5, hue
        assert contrast(colors.band, page) >= 3, hue


@BOTH
def test_selected_words_can_be_read(dark: bool, tokens: dict[str, str]) -> None:
    """The selection lies over fills and shines through."""
    selection = QColor(tokens["selection"])
    for hue in range(0, 360, 5):
        ground = _over(selection, label_colors(hue, dark).fill)
        assert contrast(QColor(tokens["ink"]), ground) >= 4.5, hue


def _over(top: QColor, below: QColor) -> QColor:
    alpha = top.alphaF()
    mixed = (
        one * alpha + other * (1 - alpha)
        for one, other in zip(top.getRgbF()[:3], below.getRgbF()[:3], strict=True)
    )
    return QColor.fromRgbF(*mixed)


def test_a_fill_and_its_page_can_be_told_apart_by_hue() -> None:
    """Neighbouring hues of the four default labels are no two shades of one grey."""
    for dark in (False, True):
        strong = [label_colors(hue, dark).strong for hue in (258, 165, 305, 22)]
        assert len({color.name() for color in strong}) == 4
        assert all(color.hsvSaturationF() > 0.25 for color in strong)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(QColor("#ffffff"), QColor("#000000")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.478, abs=0.001)


def test_oklch_knows_white_black_and_red() -> None:
    assert oklch(1, 0, 0).name() == "#ffffff"
    assert oklch(0, 0, 0).name() == "#000000"
    assert oklch(0.62796, 0.25768, 29.234).name() == "#ff0000"
