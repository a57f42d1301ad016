"""What the keys of a review do: each method is one act of the reviewer.

A decision goes through the session; every view hears of it from there. What remains here is
which span is meant, and where the focus goes next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.domain import words
from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet
from annotator.domain.edits import link_edits, span_edits
from annotator.domain.models import REJECTED, SUGGESTED, Span
from annotator.link.candidates import Candidate
from annotator.session import relations, roles
from annotator.session.relations import Tie
from annotator.session.roles import Offer
from annotator.ui.reading_order import at_place, following

if TYPE_CHECKING:
    from annotator.ui.review import Review

Edit = Callable[[Article, Author], ChangeSet]

_STEPS = {
    ("end", 1, "word"): words.grow_end,
    ("end", -1, "word"): words.shrink_end,
    ("start", 1, "word"): words.grow_start,
    ("start", -1, "word"): words.shrink_start,
    ("end", 1, "character"): words.grow_end_char,
    ("end", -1, "character"): words.shrink_end_char,
    ("start", 1, "character"): words.grow_start_char,
    ("start", -1, "character"): words.shrink_start_char,
}


class Acts:
    """The verbs, for the article and the span that the review shows."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._session = review.session

    # deciding

    def accept(self) -> None:
        """Accept the span in focus; the next undecided one gets the focus."""
        span = self._focused()
        if span is not None:
            self._decide(span, lambda article, author: span_edits.accept(article, [span.id], author))

    def reject(self) -> None:
        """Reject it; a span of the reviewer's own goes."""
        span = self._focused()
        if span is None or span.state == REJECTED:
            return
        edit = span_edits.reject if span.state == SUGGESTED else span_edits.delete
        self._decide(span, lambda article, author: edit(article, [span.id], author))

    def label(self, number: int) -> None:
        """The label of a digit, as `label_id` does."""
        labels = self._review.labels
        if number <= len(labels):
            self.label_id(labels[number - 1].id)

    def label_id(self, label: int) -> None:
        """Make the selection a span of this label; else give it to the difference or the span in focus."""
        selection = self._review.view.selection()
        if selection is not None:
            self.add(selection[0], selection[1], label)
            return
        span = self._focused()
        if not self._review.comparing.decide_anew(label) and span is not None:
            self._decide(span, lambda article, author: span_edits.relabel(article, [span.id], label, author))

    def arm(self) -> None:
        """Let what the mouse selects be a span at once, of the label in focus; once more: no longer."""
        selecting, focused, labels = self._review.selecting, self._focused(), self._review.labels
        if selecting.armed is not None or not labels:
            selecting.arm(None)
        else:
            wanted = focused.label if focused is not None else selecting.last
            selecting.arm(next((one for one in labels if one.id == wanted), labels[0]))

    def add(self, start: int, end: int, label: int) -> None:
        """Make a span and put the focus on it. One that stands there already only gets the focus.

        A selection by single characters may end in white space, which is no part of a span.
        """
        start, end = _without_space(self._article().text, start, end)
        changed = self._session.run(
            lambda article, author: span_edits.add(article, start, end, label, author)
        )
        article = self._article()
        made = article.span_at(start, end, label)
        self._review.view.clear_selection()
        if made is not None:
            self._review.set_focus(made.id)
            if changed is None:
                self._review.say_already(made)

    def accept_all(self, scope: str) -> None:
        """Accept the suggestions on the screen, of the label in focus, or of the article: one step."""
        self._decide_all(scope, span_edits.accept)

    def reject_all(self, scope: str) -> None:
        self._decide_all(scope, span_edits.reject)

    def flag(self) -> bool:
        """Flag the span in focus, or take its flag away; whether it has one now."""
        span = self._focused()
        if span is None:
            return False
        self._session.run(
            lambda article, author: span_edits.set_flag(article, span.id, author, flag=not span.flag)
        )
        return not span.flag

    def note(self, span: int, words_: str) -> None:
        """Set the note of a span."""
        if span in self._article().spans:
            self._session.run(lambda article, author: span_edits.set_note(article, span, words_, author))

    # boundaries

    def resize(self, edge: str, step: int, unit: str) -> None:
        """Move one end by a word or a character. It accepts the span; the focus stays."""
        span = self._focused()
        if span is not None:
            self.resize_to(span.id, *_STEPS[edge, step, unit](self._article().text, span.start, span.end))

    def resize_to(self, span: int, start: int, end: int) -> None:
        """Put both ends where they were dragged to."""
        self._session.run(lambda article, author: span_edits.resize(article, span, start, end, author))

    # links

    def link(self, number: int) -> None:
        """Link the span in focus to the candidate of this number, which accepts it; go on."""
        candidates = self._review.candidates()
        if number <= len(candidates):
            self.link_to(candidates[number - 1])
        else:
            self._review.say_no_candidate()

    def link_to(self, candidate: Candidate) -> None:
        span = self._focused()
        if span is not None:
            self._decide(
                span, lambda article, author: self._session.link(article, span.id, candidate, author)
            )

    def link_new(self) -> None:
        """Link it to an entity of its own words."""
        span = self._focused()
        if span is not None:
            self._decide(span, lambda article, author: self._session.link_new(article, span.id, author))

    def unlink(self) -> None:
        """Take the link off; the focus stays."""
        span = self._focused()
        if span is not None:
            self._session.run(lambda article, author: link_edits.unlink(article, span.id, author))
            self._review.stay()

    def decide_role(self, offer: Offer) -> None:
        """Set a role of the allegation in focus, or take it away; the focus stays."""
        span = self._focused()
        if span is not None:
            self._session.run(lambda article, author: roles.decide(article, span.id, offer, author))
            self._review.to_text()

    def accept_roles(self) -> None:
        """Agree with every proposed role of the allegation in focus."""
        span, types = self._focused(), self._review.role_types
        if span is not None:
            self._session.run(lambda article, author: roles.accept_proposed(article, span, types, author))

    def tie(self, tie: Tie) -> None:
        """Say a relation between two spans, or take it back; the focus stays."""
        self._session.run(lambda article, author: relations.decide(article, tie, author))
        self._review.to_text()

    # going

    def go_undecided(self, step: int) -> None:
        self._go(step, (SUGGESTED,))

    def go_span(self, step: int) -> None:
        self._go(step, self._review.shown_states())

    def cycle(self) -> None:
        """Another span at the same place: from the innermost out, then again."""
        span = self._focused()
        if span is not None:
            there = [other.id for other in at_place(self._article(), span, self._review.shown_states())]
            self._review.set_focus(there[(there.index(span.id) + 1) % len(there)])

    def go_article(self, step: int) -> None:
        """The next or previous one; while somebody compares, of those that differ."""
        with self._review.as_one():
            if self._review.comparing.on:
                self._review.comparing.go_article(step)
            else:
                self._review.open_neighbour(step)

    def done(self) -> None:
        """Mark the article done and open the next one; open suggestions are said first."""
        count = self._article().count(SUGGESTED)
        if count and not self._review.asked_undecided():
            self._review.ask_undecided(count)
            return
        self._review.leave_done(self._session.done_and_next())

    def undo(self) -> None:
        with self._review.as_one():
            self._review.show_change(self._session.undo())

    def redo(self) -> None:
        with self._review.as_one():
            self._review.show_change(self._session.redo())

    def _go(self, step: int, wanted: tuple[str, ...]) -> None:
        found = following(self._article(), self._review.place(), step, wanted)
        if found is not None:
            self._review.set_focus(found.id)

    def _decide(self, span: Span, edit: Edit) -> None:
        """Run an edit of one span and go on to the next undecided one."""
        following_one = following(self._article(), span, 1, (SUGGESTED,))
        with self._review.as_one():
            self._session.run(edit)
            self._review.go_on_from(span.id, following_one.id if following_one is not None else None)
        self._review.stay()

    def _decide_all(self, scope: str, edit: Callable[[Article, list[int], Author], ChangeSet]) -> None:
        article, focused = self._article(), self._focused()
        first, last = self._review.view.visible_range() if scope == "screen" else (0, len(article.text))
        chosen = [
            span.id
            for span in article.in_order((SUGGESTED,))
            if span.start < last
            and span.end > first
            and (scope != "label" or (focused is not None and span.label == focused.label))
        ]
        if not chosen:
            return
        self._session.run(lambda found, author: edit(found, chosen, author))
        self._review.set_focus_from(first)

    def _focused(self) -> Span | None:
        return self._review.focused()

    def _article(self) -> Article:
        return self._review.article()


def _without_space(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without white space at its ends; one of nothing else stays."""
    words_ = text[start:end].strip()
    if not words_:
        return start, end
    start += text[start:end].index(words_)
    return start, start + len(words_)
