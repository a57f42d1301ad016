"""Qt dressed as the program dresses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from annotator.ui import look, theme


@pytest.fixture(scope="session")
def _fonts(qapp: QApplication) -> None:
    look.load_fonts()


@pytest.fixture(params=["light", "dark"])
def both_themes(request: pytest.FixtureRequest, qapp: QApplication, _fonts: None) -> Iterator[theme.Theme]:
    made = theme.Theme(dark=request.param == "dark")
    look.apply(qapp, made)
    yield made
    look.apply(qapp, theme.Theme())


@pytest.fixture
def light(qapp: QApplication, _fonts: None) -> theme.Theme:
    made = theme.Theme()
    look.apply(qapp, made)
    return made
