"""Which key does what, with sets and a person's own changes: never two acts for one key at one place."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.ui.action_table import BY_ID, TABLE
from annotator.ui.actions import Zone
from annotator.ui.keymap import SETS, Keymap, is_bare, pressed, zone_of

KEYS = ("A", "X", "1", "Space", "Tab", "Ctrl+K", "Ctrl+Z", "Backspace", "?", "F6", "Alt+2", "Shift+A")
OUTER = (Zone.WINDOW, Zone.PAGE)
own_keys = st.lists(st.sampled_from(KEYS), max_size=3, unique=True).map(" ".join)


def _is_clear(keymap: Keymap) -> bool:
    held = [(spec, key) for spec in TABLE for key in keymap.keys(spec.id)]
    for (one, key), (other, same) in combinations(held, 2):
        zones = (zone_of(one, key), zone_of(other, same))
        if key == same and (zones[0] is zones[1] or set(zones) & set(OUTER)):
            return False
    return True


def test_without_changes_it_is_the_table() -> None:
    keymap = Keymap()
    assert all(keymap.keys(spec.id) == spec.keys.split() for spec in TABLE)


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_clear_and_gives_all_that_it_asks_for(name: str) -> None:
    keymap = Keymap(name)
    assert _is_clear(keymap)
    for action, keys in SETS[name].items():
        assert keymap.keys(action) == keys.split()
        assert all(QKeySequence(key).toString() == key for key in keys.split()), keys


@given(
    st.sampled_from(list(SETS)),
    st.dictionaries(st.sampled_from([spec.id for spec in TABLE]), own_keys, max_size=6),
    st.lists(st.sampled_from(("1", "2", "a", "x", "q", None)), max_size=9, unique=True),
    st.booleans(),
)
def test_no_key_ever_does_two_things(
    name: str, own: dict[str, str], labels: list[str | None], single: bool
) -> None:
    keymap = Keymap(name, own, single=single)
    keymap.set_labels(labels)
    assert _is_clear(keymap)
    for number, key in enumerate(labels, 1):
        wanted = [key.upper()] if key and single else []
        assert keymap.keys(f"label.{number}") == wanted


def test_who_asks_first_has_the_key() -> None:
    keymap = Keymap(own={"flag": "A"})
    assert keymap.keys("flag") == ["A"]
    assert keymap.keys("accept") == ["Return", "Enter"]
    keymap.set_labels(["a"])
    assert keymap.keys("label.1") == ["A"]
    assert keymap.keys("flag") == []


def test_an_act_of_the_whole_window_has_its_bare_keys_in_the_text_only() -> None:
    assert zone_of(BY_ID["undo"], "Backspace") is Zone.TEXT
    assert zone_of(BY_ID["undo"], "Ctrl+Z") is Zone.WINDOW
    assert not is_bare("Shift+F6")


def test_without_single_keys_the_others_stay() -> None:
    keymap = Keymap(single=False)
    assert keymap.keys("accept") == ["Return", "Enter"]
    assert keymap.keys("label.1") == []
    assert keymap.keys("find") == ["Ctrl+F"]
    assert keymap.keys("undecided.next") == ["Tab"]


@pytest.mark.parametrize("unknown", [{"no.such": "A"}, {}])
def test_unknown_names_change_nothing(unknown: dict[str, str]) -> None:
    assert Keymap("no such set", unknown).keys("accept") == BY_ID["accept"].keys.split()


NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.mark.parametrize(
    ("key", "held", "text", "written"),
    [
        (Qt.Key.Key_A, NONE, "a", "A"),
        (Qt.Key.Key_A, SHIFT, "A", "Shift+A"),
        (Qt.Key.Key_BraceLeft, SHIFT, "{", "{"),  # us
        (Qt.Key.Key_BracketLeft, CTRL | ALT, "[", "["),  # de on Windows: AltGr+8
        (Qt.Key.Key_Question, SHIFT, "?", "?"),
        (Qt.Key.Key_K, CTRL, "\x0b", "Ctrl+K"),
        (Qt.Key.Key_1, Qt.KeyboardModifier.KeypadModifier, "1", "1"),
        (Qt.Key.Key_Shift, SHIFT, "", ""),
        (Qt.Key.Key_Space, SHIFT, " ", "Shift+Space"),
    ],
)
def test_what_is_pressed_is_written_as_in_the_table(
    key: Qt.Key, held: Qt.KeyboardModifier, text: str, written: str
) -> None:
    assert pressed(QKeyEvent(QEvent.Type.KeyPress, key, held, text)) == written
