"""Pieces and their places: as the library of the model gives them, and sound on any text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.encoder.model import VOCABULARY, folder
from annotator.suggest.encoder.wordpiece import WordPiece

RECORDED = Path(__file__).parent / "wordpiece.jsonl"
"""Texts with the pieces that `tokenizers` 0.23.3 gives for them: [number, start, end]."""

splitter = WordPiece(folder() / VOCABULARY)


@pytest.mark.parametrize("line", RECORDED.read_text(encoding="utf-8").splitlines())
def test_pieces_are_those_of_the_library(line: str) -> None:
    text, pieces = json.loads(line)
    assert [list(piece) for piece in splitter.pieces(text)] == pieces


@given(st.text(max_size=200))
def test_pieces_stand_in_order_inside_the_text(text: str) -> None:
    behind = 0
    for _, start, end in splitter.pieces(text):
        assert behind <= end
        assert 0 <= start < end <= len(text)
        behind = start
    assert splitter.pieces(text) == splitter.pieces(text)


@given(st.text(alphabet="ab Zé.,’\n", max_size=60), st.text(alphabet="ab Zé.,’\n", max_size=60))
def test_a_blank_separates(left: str, right: str) -> None:
    by = len(left) + 1
    moved = [(number, start + by, end + by) for number, start, end in splitter.pieces(right)]
    assert splitter.pieces(f"{left} {right}") == [*splitter.pieces(left), *moved]
