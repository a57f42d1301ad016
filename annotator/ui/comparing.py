"""Differences between this project and merged-in reviewers, settled in the text one by one by key.

While somebody compares, the text shows the other reviewer's versions beside the project's own, and
the focus goes from difference to difference as it goes among suggestions. Which articles differ is
looked for between two keys, a few milliseconds at a time.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from annotator.domain.changes import Changed
from annotator.domain.conflicts import MINE, THEIRS, Conflict, Place
from annotator.domain.edits import span_edits
from annotator.domain.models import ACCEPTED, Row
from annotator.session.comparing import Search, open_conflicts, settle
from annotator.ui.actions import Needs

if TYPE_CHECKING:
    from annotator.ui.review import Review

_SLICE, _PAUSE = 0.004, 4
"""Seconds that are looked at once, and milliseconds until the next time."""

_Key = tuple[int, Place]
"""The layer and the place of a difference: as what it is known when it is found again."""


class Comparing:
    """What the keys of comparing do, for the article that the review shows."""

    def __init__(self, review: Review) -> None:
        self._review, self._session = review, review.session
        self.on = False
        self._found: list[Conflict] = []
        self._at: int | None = None  # the one in focus
        self._wanted = 0  # the step to another article that is not found yet
        self._search: Search | None = None
        self._timer = QTimer(review, interval=_PAUSE)
        self._timer.timeout.connect(self._look)

    @property
    def current(self) -> Conflict | None:
        """The difference in focus."""
        return self._found[self._at] if self._at is not None else None

    def held(self) -> set[Needs]:
        """What is possible now."""
        if self.current is not None:
            return {Needs.COMPARING, Needs.DIFFERENCE, Needs.LABEL}
        return {Needs.COMPARING} if self.on else set()

    # Beginning and ending

    def start(self) -> None:
        """Show the differences of the open article, or of the next one that has any."""
        self.on = True
        self._search = Search(self._session.store, self._here())
        self._timer.start()
        panel = self._review.inspector.compare
        panel.chosen.connect(self._choose)
        panel.closed.connect(self.stop)
        self._review.inspector.stay_at(panel)
        self._review.banner.hide()
        self.load()
        self._wanted = 0 if self._found else 1

    def stop(self) -> None:
        """Back to deciding; a span of the project's own keeps the focus."""
        panel = self._review.inspector.compare
        panel.chosen.disconnect(self._choose)
        panel.closed.disconnect(self.stop)
        self._timer.stop()
        self.on, self._found, self._at, self._search = False, [], None, None
        focused = self._review.focused()
        self._review.drawing.show_others(())
        self._review.inspector.stay_at(None)
        self._review.set_focus(focused.id if focused is not None else None)
        self._review.to_text()

    def let_go(self) -> None:
        """The project is closed: nothing is looked for any more."""
        self._timer.stop()

    # Following

    def load(self) -> None:
        """Another article is open: its first difference gets the focus."""
        if self.on:
            self._wanted = 0
            self._fill()
            self._put_focus(0 if self._found else None)

    def follow(self, changed: Changed) -> None:
        """Something was committed: the focus goes to what came back, else to what is next in its place."""
        if not self.on or self._search is None:
            return
        self._search.look_again(changed.documents - {self._here()})
        self._timer.start()
        if self._here() not in changed.documents:
            return
        at, before = self._at, self.current
        self._fill()
        keys = [_key(one) for one in self._found]
        undone = [row.before for row in changed.rows if row.table == "settled" and row.after is None]
        back = [_key_of_row(row) for row in undone if row is not None]
        again = next((key for key in [*back, before and _key(before)] if key in keys), None)
        if again is not None:
            self._put_focus(keys.index(again))
        elif at is not None:
            self._put_focus(min(at, len(keys) - 1) if keys else None)

    def shows(self, changed: Changed) -> bool:
        """Whether it was about a difference, to which the focus went."""
        return self.current is not None and any(row.table == "settled" for row in changed.rows)

    def focus_moved(self, span: int | None) -> None:
        """A span got the focus: the difference that it is part of is the current one."""
        if self.current is None or span not in _spans(self.current):
            self._at = next((n for n, one in enumerate(self._found) if span in _spans(one)), None)

    def show(self) -> None:
        """Let the panel say what is in focus."""
        if self.on:
            self._review.inspector.compare.show_differences(self._session, self._found, self._at)
            self._show_others()

    # What is pressed

    def settle(self, choice: str) -> None:
        """What stands here stays ("mine"), or what the other reviewer has is taken ("theirs")."""
        current = self.current
        if current is not None:
            with self._review.as_one():
                settle(self._session, current, choice)

    def take_all(self) -> None:
        """All of this reviewer's in the article, one after another: taking one may end others."""
        current = self.current
        if current is not None:
            with self._review.as_one():
                while left := [one for one in self._found if one.reviewer.layer == current.reviewer.layer]:
                    settle(self._session, left[0], THEIRS)

    def decide_anew(self, label: int) -> bool:
        """This label, here or where they have it; then it is settled as it stands. False where none is in focus."""
        current = self.current
        if current is None:
            return False
        mine, theirs = current.mine, current.span
        with self._review.as_one():
            if mine is not None and mine.span.state == ACCEPTED:
                number = mine.span.id
                self._session.run(lambda article, who: span_edits.relabel(article, [number], label, who))
            else:
                self._session.run(
                    lambda article, who: span_edits.add(article, theirs.start, theirs.end, label, who)
                )
            settle(self._session, current, MINE)
        return True

    def go(self, step: int) -> None:
        """To the next (1) or previous (-1) difference; behind the last one to the next article that has any."""
        number = self._at + step if self._at is not None else self._near(step)
        if 0 <= number < len(self._found):
            self._choose(number)
        else:
            self.go_article(step)

    def go_article(self, step: int) -> None:
        """To the next (1) or previous (-1) article with differences, as soon as it is found."""
        search = self._search
        if search is None:
            return
        following = search.following(self._here(), step)
        if following is not None:
            self._review.going.open_document(following)
            self._choose(0 if step > 0 else len(self._found) - 1)
        elif not search.finished:
            self._wanted = step
            self._show_others()
        elif self._found:
            self._choose(0 if step > 0 else len(self._found) - 1)

    # Within

    def _here(self) -> int:
        article = self._session.article
        return article.document.id if article is not None else 0

    def _fill(self) -> None:
        """Find the open differences of the open article, in reading order, and draw the other versions."""
        article = self._session.article
        found = open_conflicts(self._session.store, article.document.id) if article is not None else []
        self._found = sorted(found, key=lambda one: (one.place, one.reviewer.layer))
        self._at = None
        if article is not None and self._search is not None:
            self._search.tell(article.document.id, len(found))
        self._review.drawing.show_others(self._found)

    def _put_focus(self, number: int | None) -> None:
        """Put the focus on one; the panel follows when everything does."""
        self._at = number
        if number is not None:
            self._review.view.clear_selection()
            self._review.view.set_focus_span(_spans(self._found[number])[0])

    def _choose(self, number: int) -> None:
        """Put the focus on one, and show it."""
        if 0 <= number < len(self._found):
            self._at = number
            self._review.set_focus(_spans(self._found[number])[0])

    def _near(self, step: int) -> int:
        """The first difference behind the place where somebody is, or the last one before it."""
        place = self._review.place()
        behind = [
            n for n, one in enumerate(self._found) if place is not None and one.span.start < place.start
        ]
        return len(behind) if step > 0 else len(behind) - 1

    def _look(self) -> None:
        """Look further for articles that differ, and go to one that is waited for."""
        search, ends = self._search, perf_counter() + _SLICE
        if search is None:
            return
        known = search.others(0)
        if not search.look(lambda: perf_counter() < ends):
            self._timer.stop()
        if self._wanted and (search.finished or search.following(self._here(), self._wanted) is not None):
            step, self._wanted = self._wanted, 0
            self.go_article(step)
        if search.finished or search.others(0) != known:
            self._show_others()

    def _show_others(self) -> None:
        search = self._search
        if search is not None:
            panel = self._review.inspector.compare
            panel.show_others(
                search.others(self._here()), looking=not search.finished, waiting=bool(self._wanted)
            )


def _key(conflict: Conflict) -> _Key:
    return conflict.reviewer.layer, conflict.place


def _key_of_row(row: Row) -> object:
    return row["layer"], (row["start"], row["end"], row["label"])


def _spans(conflict: Conflict) -> list[int]:
    """The spans of a difference: the project's own first, whose keys decide on it."""
    sides = (conflict.mine, conflict.theirs)
    return [one.span.id for one in sides if one is not None]
