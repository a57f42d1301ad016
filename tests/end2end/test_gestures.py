"""Every act of a review, by keys alone and by mouse alone, in one action or in as few as promised."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from annotator.domain.models import ACCEPTED, DONE, REJECTED, SUGGESTED
from annotator.ui.hints import Hint
from annotator.ui.label_picks import LabelBar, LabelButton
from annotator.ui.note_card import NoteCard
from annotator.ui.same import SameCard
from tests.end2end.conftest import TEXT
from tests.end2end.desk import Desk, wait_until

# A menu on a screen that is none.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Way = Callable[[Desk], object]
NONE = Qt.KeyboardModifier.NoModifier


def keys(*pressed: str) -> Way:
    return lambda there: there.press(*pressed)


def _button(name: str, inside: Callable[[Desk], QWidget] = lambda there: there.review.inspector.span) -> Way:
    """A click on what is called so."""

    def way(there: Desk) -> None:
        there.push(_named(inside(there), name))

    return way


def _named(inside: QWidget, name: str) -> QAbstractButton:
    found = [
        one
        for one in inside.findChildren(QAbstractButton)
        if one.isVisible() and name in (one.accessibleName(), one.text())
    ]
    assert len(found) == 1, (name, found)
    return found[0]


def _status(there: Desk) -> QWidget:
    return there.window.status


def _docbar(there: Desk) -> QWidget:
    return there.review.bar


def _at_focus(name: str) -> Way:
    return lambda there: there.choose_at(there.focus().start, name)


def _menu(*names: str) -> Way:
    return lambda there: there.choose(*names)


def _states(there: Desk) -> list[str]:
    return [span.state for span in there.article.in_order((SUGGESTED, ACCEPTED, REJECTED))]


# One span


@pytest.mark.parametrize(
    "way",
    [
        *(keys(key) for key in ("A", "Return", "Enter")),
        _button("Accept"),
        _button("accept", _status),
        _at_focus("Accept and go on"),
    ],
)
def test_accept_is_one_action_and_goes_on(there: Desk, way: Way) -> None:
    first = there.focus()
    way(there)
    assert there.span(first.id).state == ACCEPTED
    assert there.focus().text == "Ivar Brandvik"
    assert there.focus().state == SUGGESTED
    assert there.review.view.hasFocus()


@pytest.mark.parametrize("way", [keys("X"), keys("Delete"), _button("Reject"), _button("reject", _status)])
def test_reject_is_one_action_and_goes_on(there: Desk, way: Way) -> None:
    first = there.focus()
    way(there)
    assert there.span(first.id).state == REJECTED
    assert there.focus().text == "Ivar Brandvik"


@pytest.mark.parametrize(
    "way", [keys("1"), _button("Person"), _button("Person", _status), _at_focus("PERSON")]
)
def test_another_label_is_one_action_and_accepts(there: Desk, way: Way) -> None:
    first = there.focus()
    way(there)
    changed = there.span(first.id)
    assert (there.article.labels[changed.label].name, changed.state) == ("PERSON", ACCEPTED)
    assert there.focus().id != first.id


@pytest.mark.parametrize(
    ("there_and_back", "words"),
    [
        (("]", "["), "Gannet Research said"),
        (("Alt+Right", "Alt+Left"), "Gannet Research said"),
        (("[", "]"), "Gannet"),
        (("}", "{"), "Research"),
        (("Alt+Shift+Right", "Alt+Shift+Left"), "Research"),
        (("Ctrl+]", "Ctrl+["), "Gannet Research "),
        (("Ctrl+Alt+Left", "Ctrl+Alt+Right"), "Gannet Researc"),
        (("Ctrl+}", "Ctrl+{"), "annet Research"),
        (("Ctrl+Alt+Shift+Right", "Ctrl+Alt+Shift+Left"), "annet Research"),
    ],
)
@pytest.mark.parametrize("decided", [False, True])
def test_a_boundary_moves_by_one_key(
    there: Desk, there_and_back: tuple[str, str], words: str, decided: bool
) -> None:
    span = there.focus()
    if decided:
        there.press("A", "Shift+Space")
    there.press(there_and_back[0])
    assert (there.focus().id, there.focus().text, there.focus().state) == (span.id, words, ACCEPTED)
    there.press(there_and_back[1])
    assert there.focus().text == "Gannet Research"


def test_a_boundary_moves_by_one_drag_of_its_handle(there: Desk) -> None:
    there.drag_edge("end", TEXT.index(" on 14"))
    assert (there.focus().text, there.focus().state) == ("Gannet Research said", ACCEPTED)
    there.drag_edge("start", TEXT.index("Research"))
    assert there.focus().text == "Research said"


# A new span


def _halcyon(there: Desk) -> tuple[str, str]:
    span = there.focus()
    return span.text, there.article.labels[span.label].name


def _bar(there: Desk) -> LabelBar:
    bar = there.window.findChild(LabelBar)
    assert bar is not None
    return bar


def test_with_keys_alone_a_span_is_find_enter_key(there: Desk) -> None:
    there.press("/")
    there.type("Halcyon")
    there.press("Return", "2")
    assert _halcyon(there) == ("Halcyon", "ORG")


def test_a_selection_by_arrows_and_a_key_make_a_span(there: Desk) -> None:
    there.review.view.put_caret(TEXT.index("Halcyon"))
    there.press("Ctrl+Shift+Right", "2")
    assert _halcyon(there) == ("Halcyon", "ORG")


@pytest.mark.parametrize("select", ["drag", "double"])
def test_with_the_mouse_alone_a_span_is_a_selection_and_a_click(there: Desk, select: str) -> None:
    start = TEXT.index("Halcyon")
    if select == "drag":
        there.drag(start, start + 7)
    else:
        there.double_click(start)
    bar = _bar(there)
    wait_until(bar.isVisible)
    there.push(next(one for one in bar.findChildren(LabelButton) if one.text() == "Org"))
    assert _halcyon(there) == ("Halcyon", "ORG")


def test_with_an_armed_label_a_drag_or_a_double_click_is_enough(there: Desk) -> None:
    """K arms the label in focus; every selection is a span then, until K or Esc."""
    assert there.article.labels[there.focus().label].name == "ORG"
    there.press("K")
    start = TEXT.index("Halcyon")
    there.drag(start, start + 7)
    wait_until(lambda: _halcyon(there) == ("Halcyon", "ORG"))
    there.double_click(TEXT.index("Stavern"))
    wait_until(lambda: _halcyon(there) == ("Stavern", "ORG"))
    there.press("Esc")
    there.drag(TEXT.index("tanker"), TEXT.index("tanker") + 6)
    wait_until(lambda: _bar(there).isVisible())
    assert there.review.view.selection() is not None
    assert not [span for span in there.article.spans.values() if span.text == "tanker"]


def test_the_mouse_arms_a_label_in_the_bar_and_puts_it_away(there: Desk) -> None:
    there.drag(TEXT.index("tanker"), TEXT.index("tanker") + 6)
    bar = _bar(there)
    wait_until(bar.isVisible)
    there.push(_named(bar, "Keep the label for what is selected next"))
    there.push(next(one for one in bar.findChildren(LabelButton) if one.text() == "Date"))
    assert _halcyon(there) == ("tanker", "DATE")
    start = TEXT.index("Halcyon")
    there.drag(start, start + 7)
    wait_until(lambda: _halcyon(there) == ("Halcyon", "DATE"))
    there.push(_named(there.window.status, "Each selection becomes Date"))
    assert there.review.selecting.armed is None


def test_a_third_click_makes_a_sentence_not_a_word_of_the_armed_label(there: Desk) -> None:
    there.press("K")
    place = TEXT.index("Halcyon")
    before = len(there.article.spans)
    there.click(place)
    port, left = there.review.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseDClick(port, left, pos=there.point(place))
    QTest.mouseClick(port, left, NONE, there.point(place))
    wait_until(lambda: len(there.article.spans) > before)
    assert len(there.article.spans) == before + 1
    assert there.focus().text.startswith("Later Gannet Research wrote")


# Links


def _to_ivar(there: Desk) -> None:
    there.review.set_focus(
        next(s.id for s in there.article.in_order((SUGGESTED,)) if s.text == "Ivar Brandvik")
    )


def _linked(there: Desk, span: int) -> str | None:
    link = there.article.link_of(span)
    return there.article.entities[link.entity].name if link is not None and link.state == ACCEPTED else None


@pytest.mark.parametrize(
    ("way", "number"),
    [
        (keys("L"), 0),
        (keys("Alt+2"), 1),
        (keys("Shift+L", "2"), 1),
        (keys("Shift+L", "L"), 0),
        (lambda there: there.push_row(there.review.inspector.span.candidates, 0), 0),
        (lambda there: there.push_row(there.review.inspector.span.candidates, 1), 1),
    ],
)
def test_a_candidate_is_one_action(there: Desk, way: Way, number: int) -> None:
    _to_ivar(there)
    span, wanted = there.focus().id, there.review.candidates()[number].entity.name
    way(there)
    assert _linked(there, span) == wanted
    assert there.span(span).state == ACCEPTED
    assert there.review.view.hasFocus()


@pytest.mark.parametrize("way", [keys("N"), keys("Shift+L", "N"), _button("New person")])
def test_a_new_entity_is_one_action(there: Desk, way: Way) -> None:
    _to_ivar(there)
    span, known = there.focus().id, {one.entity.id for one in there.review.candidates()}
    way(there)
    link = there.article.link_of(span)
    assert link is not None
    assert link.entity not in known


@pytest.mark.parametrize("way", [keys("U"), _button("Unlink"), _at_focus("Unlink")])
def test_unlink_is_one_action(there: Desk, way: Way) -> None:
    _to_ivar(there)
    span = there.focus().id
    there.press("L")
    there.review.set_focus(span)
    way(there)
    assert _linked(there, span) is None


# Several at once


@pytest.mark.parametrize(
    ("start", "take"), [(keys("E"), keys("Return")), (_at_focus("The same text elsewhere…"), None)]
)
def test_the_same_text_elsewhere_is_one_action_and_one_more(
    there: Desk, start: Way, take: Way | None
) -> None:
    """In this article and in the others, ticked, as one step."""
    first = there.focus()
    there.press("A", "Shift+Space")
    assert there.focus().id == first.id
    start(there)
    card = there.window.findChild(SameCard)
    assert card is not None
    if take is None:
        there.push(_named(card, "Accept 2 as Org"))
    else:
        take(there)
    accepted = [s.text for s in there.article.in_order((ACCEPTED,))]
    assert accepted == ["Gannet Research"] * 2
    assert there.session.store.counts()["accepted"] == 3 + 3  # one more in the other article
    there.press("Ctrl+Z")
    assert [s.text for s in there.article.in_order((ACCEPTED,))] == ["Gannet Research"]


@pytest.mark.parametrize(
    ("way", "wanted"),
    [
        (keys("Shift+A"), [ACCEPTED] * 7),
        (keys("Shift+X"), [REJECTED] * 7),
        (keys("Ctrl+Shift+A"), [ACCEPTED] * 7),
        (keys("Ctrl+Shift+X"), [REJECTED] * 7),
        (keys("Alt+A"), [ACCEPTED, SUGGESTED, SUGGESTED, SUGGESTED, ACCEPTED, ACCEPTED, ACCEPTED]),
        (keys("Alt+X"), [REJECTED, SUGGESTED, SUGGESTED, SUGGESTED, REJECTED, REJECTED, REJECTED]),
        (_menu("Decide", "Accept all on screen"), [ACCEPTED] * 7),
        (_menu("Decide", "Reject all in the article"), [REJECTED] * 7),
        (_menu("Decide", "Accept all of this label"), [ACCEPTED, *[SUGGESTED] * 3, *[ACCEPTED] * 3]),
    ],
)
def test_every_remaining_one_is_one_step(there: Desk, way: Way, wanted: list[str]) -> None:
    way(there)
    assert _states(there) == wanted
    there.press("Ctrl+Z")
    assert _states(there) == [SUGGESTED] * 7


# Coming back


def test_a_flag_is_one_key_and_what_is_typed_next_is_its_note(there: Desk) -> None:
    span = there.focus().id
    there.press("F")
    there.type("Ask Kim")
    there.press("Return")
    assert (there.span(span).flag, there.span(span).note) == (1, "Ask Kim")
    assert there.review.view.hasFocus()
    there.press("F")
    assert there.span(span).flag == 0
    assert there.review.view.hasFocus()


def test_a_flag_by_the_mouse(there: Desk) -> None:
    there.push(_named(there.review.inspector.span, "Flag to come back to"))
    assert there.focus().flag == 1


@pytest.mark.parametrize("way", [keys("Shift+F"), _button("Flag the article to come back to", _docbar)])
def test_an_article_is_flagged_with_a_note(there: Desk, way: Way) -> None:
    way(there)
    assert there.article.document.flag == 1
    there.type("Which yard?")
    there.press("Return")
    assert there.article.document.note == "Which yard?"
    assert there.window.findChild(NoteCard) is None or not there.window.findChild(NoteCard).isVisible()
    way(there)
    assert there.article.document.flag == 0


@pytest.mark.parametrize("way", [keys("Ctrl+Return"), _button("Done, next", _docbar)])
def test_done_says_what_is_undecided_and_a_second_time_leaves_it(there: Desk, way: Way) -> None:
    way(there)
    assert there.article.document.name == "one"
    assert there.review.banner.accessibleName().startswith("7 not decided")
    way(there)
    assert there.article.document.name == "two"
    assert there.session.store.document(1).status == DONE
    assert there.session.store.article(1).count(SUGGESTED) == 7


def test_done_without_anything_open_goes_on_at_once(there: Desk) -> None:
    there.press("Ctrl+Shift+A", "Ctrl+Return")
    assert there.article.document.name == "two"


@pytest.mark.parametrize(
    ("back", "forth"),
    [(keys("Ctrl+Z"), keys("Ctrl+Y")), (_button("Undo", _status), _button("Redo", _status))],
)
def test_undo_and_redo_go_to_where_it_was(there: Desk, back: Way, forth: Way) -> None:
    first = there.focus()
    there.press("A", "Ctrl+PgDown")
    assert there.article.document.name == "two"
    back(there)
    assert there.article.document.name == "one"
    assert (there.focus().id, there.focus().state) == (first.id, SUGGESTED)
    assert "Undone" in there.window.status._said.text()
    there.press("Ctrl+PgDown")
    forth(there)
    assert (there.focus().id, there.focus().state) == (first.id, ACCEPTED)


def test_an_undo_that_takes_a_span_out_shows_its_words(there: Desk) -> None:
    start = TEXT.index("Halcyon")
    there.drag(start, start + 7)
    there.press("2", "Ctrl+PgDown", "Ctrl+Z")
    assert there.review.focused() is None
    assert there.review.view.anchor() == start
    first, last = there.review.view.visible_range()
    assert first <= start < last


def test_an_undo_over_several_articles_goes_to_one_of_them(there: Desk) -> None:
    there.press("A", "Shift+Space", "E", "Return")
    there.review.going.open_document(3)
    there.press("Ctrl+Z")
    assert there.article.document.name == "one"


# Going


@pytest.mark.parametrize(
    ("pressed", "words"),
    [
        (("Space",), "Ivar Brandvik"),
        (("Down",), "Ivar Brandvik"),
        (("Space", "Shift+Space"), "Gannet Research"),
        (("Shift+Space",), "Pell & Rourke"),
        (("Tab", "Tab"), "Solveig Brandvik"),
        (("Tab", "Shift+Tab"), "Gannet Research"),
    ],
)
def test_going_by_keys(there: Desk, pressed: tuple[str, ...], words: str) -> None:
    there.press(*pressed)
    assert there.focus().text == words


def test_going_by_the_mouse(there: Desk) -> None:
    there.push(_named(there.review.inspector.span, "Next undecided"))
    assert there.focus().text == "Ivar Brandvik"
    there.click(TEXT.index("Pell"))
    assert there.focus().text == "Pell & Rourke"
    there.push(_named(there.review.bar, "Next article"))
    assert there.article.document.name == "two"
    there.push_row(there.review.queue.list, 0)
    assert there.article.document.name == "one"


def test_articles_by_keys(there: Desk) -> None:
    there.press("Ctrl+PgDown")
    assert there.article.document.name == "two"
    there.press("Ctrl+PgUp", "Ctrl+PgUp")
    assert there.article.document.name == "one"
    assert "first article" in there.window.status._said.text()


def test_f6_goes_around_and_esc_comes_back_to_the_span(there: Desk) -> None:
    there.press("Tab")
    span = there.focus().id
    for step in ("F6", "Shift+F6"):
        seen = []
        for _ in there.window.focusing.parts():
            there.press(step)
            seen.append(
                next(i for i, part in enumerate(there.window.focusing.parts()) if _holds(there, part))
            )
        assert sorted(seen) == list(range(len(seen)))
    there.press("F6", "Esc")
    assert there.review.view.hasFocus()
    assert there.focus().id == span


def _holds(there: Desk, part: QWidget) -> bool:
    focus = there.window.focusWidget()
    return focus is not None and (part is focus or part.isAncestorOf(focus))


def test_esc_is_one_step_back_at_a_time(there: Desk) -> None:
    """A card, the find bar, the selection, the armed label, the banner: each press takes one."""
    there.press("Ctrl+Return", "K", "/")
    there.type("tanker")
    there.press("Ctrl+K")
    review = there.review

    def open_ones() -> list[bool]:
        palette = there.window.cards.is_open()
        found = review.finding.bar.isVisible()
        selected = review.view.selection() is not None
        return [palette, found, selected, review.selecting.armed is not None, review.banner.isVisible()]

    for closed in range(6):
        assert open_ones() == [number >= closed for number in range(5)]
        there.press("Esc")
    assert open_ones() == [False] * 5


def test_single_keys_rest_in_a_field(there: Desk) -> None:
    before = _states(there)
    for into in ("M", "Ctrl+F", "Ctrl+Shift+B"):
        there.press(into)
        there.type("ax12efnlu/? []")
        there.press("Esc")
        there.review.to_text()
    assert _states(there) == before
    assert not [one for one in there.window.findChildren(Hint) if one.hasFocus()]
