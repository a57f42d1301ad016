"""Shapes of words, windows over long texts, and the likeliest tags."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from annotator.suggest.encoder import shapes, windows
from annotator.suggest.encoder.decoding import (
    BEGIN,
    INSIDE,
    LABELS,
    OUTSIDE,
    TAGS,
    Stretch,
    likeliest,
    log_probabilities,
    stretches,
)
from annotator.suggest.encoder.windows import Floats, Ints
from annotator.suggest.encoder.wordpiece import Piece


def pieces_of(text: str) -> list[Piece]:
    """Each word a piece."""
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append(Piece(len(found), at, at + len(word)))
        at += len(word)
    return found


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("He met Ada", [shapes.OPENING, shapes.LOWER, shapes.INITIAL]),
        ("end. Then A", [shapes.LOWER, shapes.OPENING, shapes.INITIAL]),
        ("NATO 2019 19Mar18 —", [shapes.CAPITALS, shapes.DIGITS, shapes.MIXED, 0]),
        ("one\ntwo\n\nthree", [1, 1 + shapes.LINE, 1 + shapes.BLANK_LINE]),
    ],
)
def test_how_words_are_written(text: str, kinds: list[int]) -> None:
    assert shapes.shapes(text, pieces_of(text)) == kinds


def test_pieces_of_one_word_have_its_shape() -> None:
    text = "Ivar\nMcBrandvik"
    assert shapes.shapes(text, [Piece(0, 0, 4), Piece(1, 5, 7), Piece(2, 7, 15)]) == [
        shapes.OPENING,
        shapes.MIXED + shapes.LINE,
        shapes.MIXED,
    ]


@given(st.integers(0, 3000), st.integers(20, 320), st.data())
def test_ranges_cover_everything_and_share_their_edges(length: int, window: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, window // 2))
    found = windows.ranges(length, window, overlap)
    assert {place for start, end in found for place in range(start, end)} == set(range(length))
    assert all(0 < end - start <= window for start, end in found)
    for (_, end), (start, _) in itertools.pairwise(found):
        assert end - start >= overlap - 1


def test_each_piece_is_read_where_it_lies_deepest() -> None:
    pieces = [Piece(number, number, number + 1) for number in range(100)]
    asked: list[tuple[int, int]] = []

    def network(ids: Ints, kinds: Ints) -> Floats:
        assert ids.shape == kinds.shape
        assert (ids[0, 0], ids[0, -1]) == (windows.START, windows.END)
        asked.append((int(ids[0, 1]), int(ids[0, -2])))
        # Says of each piece its number and how far the nearest end of the window is.
        count = ids.shape[1]
        depth = [min(at, count - 1 - at) for at in range(count)]
        return np.array([list(zip(ids[0], depth, strict=True))], dtype=np.float32)

    said = windows.run(network, pieces, [1] * 100, 40, 10)
    assert [int(number) for number in said[:, 0]] == list(range(100))
    assert asked[0][0] == 0
    assert asked[-1][1] == 99
    assert all(said[10:90, 1] >= 5)


@given(
    arrays.arrays(
        np.float32,
        st.tuples(st.integers(1, 5), st.just(1), st.just(TAGS)),
        elements=st.integers(-9, 0).map(float),
    )
)
def test_the_likeliest_tags_are_the_best_of_all(logs: Floats) -> None:
    def total(path: tuple[int, ...]) -> float:
        return float(sum(logs[at, 0, tag] for at, tag in enumerate(path)))

    def is_allowed(path: tuple[int, ...]) -> bool:
        return all(
            not (behind == INSIDE and before == OUTSIDE)
            for before, behind in itertools.pairwise((OUTSIDE, *path))
        )

    found = tuple(likeliest(logs[:, 0]))
    assert is_allowed(found)
    assert total(found) == max(
        total(path) for path in itertools.product(range(TAGS), repeat=len(logs)) if is_allowed(path)
    )


def test_spans_of_different_labels_may_overlap() -> None:
    text = "accused Ada Brenn of theft"
    pieces = pieces_of(text)
    said = np.zeros((5, len(LABELS), TAGS), dtype=np.float32)
    said[:, :, OUTSIDE] = 1
    for label, tags in (
        ("PERSON", [0, BEGIN, INSIDE, 0, 0]),
        ("ALLEGATION", [BEGIN, INSIDE, INSIDE, INSIDE, INSIDE]),
    ):
        for at, tag in enumerate(tags):
            said[at, LABELS.index(label), tag] += 5
    assert stretches(log_probabilities(said.reshape(5, -1)), pieces) == [
        Stretch(0, 26, "ALLEGATION"),
        Stretch(8, 17, "PERSON"),
    ]
    assert stretches(np.zeros((0, 0), dtype=np.float32), []) == []
