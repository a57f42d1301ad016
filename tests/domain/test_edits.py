"""What a person's acts do to an article, and that each can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet
from annotator.domain.edits import document_edits, link_edits, span_edits
from tests.domain.articles import DOCUMENT, LABELS, TEXT, entity, link, span, state, with_ids

ME = Author("me", "2026-01-02T03:04:05Z")


def article(*spans: object, **rest: object) -> Article:
    return Article(DOCUMENT, TEXT, LABELS, spans=spans, **rest)  # type: ignore[arg-type]


def do(target: Article, change: ChangeSet) -> ChangeSet:
    applied = with_ids(change)
    target.apply(applied.rows)
    return applied


def test_accepting_decides_and_begins_the_article() -> None:
    one = article(span(1, 0, 13, 1))
    do(one, span_edits.accept(one, [1], ME))
    assert one.spans[1].state == "accepted"
    assert (one.spans[1].by, one.spans[1].at) == ("me", ME.at)
    assert one.document.status == "in_progress"


def test_what_stands_as_asked_changes_nothing() -> None:
    one = article(span(1, 0, 13, 1, state="accepted"))
    assert not span_edits.accept(one, [1], ME)
    assert not span_edits.relabel(one, [1], 1, ME)
    assert not span_edits.resize(one, 1, 0, 13, ME)
    assert not span_edits.add(one, 0, 13, 1, ME)


def test_rejecting_lets_go_of_links_but_remembers_refusals() -> None:
    one = article(
        span(1, 0, 13, 1, state="accepted"),
        links=[link(5, 1, 7), link(6, 1, 8, state="rejected", origin="model")],
        entities=[entity(7, 1), entity(8, 1)],
    )
    do(one, span_edits.reject(one, [1], ME))
    assert one.spans[1].state == "rejected"
    assert list(one.links) == [6]


def test_relabelling_accepts_drops_the_link_and_remembers_what_was_suggested() -> None:
    one = article(
        span(1, 0, 13, 2), links=[link(5, 1, 7, state="suggested", origin="model")], entities=[entity(7, 2)]
    )
    do(one, span_edits.relabel(one, [1], 1, ME))
    changed = one.spans[1]
    assert (changed.label, changed.state) == (1, "accepted")
    assert (changed.suggested_label, changed.suggested_start, changed.suggested_by) == (2, 0, "model")
    assert not one.links


def test_moving_a_boundary_accepts_and_takes_the_new_words() -> None:
    one = article(span(1, 5, 13, 1))
    do(one, span_edits.resize(one, 1, 0, 13, ME))
    assert (one.spans[1].text, one.spans[1].state) == ("Ivar Brandvik", "accepted")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, len(TEXT) + 1)])
def test_a_place_outside_the_text_is_refused(start: int, end: int) -> None:
    one = article(span(1, 0, 4, 1))
    with pytest.raises(ValueError, match="no span at"):
        span_edits.resize(one, 1, start, end, ME)
    with pytest.raises(ValueError, match="no span at"):
        span_edits.add(one, start, end, 1, ME)


def test_a_span_that_moves_onto_its_twin_absorbs_it() -> None:
    one = article(
        span(1, 5, 13, 1, note="mine"),
        span(2, 0, 13, 1, state="accepted", note="theirs", flag=1),
        links=[link(5, 2, 7)],
        entities=[entity(7, 1)],
    )
    before = state(one)
    applied = do(one, span_edits.resize(one, 1, 0, 13, ME))
    assert list(one.spans) == [1]
    assert (one.spans[1].note, one.spans[1].flag) == ("mine\ntheirs", 1)
    assert one.links[5].span == 1
    one.apply(applied.inverse().rows)
    assert state(one) == before


def test_two_spans_of_a_bulk_that_meet_become_one() -> None:
    one = article(span(1, 0, 13, 1), span(2, 0, 13, 2))
    do(one, span_edits.relabel(one, [1, 2], 3, ME))
    assert [(found.label, found.state) for found in one.spans.values()] == [(3, "accepted")]


def test_adding_makes_an_own_span_and_accepts_one_that_is_there() -> None:
    one = article(span(1, 23, 26, 2, state="rejected"))
    do(one, span_edits.add(one, 23, 26, 2, ME))
    assert one.spans[1].state == "accepted"
    applied = do(one, span_edits.add(one, 0, 4, 1, ME))
    made = one.span_at(0, 4, 1)
    assert made is not None
    assert (made.origin, made.text, made.state) == ("reviewer", "Ivar", "accepted")
    assert applied.title.params["label"] == "PERSON"


def test_deleting_rejects_what_was_proposed_and_erases_ones_own() -> None:
    one = article(span(1, 0, 4, 1), span(2, 5, 13, 1, origin="reviewer", state="accepted"))
    do(one, span_edits.delete(one, [1, 2], ME))
    assert {found.id: found.state for found in one.spans.values()} == {1: "rejected"}


def test_flags_and_notes() -> None:
    one = article(span(1, 0, 4, 1))
    do(one, span_edits.set_flag(one, 1, ME, flag=True))
    do(one, span_edits.set_note(one, 1, " ask Petra ", ME))
    assert (one.spans[1].flag, one.spans[1].note, one.spans[1].state) == (1, "ask Petra", "suggested")
    do(one, span_edits.set_note(one, 1, " ", ME))
    assert one.spans[1].note is None


def test_linking_accepts_and_replaces_the_link_that_stood() -> None:
    one = article(
        span(1, 0, 13, 1),
        links=[link(5, 1, 7, state="suggested", origin="model"), link(6, 1, 8)],
        entities=[entity(7, 1), entity(8, 1), entity(9, 1)],
    )
    do(one, link_edits.link(one, 1, one.entities[9], ME))
    assert one.spans[1].state == "accepted"
    assert {found.entity: found.state for found in one.links.values()} == {7: "rejected", 9: "accepted"}
    do(one, link_edits.unlink(one, 1, ME))
    assert {found.entity: found.state for found in one.links.values()} == {7: "rejected"}


def test_a_suggested_link_is_taken_as_it_is() -> None:
    one = article(
        span(1, 0, 13, 1), links=[link(5, 1, 7, state="suggested", origin="model")], entities=[entity(7, 1)]
    )
    do(one, link_edits.link(one, 1, one.entities[7], ME))
    assert [(found.id, found.state, found.origin) for found in one.links.values()] == [
        (5, "accepted", "model")
    ]


def test_a_new_entity_takes_the_words_of_the_span() -> None:
    one = article(span(1, 0, 13, 1))
    do(one, link_edits.link_new(one, 1, "person:ivar-brandvik", ME))
    made = one.link_of(1)
    assert made is not None
    assert one.entities[made.entity].name == "Ivar Brandvik"


def test_a_link_across_labels_is_a_bug() -> None:
    one = article(span(1, 0, 13, 1))
    with pytest.raises(ValueError, match="cannot be linked"):
        link_edits.link(one, 1, entity(9, 2), ME)


def test_document_edits_name_only_what_changes() -> None:
    change = document_edits.set_fields(DOCUMENT, title="Title", source="The Ledger")
    assert change.rows[0].after == {"source": "The Ledger"}
    assert not document_edits.set_status(DOCUMENT, "new")


def test_walking_the_spans_in_reading_order() -> None:
    one = article(
        span(1, 5, 13, 1),
        span(2, 0, 13, 2, state="accepted"),
        span(3, 0, 4, 1),
        span(4, 30, 40, 1, state="rejected"),
    )
    assert [found.id for found in one.in_order(["suggested", "accepted"])] == [2, 3, 1]
    assert one.count("suggested") == 2
    second = one.next_span(one.spans[2], ["suggested"])
    assert second is not None
    assert second.id == 3
    assert one.previous_span(one.spans[2], ["suggested"]) is None
    last = one.previous_span(None, ["suggested", "rejected"])
    assert last is not None
    assert last.id == 4
    assert one.rank(one.spans[1], ["suggested"]) == 1


Act = Callable[[Article, st.DataObject], ChangeSet]


def _any_span(one: Article, data: st.DataObject) -> int:
    return data.draw(st.sampled_from(sorted(one.spans)))


def _any_place(data: st.DataObject) -> tuple[int, int]:
    start = data.draw(st.integers(0, 8))
    return start, data.draw(st.integers(start + 1, 9))


ACTS: list[Act] = [
    lambda one, data: span_edits.accept(
        one, data.draw(st.lists(st.sampled_from(sorted(one.spans)), max_size=3)), ME
    ),
    lambda one, data: span_edits.reject(one, [_any_span(one, data)], ME),
    lambda one, data: span_edits.delete(one, [_any_span(one, data)], ME),
    lambda one, data: span_edits.relabel(one, sorted(one.spans), data.draw(st.integers(1, 4)), ME),
    lambda one, data: span_edits.relabel(one, [_any_span(one, data)], data.draw(st.integers(1, 4)), ME),
    lambda one, data: span_edits.resize(one, _any_span(one, data), *_any_place(data), ME),
    lambda one, data: span_edits.add(one, *_any_place(data), data.draw(st.integers(1, 4)), ME),
    lambda one, data: link_edits.link_new(one, _any_span(one, data), "key", ME),
    lambda one, data: link_edits.unlink(one, _any_span(one, data), ME),
    lambda one, data: span_edits.add_all(
        one, [_any_place(data), _any_place(data)], data.draw(st.integers(1, 4)), ME
    ),
]


@given(st.data())
def test_any_acts_keep_places_unique_and_are_taken_back(data: st.DataObject) -> None:
    one = article(span(1, 0, 4, 1), span(2, 5, 9, 1), span(3, 0, 9, 2), span(4, 0, 4, 2, origin="reviewer"))
    history = []
    for _ in range(data.draw(st.integers(1, 6))):
        if not one.spans:
            break
        before = state(one)
        applied = do(one, data.draw(st.sampled_from(ACTS))(one, data))
        history.append((before, applied))
        places = [(found.start, found.end, found.label) for found in one.spans.values()]
        assert len(places) == len(set(places))
        for found in one.spans.values():
            assert one.span_at(found.start, found.end, found.label) == found
            assert found.text == TEXT[found.start : found.end]
            linked = [each for each in one.links_of(found.id) if each.state == "accepted"]
            assert len(linked) <= 1
            assert all(one.entities[each.entity].label == found.label for each in linked)
    for before, applied in reversed(history):
        one.apply(applied.inverse().rows)
        assert state(one) == before
