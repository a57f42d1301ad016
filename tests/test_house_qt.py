"""What of Qt must hold before any window of ours can: the binding, the fonts, the icons."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from PySide6.QtSvg import QSvgRenderer

from annotator import paths

FONTS = sorted((paths.resources() / "fonts").glob("*.[ot]tf"))
ICONS = sorted((paths.resources() / "icons").glob("*.svg"))


class _Sender(QObject):
    told = Signal(int)


def test_the_binding_keeps_its_references() -> None:
    """PySide6 6.12 on Python 3.11 loses one to None with each signal, and aborts after some hundred.

    From Python 3.12 on None never dies before some billions are lost.
    """
    heard: list[int] = []
    sender = _Sender()
    sender.told.connect(heard.append)
    before = sys.getrefcount(None)
    for number in range(3000):
        sender.told.emit(number)
    assert heard == list(range(3000))
    assert sys.getrefcount(None) > min(before - 1000, 2**31)


@pytest.fixture
def fonts(qapp: object) -> None:
    """The fonts that travel with the program, as a start of it loads them."""
    assert FONTS
    for path in FONTS:
        assert QFontDatabase.addApplicationFont(str(path)) >= 0


@pytest.mark.parametrize(
    ("family", "weight", "style"),
    [
        ("Inter", QFont.Weight.Normal, "Regular"),
        ("Inter", QFont.Weight.Medium, "Medium"),
        ("Inter", QFont.Weight.DemiBold, "Semi Bold"),
        ("Noto Serif", QFont.Weight.Normal, "Regular"),
        ("Noto Serif", QFont.Weight.DemiBold, "Bold"),
        ("Noto Sans Mono", QFont.Weight.Normal, "Regular"),
    ],
)
def test_each_family_and_weight_is_a_face_of_its_own(
    fonts: None, family: str, weight: QFont.Weight, style: str
) -> None:
    """Nothing falls back to another family or is made bold by smearing."""
    font = QFont(family)
    font.setWeight(weight)
    face = QRawFont.fromFont(font)
    assert (face.familyName(), face.styleName()) == (family, style)


def test_icons_draw_and_take_a_colour(qapp: object) -> None:
    """`currentColor` and the stroke are what the window replaces."""
    assert ICONS
    for path in ICONS:
        text = path.read_text(encoding="utf-8")
        assert QSvgRenderer(str(path)).isValid(), path.stem
        assert 'stroke="currentColor"' in text, path.stem
        assert 'stroke-width="2"' in text, path.stem


def test_every_icon_that_the_window_names_is_there() -> None:
    """A name in the code without its file would be a hole in the window."""
    have = {path.stem for path in ICONS}
    ui = Path(__file__).resolve().parent.parent / "annotator" / "ui"
    named = {
        name
        for source in ui.rglob("*.py")
        for name in re.findall(
            r'\b(?:icons\.icon|icons\.pixmap|icon|Icon|IconButton)\(\s*"([a-z0-9-]+)"',
            source.read_text(encoding="utf-8"),
        )
    }
    assert named
    assert named <= have
