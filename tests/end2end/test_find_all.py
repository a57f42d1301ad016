"""Find in all articles: answers as somebody types, decisions on all that is ticked, one step each."""

from __future__ import annotations

from collections import Counter

import pytest

from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED
from annotator.ui import deciding
from annotator.ui.find_card import FindCard
from annotator.ui.label_picks import LabelButton
from tests.end2end.desk import Desk, wait_until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _open(there: Desk, words: str = "") -> FindCard:
    there.press("Ctrl+Shift+F")
    (card,) = (one for one in there.window.findChildren(FindCard) if one.isVisible())
    there.type(words)
    return card


def _wait(card: FindCard, count: int) -> None:
    """Until the answer is there and counted."""
    wait_until(lambda: card.is_answered() and card._count == count)


def _rows(card: FindCard) -> list[tuple[str, str]]:
    return [(place.note, place.passage.marked) for place in card._list._model.places]


def _spans(there: Desk) -> Counter[tuple[str, str, str]]:
    labels = {label.id: label.name for label in there.session.labels()}
    store = there.session.store
    return Counter(
        (span.text, labels[span.label], span.state)
        for document in (1, 2, 3)
        for span in store.article(document).spans.values()
    )


def test_words_are_found_as_they_are_typed_in_spans_or_not(there: Desk) -> None:
    card = _open(there)
    card._typing.setInterval(1_000_000)
    there.type("gannet res")
    card._show(card._asked, ())  # the answer to the empty field comes when words are typed already
    assert "Type words" in card._said.text()
    card.look()
    card._typing.setInterval(0)
    _wait(card, 4)
    assert _rows(card) == [("", "Gannet Res")] * 4
    there.type("earch")
    wait_until(lambda: [note for note, _ in _rows(card)] == ["Org, suggested"] * 3 + ["Org, accepted"])
    there.type("x")
    _wait(card, 0)
    assert "Nothing fits" in card._said.text()


def test_words_that_are_no_span_are_ticked_and_labelled_as_one_step(there: Desk) -> None:
    card = _open(there, "report")
    _wait(card, 1)
    there.press("Return", "Space", "2")
    assert _spans(there)["report", "ORG", ACCEPTED] == 1
    assert "Labelled one place as ORG" in card._last.text()
    there.press("Ctrl+Z")
    assert _spans(there)["report", "ORG", ACCEPTED] == 0


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("Ctrl+Return", ("Pell & Rourke", "ORG", ACCEPTED)),
        ("X", ("Pell & Rourke", "ORG", REJECTED)),
        ("Delete", ("Pell & Rourke", "ORG", REJECTED)),
        ("1", ("Pell & Rourke", "PERSON", ACCEPTED)),
    ],
)
def test_spans_are_decided_in_bulk_by_keys(there: Desk, key: str, wanted: tuple[str, str, str]) -> None:
    before = _spans(there)
    card = _open(there, "pell")
    card._label.choose(2)
    _wait(card, 2)
    there.press("Return", "A", key)
    assert _spans(there)[wanted] == 2
    assert there.article.document.status == "in_progress"
    there.press("Ctrl+Z", "Esc")
    assert _spans(there) == before
    assert there.session.store.check() == []


def test_spans_are_decided_in_bulk_by_mouse(there: Desk) -> None:
    card = _open(there)
    card._state.choose(1)
    _wait(card, 9)
    there.push_row(card._list, 0)
    there.push_row(card._list, 1)
    person = next(one for one in card.findChildren(LabelButton) if one.text() == "Date")
    there.push(person)
    _wait(card, 7)
    states = Counter((label, state) for (_, label, state), n in _spans(there).items() for _ in range(n))
    assert states["DATE", ACCEPTED] == 2


def test_label_state_maker_entity_and_flag_narrow_it(there: Desk) -> None:
    there.press("F", "Esc")
    card = _open(there)
    card._label.choose(1)
    _wait(card, 6)
    card._state.choose(2)
    _wait(card, 2)
    card._state.choose(0)
    card._label.choose(0)
    wait_until(lambda: len(card._origins) == 2)
    card._origin.choose(1 + card._origins.index("model"))
    _wait(card, 9)
    card._origin.choose(0)
    card._put_entity(there.session.entity(there.session.store.entities(1)[0].id))
    _wait(card, 1)
    assert _rows(card) == [("Person, accepted", "Ivar Brandvik")]
    card._put_entity(None)
    card._state.choose(4)
    _wait(card, 1)
    assert _rows(card) == [("Org, suggested", "Gannet Research")]


def test_a_large_decision_is_made_and_undone_beside_the_window(
    there: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "BULK", 1)
    monkeypatch.setattr(deciding, "LARGE", 10)
    card = _open(there)
    card._state.choose(1)
    _wait(card, 9)
    there.press("Return", "A", "Ctrl+Return")
    there.wait_for_work()
    assert {state for _, _, state in _spans(there)} == {ACCEPTED}
    _wait(card, 0)
    there.press("Ctrl+Z")
    there.wait_for_work()
    assert Counter(state for *_, state in _spans(there).elements())[SUGGESTED] == 9
    assert there.article.count(SUGGESTED) == 7
    there.press("Ctrl+Y")
    there.wait_for_work()
    assert there.article.count(SUGGESTED) == 0


def test_all_means_those_that_are_not_listed_too_but_for_those_unticked(
    there: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.seeking.MOST", 3)
    card = _open(there)
    card._state.choose(1)
    wait_until(lambda: card._count == 9)
    there.press("Return", "A", "Down", "Space")
    assert "8 ticked of 9 places" in card._counted.text()
    there.press("X")
    there.wait_for_work()
    assert Counter(state for *_, state in _spans(there).elements()) == {
        REJECTED: 8,
        ACCEPTED: 3,
        SUGGESTED: 1,
    }


def test_enter_opens_the_place_and_alt_up_comes_back(there: Desk) -> None:
    here = there.article.document.id
    card = _open(there, "second report")
    _wait(card, 1)
    there.press("Return", "Return")
    assert there.article.document.name == "two"
    selected = there.review.view.selection()
    assert selected is not None
    assert there.article.text[slice(*selected)] == "second report"
    there.press("Alt+Up")
    assert there.article.document.id == here


def test_keys_of_the_page_rest_while_the_card_is_open(there: Desk) -> None:
    _open(there)
    before = _spans(there)
    there.press("Ctrl+Shift+A", "Ctrl+PgDown", "Ctrl+Return")
    assert _spans(there) == before
    assert there.article.document.name == "one"
    there.press("Esc")
