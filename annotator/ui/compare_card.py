"""Differences between this project and merged-in reviewers, settled one by one by key.

The queue goes through one article after the other. What stands is written at once, can be undone
here as anywhere, and who settled it is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from annotator.domain.changes import Changed
from annotator.domain.conflicts import MINE, THEIRS, Conflict
from annotator.domain.edits import span_edits
from annotator.domain.models import ACCEPTED
from annotator.session import Session
from annotator.session.comparing import Queue, open_conflicts, settle
from annotator.ui import theme, wording
from annotator.ui.actions import Call
from annotator.ui.compare_list import CompareList
from annotator.ui.compare_side import Side
from annotator.ui.hints import Hint
from annotator.ui.kit import Cut, column, frame, label, line, row, tool
from annotator.ui.overlay import Overlay

KEEP, TAKE, ALL_THEIRS, EDIT, UNDO = "K", "T", "Shift+T", "E", "Ctrl+Z"
NEXT, PREVIOUS = "Ctrl+PgDown", "Ctrl+PgUp"


class CompareCard(Overlay):
    """K keeps what stands here, T takes theirs, a label's digit decides anew, E goes to the text."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        attempt: Callable[[Call], None],
        open_place: Callable[[int, int | None, tuple[int, int]], object],
    ) -> None:
        super().__init__(window, 1120, 680)
        self._session, self._attempt, self._open_place = session, attempt, open_place
        self._labels = {one.id: one for one in session.labels()}
        self._digits = {one.key: one.id for one in self._labels.values() if one.key}
        self._queue = Queue(session.store)
        keys = (KEEP, TAKE, ALL_THEIRS, EDIT, UNDO, NEXT, PREVIOUS, *self._digits)
        self._list = CompareList(
            self.tr("Differences"), {one.id: one.hue for one in self._labels.values()}, keys
        )
        self._list.chosen.connect(self._show_conflict)
        self._list.pressed.connect(self._press)
        self._title, self._count = Cut("", "head"), label("", "second")
        roles = {one.id: one.name for one in session.store.role_types()}
        self._here = Side(self._labels, self._name, roles, self.tr("Keep"), "K", lambda: self._press(KEEP))
        self._there = Side(self._labels, self._name, roles, self.tr("Take"), "T", lambda: self._press(TAKE))
        self._what = Cut("", "strong")
        self._none = label(self.tr("Every difference is settled. Esc goes back to the articles."), "second")
        self._sides = frame(
            column(self._what, row_of(self._here, self._there), gap=12, margins=(20, 16, 20, 16))
        )
        self._lay_out()
        self._forget = session.changed.connect(self._changed)
        self._to_article(self._queue.first(session.article.document.id if session.article else 0))
        self.open(self._list)

    def close_card(self) -> None:
        self._forget()
        super().close_card()

    def _lay_out(self) -> None:
        head = row(self._title, self._count, tool("x", self.tr("Close"), "Esc", self.close_card),
                   gap=16, margins=(24, 0, 12, 0))  # fmt: skip
        left = column(4, gap=0)
        left.addWidget(self._list, 1)
        body = row(frame(left, width=336), line(vertical=True), gap=0)
        right = column(self._sides, self._none, gap=0)
        right.setStretch(0, 1)
        body.addLayout(right, 1)
        hints = [
            self._hint([KEEP], self.tr("keep"), KEEP),
            self._hint([TAKE], self.tr("take"), TAKE),
            Hint(["1", "…", "9"], self.tr("decide anew: this label")),
            self._hint([EDIT], self.tr("decide in the text"), EDIT),
            self._hint(["⇧ T"], self.tr("take all of theirs here"), ALL_THEIRS),
            self._hint(["Ctrl Z"], self.tr("undo"), UNDO),
            self._hint(["Ctrl PgDn"], self.tr("next article"), NEXT),
        ]
        box = column(frame(head, height=56), line(), gap=0)
        box.addLayout(body, 1)
        box.addWidget(line())
        box.addWidget(frame(row(*hints, None, gap=16, margins=(24, 0, 24, 0)), height=48))
        self.card.setLayout(box)
        self.card.setAccessibleName(self.tr("Compare reviewers"))

    def _hint(self, keys: list[str], words: str, key: str) -> Hint:
        made = Hint(keys, words)
        made.clicked.connect(lambda _=False: self._press(key))
        return made

    # What is shown

    def _to_article(self, document: int | None) -> None:
        if document is not None and (
            self._session.article is None or self._session.article.document.id != document
        ):
            self._session.open(document)
        self._fill()

    def _fill(self) -> None:
        """The open differences of the open article."""
        article = self._session.article
        document = article.document if article is not None else None
        found = open_conflicts(self._session.store, document.id) if document is not None else []
        if document is not None:
            self._title.setText(wording.plain(document.title or document.name, 80))
        self._list.put(found, self._list.row())
        left = wording.counted(len(found), self.tr("1 difference here"), self.tr("{n} differences here"))
        more = self._queue.others(document.id if document is not None else 0)
        further = wording.counted(more, self.tr("1 more article"), self.tr("{n} more articles"))
        self._count.setText(f"{left} · {further}" if more else left)
        self._sides.setVisible(bool(found))
        self._none.setVisible(not found)

    def _changed(self, changed: Changed) -> None:
        self._queue.forget(changed.documents)
        self._fill()

    def _show_conflict(self) -> None:
        conflict, article = self._list.conflict(), self._session.article
        if conflict is None or article is None:
            return
        place = (conflict.span.start, conflict.span.end)
        self._what.setText(wording.plain(conflict.span.text, 100))
        self._here.show_opinion(self.tr("This project"), conflict.mine, article.text, place)
        self._there.show_opinion(conflict.reviewer.name, conflict.theirs, article.text, place)

    def _name(self, entity: int) -> str:
        found = self._session.entity(entity)
        return (found.value or found.name) if found is not None else ""

    # What is pressed

    def _press(self, key: str) -> None:
        if key == UNDO:
            self._attempt(lambda _: self._session.undo())
        elif key in (NEXT, PREVIOUS):
            here = self._session.article.document.id if self._session.article else 0
            self._to_article(self._queue.following(here, 1 if key == NEXT else -1))
        elif (conflict := self._list.conflict()) is not None:
            self._on_conflict(key, conflict)

    def _on_conflict(self, key: str, conflict: Conflict) -> None:
        if key == EDIT:
            self._edit(conflict)
        elif key == ALL_THEIRS:
            self._attempt(lambda _: self._take_all(conflict.reviewer.layer))
        elif key in self._digits:
            self._attempt(lambda _: self._decide_anew(conflict, self._digits[key]))
        else:
            self._attempt(lambda _: settle(self._session, conflict, MINE if key == KEEP else THEIRS))
        if key != EDIT:
            self._go_on()

    def _go_on(self) -> None:
        """Where this article is settled, the next one that is not."""
        if self._list.conflict() is None and self._session.article is not None:
            following = self._queue.following(self._session.article.document.id, 1)
            if following is not None:
                self._to_article(following)
            else:
                self._fill()

    def _take_all(self, layer: int) -> None:
        """One after another: taking one may end others."""
        article = self._session.article
        while article is not None:
            left = [
                one
                for one in open_conflicts(self._session.store, article.document.id)
                if one.reviewer.layer == layer
            ]
            if not left:
                return
            settle(self._session, left[0], THEIRS)

    def _decide_anew(self, conflict: Conflict, label_: int) -> None:
        """This label, here or where they have it; then it is settled as it stands."""
        mine = conflict.mine
        if mine is not None and mine.span.state == ACCEPTED:
            number = mine.span.id
            self._session.run(lambda article, who: span_edits.relabel(article, [number], label_, who))
        else:
            start, end = conflict.span.start, conflict.span.end
            self._session.run(lambda article, who: span_edits.add(article, start, end, label_, who))
        settle(self._session, conflict, MINE)

    def _edit(self, conflict: Conflict) -> None:
        """To the text; the difference stays open until it is settled here."""
        span = conflict.mine.span.id if conflict.mine is not None else None
        place = (conflict.span.start, conflict.span.end)
        document = conflict.span.document
        self.close_card()
        self._open_place(document, span, place)


def row_of(*sides: QWidget) -> QWidget:
    """Both versions side by side, equally wide."""
    box = row(gap=12)
    for side in sides:
        box.addWidget(side, 1)
    made = frame(box)
    made.setMinimumHeight(theme.current().px(320))
    return made
