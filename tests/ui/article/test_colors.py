"""Whatever hue a person picks, words, tags and bands can be read, on both pages."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QColor

from annotator.domain.models import SUGGESTED
from annotator.ui.article import ViewSpan
from annotator.ui.article.colors import contrast, label_colors, oklch
from annotator.ui.theme import DARK, LIGHT
from tests.ui.article.conftest import PERSON, MakeView, article_theme, span

TEXT = "Ivar Brandvik owns 44 percent."

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


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_words_in_focus_can_be_read_while_they_are_selected(make_view: MakeView, dark: bool) -> None:
    """As they are while a boundary is dragged: reversed words on a ground that the selection tints."""
    view = make_view(TEXT, [span(1, TEXT, "Brandvik")])
    view.set_theme(article_theme(dark=dark))
    view.clearFocus()
    view.set_focus_span(1)
    view.select(0, len(TEXT))
    rect = view.rect_of(TEXT.index("Brandvik"), TEXT.index("Brandvik") + 8)
    image = view.viewport().grab(rect.adjusted(2, 2, -4, -2)).toImage()
    seen = Counter(image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height()))
    (ground, _), *others = seen.most_common()
    words = max((contrast(QColor(name), QColor(ground)) for name, _ in others), default=0)
    assert words >= 4.5


def test_the_words_in_focus_behind_a_selection_stay_as_they_are(make_view: MakeView) -> None:
    text = TEXT * 8
    view = make_view(text, [ViewSpan(1, 0, len(text), PERSON, SUGGESTED)])
    view.clearFocus()
    view.set_focus_span(1)
    last = view.rect_of(len(text) - 10, len(text))
    before = view.viewport().grab().toImage().copy(last)
    for end in range(100, 160):  # Qt looks whether rectangles touch, which comes down to rounding
        view.show_selection(90, end)
        assert view.viewport().grab().toImage().copy(last) == before, end


def test_hits_and_selection_are_told_apart(make_view: MakeView) -> None:
    view = make_view(TEXT)
    view.set_hits([(0, 4), (TEXT.index("owns"), TEXT.index("owns") + 4)])
    view.show_selection(0, 4)
    colors = []
    for start in (0, TEXT.index("owns"), TEXT.index("44")):
        rect = view.rect_of(start, start + 1)
        colors.append(view.viewport().grab(rect).toImage().pixelColor(1, 1).name())
    assert len(set(colors)) == 3
