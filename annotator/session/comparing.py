"""The project beside merged-in reviewers: which differences are open, and settling them one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.domain.changes import Changed
from annotator.domain.conflicts import MINE, Conflict, Opinion, Reviewer, conflicts
from annotator.domain.edits import conflict_edits
from annotator.domain.models import DONE, OWN_LAYER
from annotator.session.session import Session
from annotator.store import Store

LOOKED_AT = 400
"""Articles that are looked into to say how many are left: about a second."""


def open_conflicts(store: Store, document: int) -> list[Conflict]:
    """The differences of an article that nobody settled, by reviewer and place."""
    reviews = store.reviews(document)
    if not reviews:
        return []
    names = {layer.id: layer.name for layer in store.layers()}
    done = {(one.layer, one.start, one.end, one.label) for one in store.settled(document)}
    mine = store.opinions(document, OWN_LAYER)
    return [
        one
        for review in reviews
        for one in conflicts(
            mine,
            store.opinions(document, review.layer),
            Reviewer(review.layer, names[review.layer], review.status == DONE),
        )
        if (review.layer, *one.place) not in done
    ]


def articles_with_conflicts(store: Store) -> Iterator[tuple[int, int]]:
    """(article, open differences), in queue order, articles without left out."""
    layers = [one.id for one in store.layers() if one.id != OWN_LAYER]
    for document in sorted({number for layer in layers for number in store.differing(layer)}):
        found = len(open_conflicts(store, document))
        if found:
            yield document, found


class Queue:
    """The articles with open differences, in the order of the project, looked at as it goes along."""

    def __init__(self, store: Store) -> None:
        self._store = store
        layers = [one.id for one in store.layers() if one.id != OWN_LAYER]
        self._may = sorted({number for layer in layers for number in store.differing(layer)})
        self._open: dict[int, bool] = {}

    def forget(self, documents: Iterable[int]) -> None:
        """Something changed in these articles."""
        for number in documents:
            self._open.pop(number, None)

    def first(self, here: int) -> int | None:
        """The open article where it has differences, else the next one that has."""
        return here if here in self._may and self._is_open(here) else self.following(here, 1)

    def following(self, here: int, step: int) -> int | None:
        """The next (1) or previous (-1) article with open differences, around the end; None for no other."""
        others = [number for number in self._may if number != here][::step]
        ahead = [number for number in others if (number - here) * step > 0]
        behind = [number for number in others if (number - here) * step < 0]
        return next((number for number in (*ahead, *behind) if self._is_open(number)), None)

    def others(self, here: int) -> int:
        """How many other articles have open differences, of the first LOOKED_AT that may."""
        return sum(self._is_open(number) for number in self._may[:LOOKED_AT] if number != here)

    def count(self) -> int:
        """How many articles have open differences; of those behind the first LOOKED_AT, how many may."""
        return self.others(0) + max(0, len(self._may) - LOOKED_AT)

    def _is_open(self, number: int) -> bool:
        if number not in self._open:
            self._open[number] = bool(open_conflicts(self._store, number))
        return self._open[number]


def settle(session: Session, conflict: Conflict, choice: str) -> Changed | None:
    """Settle a difference of the open article: "mine" as it stands now, or "theirs". UserError as `decide`."""
    edit = conflict_edits.keep if choice == MINE else conflict_edits.take
    if conflict.theirs is not None:
        _know(session, conflict.theirs)
    return session.run(lambda article, author: edit(article, conflict, author))


def _know(session: Session, opinion: Opinion) -> None:
    """Their entities may be new to the article."""
    article = session.article
    numbers = {opinion.entity, *(entity for _, entity in opinion.roles)} - {None}
    for number in numbers:
        found = session.entity(number) if number is not None else None
        if article is not None and found is not None:
            article.entities.setdefault(found.id, found)
