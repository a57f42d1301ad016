"""Looking through all articles: the same as looking at every place with one's own eyes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import store
from annotator.domain.record import Record, RecordSpan
from annotator.domain.search import pattern
from annotator.store import Store
from annotator.store.finding import Wanted

TEXTS = ("Müller met Anna  Müller.", "anna\nmuller, MÜLLER; Annam", "Nobody here", "O’Connor & Söhne (Anna)")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = store.create(tmp_path_factory.mktemp("finding") / "p.db")
    run = made.begin_run("import", "test")
    records = [
        Record(
            id=str(number),
            text=text,
            spans=[
                RecordSpan(start=found.start(), end=found.end(), label="PERSON", state=state)
                for found, state in zip(
                    re.finditer("(?i)m[üu]ller|anna", text),
                    ("accepted", "suggested", "rejected") * 3,
                    strict=False,
                )
            ],
        )
        for number, text in enumerate(TEXTS)
    ]
    made.add_records(run, records, origin="test")
    made.end_run(run, {})
    yield made
    made.close()


def _words(filled: Store, wanted: Wanted) -> list[str]:
    return [one.text for one in filled.found(wanted, 100)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("muller", ["Müller", "Müller", "muller", "MÜLLER"]),
        ("Müller", ["Müller", "Müller", "MÜLLER"]),
        ("anna mul", ["Anna  Mül", "anna\nmul"]),
        ("anna", ["Anna", "anna", "Anna", "Anna"]),
        ("uller", []),
        ("sohne (an", ["Söhne (An"]),
        ("& so", ["& Sö"]),
        ("%", []),
        ("  ", []),
    ],
)
def test_words_are_found_from_their_beginning_in_any_case(
    filled: Store, asked: str, found: list[str]
) -> None:
    assert _words(filled, Wanted(asked)) == found
    assert max(filled.spot_counts(Wanted(asked)), default=0) == len(found)


def test_a_place_has_the_span_that_stands_exactly_there(filled: Store) -> None:
    spots = list(filled.spots(Wanted("muller")))
    assert [spot.state for spot in spots] == ["accepted", "rejected", "suggested", "rejected"]
    assert all(spot.span is not None for spot in spots)
    assert [spot.span for spot in filled.spots(Wanted("anna mul"))] == [None, None]


@given(
    words=st.sampled_from(["", "muller", "anna", "ann", "mul", "x"]),
    state=st.sampled_from([None, "suggested", "accepted", "rejected"]),
    origin=st.sampled_from([None, "test", "other"]),
)
def test_spans_that_fit_are_those_that_one_would_pick(
    filled: Store, words: str, state: str | None, origin: str | None
) -> None:
    every = [span for number in range(1, 5) for span in filled.article(number).spans.values()]
    picked = {
        span.id
        for span in every
        if (not words or pattern(words).search(span.text))
        and state in (None, span.state)
        and origin in (None, span.origin)
    }
    wanted = Wanted(words, spans=True, state=state, origin=origin)
    assert {spot.span for spot in filled.spots(wanted)} == picked
    assert max(filled.spot_counts(wanted), default=0) == len(picked)


def test_what_stands_in_an_article_that_was_taken_out_is_not_found(filled: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    filled.save_copy(copy)
    with store.open_project(copy) as opened:
        from annotator.domain.edits import document_edits

        opened.apply(document_edits.remove(opened.document(1)), "Ada")
        assert _words(opened, Wanted("muller")) == ["muller", "MÜLLER"]
        assert {spot.document for spot in opened.spots(Wanted(spans=True))} == {2, 4}
