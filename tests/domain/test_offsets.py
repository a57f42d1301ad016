"""Code points and document positions, over everything that Qt does to a text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.offsets import FOLD, OffsetMap

NASTY = st.text(
    alphabet=st.sampled_from("a é\n\r\x00\u2028\u2029\ufeff\ufdd0\ufdd1\u00a0\u200d\u0301אم👩🚀🇫🇷𝄞\ud800.")
    | st.characters(),
    max_size=80,
)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(NASTY)
def test_positions_count_utf16_units_and_come_back(text: str) -> None:
    offsets = OffsetMap(text)
    assert offsets.qt_length == utf16(offsets.display)
    assert len(offsets.display) == len(text)
    for point in range(len(text) + 1):
        position = offsets.to_qt(point)
        assert position == utf16(offsets.display[:point])
        assert offsets.to_cp(position) == point


@given(NASTY)
def test_many_are_like_one(text: str) -> None:
    offsets = OffsetMap(text)
    points = list(range(len(text) + 1))
    assert offsets.many_to_qt(np.array(points, dtype=np.int64)).tolist() == [offsets.to_qt(p) for p in points]


@given(NASTY)
def test_block_lengths_are_those_of_the_display(text: str) -> None:
    offsets = OffsetMap(text)
    assert offsets.block_lengths.tolist() == [utf16(block) for block in offsets.display.split("\n")]


@given(NASTY)
def test_the_display_holds_nothing_that_qt_changes(text: str) -> None:
    display = OffsetMap(text).display
    assert not set(display) & set("\r\x00\u2029\ufdd0\ufdd1")
    assert not display.startswith("\ufeff")
    assert not any("\ud800" <= char <= "\udfff" for char in display)


@pytest.mark.parametrize("unit", ["word ", "x", "👩‍🚀", "é"])
@settings(deadline=None)
@given(extra=st.integers(0, 40))
def test_a_long_paragraph_is_folded_and_positions_still_come_back(unit: str, extra: int) -> None:
    text = ("a" * extra + unit * (3 * FOLD // len(unit)) + "\n") * 2
    offsets = OffsetMap(text)
    blocks = offsets.display.split("\n")
    assert max(map(len, blocks)) <= FOLD
    assert "".join(blocks) == text.replace("\n", "")
    assert offsets.block_lengths.tolist() == [utf16(block) for block in blocks]
    for point in range(0, len(text) + 1, 7):
        position = offsets.to_qt(point)
        assert offsets.to_cp(position) == point
    for end in np.cumsum(offsets.block_lengths[:-1] + 1) - 1:  # both sides of a fold are one place
        here, behind = offsets.to_cp(int(end)), offsets.to_cp(int(end) + 1)
        assert here == behind or text[here] == "\n"


def test_inside_a_surrogate_pair_is_the_pair() -> None:
    assert [OffsetMap("a👩b").to_cp(position) for position in range(5)] == [0, 1, 1, 2, 3]


def test_a_line_without_words_is_blank_whatever_ends_it() -> None:
    """Windows ends lines by two characters: the first of them alone is nothing to read."""
    for text in ("one\n\ntwo", "one\r\n\r\ntwo", "one\r\rtwo"):
        assert OffsetMap(text).blank.tolist() == [False, True, False]
    assert OffsetMap("one\n\u200b\ntwo").blank.tolist() == [False, True, False]
    assert OffsetMap("").blank.tolist() == [True]
