"""The action table: whole, without conflicts, and the source of menus, buttons, sheet and docs."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.ui import key_sheet
from annotator.ui.action_table import BY_ID, TABLE
from annotator.ui.actions import Call, Group, Needs, Zone, shown
from annotator.ui.bindings import Bindings
from annotator.ui.keymap import Keymap, zone_of
from annotator.ui.theme import Theme

ROOT = Path(__file__).resolve().parents[2]
# Zones that can hold the focus at the same time as another: the outer ones.
OUTER = {Zone.WINDOW, Zone.PAGE}


class Desk(QMainWindow):
    """A window that writes down what is called."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []

    def attempt(self, call: Call) -> None:
        self.calls.append(call)


@pytest.fixture
def desk(qtbot: QtBot, light: Theme) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    return made


def test_every_id_is_one_of_its_own() -> None:
    assert len(BY_ID) == len(TABLE)


def test_no_key_does_two_things_at_one_place() -> None:
    for one, other in combinations(TABLE, 2):
        if one.zone is other.zone or one.zone in OUTER or other.zone in OUTER:
            assert not set(one.keys.split()) & set(other.keys.split()), (one.id, other.id)


def test_every_key_is_one_that_qt_knows() -> None:
    for spec in TABLE:
        for key in spec.keys.split():
            assert QKeySequence(key).toString() == key, "as Qt writes it"


def test_bare_keys_belong_to_a_zone() -> None:
    """On the whole window they would fire while somebody types."""
    for spec in TABLE:
        for key in spec.keys.split():
            bare = not key.startswith(("Ctrl+", "Alt+")) and not key.removeprefix("Shift+").startswith("F")
            assert not (bare and zone_of(spec, key) is Zone.WINDOW), (spec.id, key)


def test_keys_that_need_altgr_have_a_twin() -> None:
    acts: dict[str, set[str]] = {}
    for spec in TABLE:
        acts.setdefault(spec.text, set()).update(spec.keys.split())
    for text, keys in acts.items():
        if any(key[-1] in "[]{}/?" for key in keys):
            assert any(key[-1] not in "[]{}/?" for key in keys), text


def test_every_icon_is_there() -> None:
    for spec in TABLE:
        if spec.icon:
            assert (paths.resources() / "icons" / f"{spec.icon}.svg").is_file(), spec.icon


def test_every_action_of_the_table_is_in_the_menus_once(desk: Desk) -> None:
    bindings = Bindings(desk, Keymap())  # type: ignore[arg-type]
    bindings.fill(desk.menuBar())
    shown_actions = [
        action.objectName()
        for top in desk.menuBar().actions()
        for action in top.menu().actions()
        if not action.isSeparator()
    ]
    assert sorted(shown_actions) == sorted(spec.id for spec in TABLE if spec.menu)
    assert len(desk.menuBar().actions()) == len(Group)


def test_a_row_that_is_not_in_the_menu_is_a_second_way_to_one_that_is() -> None:
    """Candidates by number have no row of their own: they are in the panel, with their keys."""
    named = {spec.text for spec in TABLE if spec.menu} | {"Link to the candidate"}
    assert all(spec.text in named for spec in TABLE if not spec.menu)


def test_a_bare_key_works_in_its_zone_and_nowhere_else(desk: Desk, qtbot: QtBot) -> None:
    bindings = Bindings(desk, Keymap())  # type: ignore[arg-type]
    bindings.refresh(set(Needs))
    text, other = QTextEdit(), QTextEdit()
    for widget in (text, other):
        widget.setReadOnly(True)
    middle = QWidget()
    text.setParent(middle)
    other.setParent(middle)
    desk.setCentralWidget(middle)
    bindings.bind(Zone.TEXT, text)
    with qtbot.waitActive(desk):
        desk.show()
        desk.activateWindow()
    text.setFocus()
    qtbot.keyClick(text, "a")
    assert desk.calls == [BY_ID["accept"].call]
    other.setFocus()
    qtbot.keyClick(other, "a")
    assert len(desk.calls) == 1


def test_an_action_that_is_not_possible_does_nothing(desk: Desk) -> None:
    bindings = Bindings(desk, Keymap())  # type: ignore[arg-type]
    bindings.refresh({Needs.NOTHING})
    assert not bindings["accept"].isEnabled()
    assert bindings["open"].isEnabled()
    button = bindings.button("accept", "primary")
    assert not button.isEnabled()
    bindings.refresh(set(Needs))
    assert button.isEnabled()
    button.click()
    assert desk.calls == [BY_ID["accept"].call]


def test_buttons_and_tools_say_what_they_do_and_their_key(desk: Desk) -> None:
    bindings = Bindings(desk, Keymap())  # type: ignore[arg-type]
    tool = bindings.button("find", "tool")
    assert tool.accessibleName() == "Find in the article"
    assert tool.accessibleDescription() == "Ctrl F"
    assert tool.toolTip() == "Find in the article  (Ctrl F)"


@pytest.mark.parametrize(
    ("key", "face"),
    [
        ("A", "A"),
        ("Ctrl+Return", "Ctrl ↵"),
        ("Ctrl++", "Ctrl +"),
        ("Alt+Shift+Left", "Alt Shift ←"),
        ("F6", "F6"),
    ],
)
def test_keys_as_caps_show_them(key: str, face: str) -> None:
    assert shown(key) == face


def test_digits_stand_as_a_range_on_the_sheet() -> None:
    faces = {row.text: row.keys for row in key_sheet.rows(Group.DECIDE, Keymap())}
    assert faces["This label, accepted"] == ["1…9"]


def test_the_page_about_keys_is_made_from_the_table() -> None:
    assert (ROOT / "docs" / "keyboard.md").read_text(encoding="utf-8") == key_sheet.markdown()


@pytest.mark.parametrize("columns", key_sheet.COLUMNS)
def test_every_group_is_on_the_sheet(columns: tuple[tuple[Group, ...], ...]) -> None:
    assert sorted(group.name for one in columns for group in one) == sorted(group.name for group in Group)
