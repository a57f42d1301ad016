"""Where spans may begin and end: words by the guidelines, characters as a reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import words

NASTY = st.text(
    alphabet=st.sampled_from("ab é.,'’\"“”()-\r\n\t\u00a0\u0301\u200d\ufe0f👩🚀🇫🇷🏽א") | st.characters(),
    max_size=40,
)


def place(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


@pytest.mark.parametrize(
    ("text", "rough", "meant"),
    [
        ("accused Weinstein, of it", "instei", "Weinstein"),
        ("accused Weinstein, of it", "Weinstein, ", "Weinstein"),
        ("said Vance's office", "Vance's", "Vance"),
        ("said Vance’s office", "anc", "Vance"),
        ("“Harvey Weinstein”", "“Harvey Weinstein”", "Harvey Weinstein"),
        ("the Weinstein Co. said", "Weinstein Co.", "Weinstein Co."),
        ("Cyrus R. Vance Jr.", "Cyrus R. Vance Jr.", "Cyrus R. Vance Jr."),
        ("it ended in 2015.", "2015.", "2015"),
        ("the (FPA) said", "(FPA)", "FPA"),
        ("a London-based firm", "London", "London"),
        ("the O'Brien file", "Brie", "O'Brien"),
        ("class of ’97 won", "’97", "’97"),
        ("Acme (UK) Ltd", "Acme (UK)", "Acme (UK)"),
        ("שלום עולם", "לו", "שלום"),
    ],
)
def test_a_rough_selection_snaps(text: str, rough: str, meant: str) -> None:
    assert words.snap(text, *place(text, rough)) == place(text, meant)


def test_a_selection_of_spaces_means_nothing() -> None:
    assert words.snap("a   b", 1, 4) is None


def test_a_possessive_without_a_word_before_it_leaves_no_space() -> None:
    assert words.trim("Brenn 😀 ’s", 0, 10) == (0, 10)
    assert words.trim("Brenn’s", 0, 7) == (0, 5)
    assert words.word_at("a   b", 2) is None


def test_a_word_is_taken_without_its_comma() -> None:
    assert words.word_at("Ivar Brandvik, 61", 7) == (5, 13)
    assert words.word_at("Ivar Brandvik, 61", 13) == (5, 13)


def test_boundaries_move_by_words_and_keep_one() -> None:
    text = "the Manhattan district attorney's office said"
    span = place(text, "Manhattan district")
    assert words.grow_end(text, *span) == place(text, "Manhattan district attorney's")
    assert words.shrink_end(text, *span) == place(text, "Manhattan")
    assert words.grow_start(text, *span) == place(text, "the Manhattan district")
    assert words.shrink_start(text, *span) == place(text, "district")
    one = place(text, "Manhattan")
    assert words.shrink_end(text, *one) == one
    assert words.shrink_start(text, *one) == one
    assert words.grow_end(text, 0, len(text)) == (0, len(text))
    assert words.grow_start(text, 0, 3) == (0, 3)


@pytest.mark.parametrize("char", ["é", "👩‍🚀", "🇫🇷", "👍🏽", "\r\n", "❤️"])
def test_a_character_is_what_a_reader_sees(char: str) -> None:
    text = f"a{char}b"
    assert words.grow_end_char(text, 0, 1) == (0, len(text) - 1)
    assert words.shrink_end_char(text, 0, len(text) - 1) == (0, 1)
    assert words.grow_start_char(text, len(text) - 1, len(text)) == (1, len(text))
    assert words.shrink_start_char(text, 1, len(text)) == (len(text) - 1, len(text))


def test_flags_pair_up() -> None:
    text = "🇫🇷🇩🇪"
    assert [words.is_boundary(text, i) for i in range(5)] == [True, False, True, False, True]


@given(NASTY, st.data())
def test_moving_a_boundary_keeps_a_span_in_the_text(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    moves = [
        getattr(words, f"{verb}_{edge}{by}")
        for verb in ("grow", "shrink")
        for edge in ("start", "end")
        for by in ("", "_char")
    ]
    for move in moves:
        first, last = move(text, start, end)
        assert 0 <= first < last <= len(text)
        if move.__name__.startswith("grow"):
            assert first <= start
            assert last >= end
        else:
            assert first >= start
            assert last <= end


@given(NASTY, st.data())
def test_a_snapped_span_has_clean_edges(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = words.snap(text, start, end)
    if found is not None:
        first, last = found
        assert 0 <= first < last <= len(text)
        assert not text[first].isspace()
        assert not text[last - 1].isspace()
