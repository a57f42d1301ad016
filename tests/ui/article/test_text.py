"""Whatever a text holds: what is selected is the slice that was meant, and nothing is shifted."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from annotator.domain.models import SUGGESTED
from annotator.domain.offsets import FOLD
from annotator.ui.article import ViewSpan
from tests.ui.article.conftest import ALLEGATION, MakeView, place

ODD = {
    "emoji": "an \U0001f600 emoji",
    "family": "a \U0001f468\u200d\U0001f469\u200d\U0001f466 family",
    "flag": "a \U0001f1eb\U0001f1f7 flag",
    "crlf": "one\r\ntwo\r\n\r\nthree",
    "lone cr": "one\rtwo",
    "bom first": "\ufeffone two",
    "bom turned round first": "\ufffeone two",
    "bom inside": "one \ufefftwo",
    "nbsp": "one\u00a0two",
    "line separator": "one\u2028two",
    "paragraph separator": "one\u2029two",
    "nfd": "Jose\u0301 Zoe\u0308 said",
    "right to left": "قال هارفي 2015 New York إن معه",
    "mixed": "He said שלום to Ivar",
    "nul": "one\x00two",
    "noncharacter": "one\ufdd0two\ufdd1three\ufffe\uffff",
    "lone surrogates": "one\ud800two\udfffthree",
    "controls": "a\tb\x0bc\x0cd\x85e\ufffcf",
    "folded": "word " * (FOLD // 4),
    "folded without a space": "\U0001f600" * (FOLD + 7),
    "nothing": "",
}
PIECES = st.sampled_from(
    [
        *(
            "word",
            " ",
            "\n",
            "\r\n",
            "\r",
            "\u00a0",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\x00",
            "\ufdd0",
            "\ufdd1",
        ),
        *("e\u0301", "\U0001f600", "\U0001f469\u200d\U0001f680", "\U0001f1eb\U0001f1f7", "שלום", "قال"),
        *("\ud800", "\udfff", "\u200b", "\u200d", "\t", "x" * (FOLD // 2)),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=24).map("".join),
    st.text(st.characters(codec=None, exclude_categories=()), max_size=40),
)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_every_range_of_an_odd_text_is_selected_as_it_was_meant(make_view: MakeView, text: str) -> None:
    view = make_view(text)
    places = [*range(min(len(text), 24)), *range(max(0, len(text) - 3), len(text) + 1)]
    for start in places:
        for end in places:
            if start <= end:
                view.select(start, end)
                assert view.selection() == ((start, end) if start < end else None)


def test_any_range_of_any_text_is_selected_as_it_was_meant(make_view: MakeView) -> None:
    """And it can be drawn, hit and asked for; the copy is the slice."""
    view = make_view("")

    @given(text=TEXTS, data=st.data())
    def look(text: str, data: st.DataObject) -> None:
        start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        view.set_article(text, [ViewSpan(1, start, end, ALLEGATION, SUGGESTED)] if start < end else [])
        view.select(start, end)
        assert view.selection() == ((start, end) if start < end else None)
        assert view.createMimeDataFromSelection().text() == _storable(text[start:end])
        first, last = view.visible_range()
        assert 0 <= first <= last <= len(text)
        if start < end:
            view.set_focus_span(1)
            view.spans_at(QPointF(view.rect_of(start, end).center()))
        view.viewport().grab()

    look()


def test_keys_walk_over_all_of_any_text(make_view: MakeView) -> None:
    """From the start to the end, and never back. Right-to-left text is walked the way it is seen."""
    view = make_view("")

    @given(text=TEXTS.filter(lambda text: len(text) < 200 and not _right_to_left(text)))
    def walk(text: str) -> None:
        view.set_article(text, [])
        places = [0]
        for _ in range(2 * len(text) + 1):
            QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
            found = view.selection()
            places.append(found[1] if found else 0)
        assert places == sorted(places)
        assert places[-1] == len(text)

    walk()


def test_the_mouse_finds_the_place_that_was_pointed_at(make_view: MakeView) -> None:
    """Behind the left edge of a character is its own place, whatever stands before it."""
    text = "a \U0001f600 b\u00a0c\r\nd\u2028e \ufdd0f\x00 g"
    view = make_view(text)
    for letter in "abcdefg":
        point = text.index(letter)
        assert view.page.place_at(QPointF(place(view, point))) == point


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_a_span_behind_odd_characters_is_drawn_over_its_words(make_view: MakeView, text: str) -> None:
    """The box is where the words stand, not shifted."""
    shown = text + ": Ivar said"
    start = len(shown) - len("Ivar said")
    view = make_view(shown, [ViewSpan(1, start, start + 4, ALLEGATION, SUGGESTED)])
    view.select(start, start + 4)
    middle = QPointF(view.rect_of(start, start + 4).center())
    assert view.spans_at(middle) == [1]
    for beside in (start - 2, start + 6):
        assert view.spans_at(QPointF(view.rect_of(beside, beside + 1).center())) == []


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_qt_holds_the_text_that_it_was_given(make_view: MakeView, text: str) -> None:
    """Character by character, each block as it is and as its lines have it."""
    view = make_view(text)
    blocks = view.offsets.display.split("\n")
    for number, words in enumerate(blocks):
        block = view.document().findBlockByNumber(number)
        assert block.text() == words
        assert view._layout.lines(block).text() == words


def _storable(text: str) -> str:
    """The store has no lone surrogates; what is copied has U+FFFD for each, also where two of them meet."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def _right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL", "AN", "RLE", "RLO", "RLI") for char in text)


def test_a_folded_paragraph_runs_on_at_the_same_pitch(make_view: MakeView) -> None:
    """A gap stands behind a paragraph, never inside a long one, wherever it is folded."""
    text = "word " * FOLD + "\nnext"
    view = make_view(text)
    tops = sorted({view.rect_of(place, place + 1).top() for place in range(0, len(text) - 4, 5)})
    pitch = view._painter.metrics.pitch
    assert {after - before for before, after in pairwise(tops)} == {pitch}
    below = view.rect_of(len(text) - 4, len(text)).top() - tops[-1]
    assert below == pitch + view._painter.metrics.gap
