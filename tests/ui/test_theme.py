"""The tokens: what is read is legible, what is a border can be seen, in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from annotator.ui import look, theme
from annotator.ui.article.colors import contrast
from annotator.ui.theme import Theme

GROUNDS = ("chrome", "panel", "page", "raised", "pick", "hover", "sunken")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ink", ["ink", "ink2", "ink3"])
def test_text_is_legible_on_every_ground(dark: bool, ink: str) -> None:
    made = Theme(dark)
    least = 7.0 if ink == "ink" else 4.5
    for ground in GROUNDS:
        assert contrast(made.color(ink), made.color(ground)) >= least, (ink, ground)


@pytest.mark.parametrize("dark", [False, True])
def test_messages_buttons_and_borders_are_legible(dark: bool) -> None:
    made = Theme(dark)
    for kind in ("ok", "warn", "bad", "info"):
        assert contrast(made.color(kind), made.color(f"{kind}ground")) >= 4.5
        assert contrast(made.color(kind), made.color("raised")) >= 4.5
    assert contrast(made.color("onaccent"), made.color("accent")) >= 7
    for ground in ("raised", "panel"):
        assert contrast(made.color("edge"), made.color(ground)) >= 3


def test_both_themes_have_the_same_roles() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys()


def test_the_interface_size_multiplies_every_token() -> None:
    large = Theme(scale=1.5)
    assert large.px(32) == 48
    assert large.font("body").pixelSize() == 20
    assert f"min-height: {large.px(30)}px" in look.sheet(large)


def test_a_colour_that_is_handed_out_does_not_change_the_table() -> None:
    made = Theme()
    made.color("ink").setAlpha(0)
    assert made.color("ink").alpha() == 255


def test_the_faces_that_travel_with_the_program_are_used(light: Theme, qapp: QApplication) -> None:
    assert QFontInfo(light.font()).family() == theme.SANS
    assert QFontInfo(light.font(family=theme.SERIF)).family() == theme.SERIF
    assert QFontInfo(light.font(family=theme.MONO)).family() == theme.MONO
    assert qapp.font().family() == theme.SANS
