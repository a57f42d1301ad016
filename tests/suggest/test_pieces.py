"""Long texts are cut at paragraphs, and nothing of them is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.pieces import LIMIT, pieces


@given(st.text(alphabet="ab .\n\r\u2029é🦦", max_size=400), st.integers(2, 60))
def test_pieces_join_up_to_the_text(text: str, limit: int) -> None:
    cut = list(pieces(text, limit))
    assert "".join(text[start:end] for start, end in cut) == text
    assert all(0 < end - start <= limit for start, end in cut)


def test_a_short_text_is_one_piece() -> None:
    assert list(pieces("One paragraph.\n\nAnother one.")) == [(0, 28)]
    assert list(pieces("")) == []


def test_cuts_come_behind_blank_lines() -> None:
    paragraph = "A sentence of some length. " * 40
    text = "\n\n".join([paragraph.strip()] * 60)
    cut = list(pieces(text))
    assert len(cut) > 1
    assert all(text[:start].endswith("\n\n") for start, _ in cut[1:])


def test_without_paragraphs_sentences_and_words_are_kept_whole() -> None:
    assert [text_of("Aaa bbb. Ccc ddd. Eee fff", cut) for cut in pieces("Aaa bbb. Ccc ddd. Eee fff", 12)] == [
        "Aaa bbb. ",
        "Ccc ddd. ",
        "Eee fff",
    ]
    assert [text_of("aaaa bbbb cccc", cut) for cut in pieces("aaaa bbbb cccc", 8)] == [
        "aaaa ",
        "bbbb ",
        "cccc",
    ]
    assert len(list(pieces("x" * (2 * LIMIT + 1)))) == 3


def text_of(text: str, cut: tuple[int, int]) -> str:
    return text[cut[0] : cut[1]]
