"""The project beside merged-in reviewers: which differences are open, and settling them one by one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from annotator.domain.changes import Changed
from annotator.domain.conflicts import MINE, Conflict, Opinion, Reviewer, conflicts
from annotator.domain.edits import conflict_edits
from annotator.domain.models import DONE, OWN_LAYER
from annotator.session.session import Session
from annotator.store import Store

PAGE = 16
"""Articles that are asked about in one query: some milliseconds."""
LOOKED_AT = 400
"""Articles that are looked into to say how many differ: about a second."""


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


class Search:
    """Looks for articles with open differences, a little at a time, from one of them on and around the end.

    What `look` does at once takes some milliseconds, so that a window can do it between two keys.
    """

    def __init__(self, store: Store, here: int = 0) -> None:
        self._store = store
        self._layers = [one.id for one in store.layers() if one.id != OWN_LAYER]
        first, last = store.reviewed()
        here = min(max(here, first), last + 1)
        self._left = deque([*_pages(here, last), *_pages(first, here - 1)])
        self._may: deque[int] = deque()
        self._found: dict[int, int] = {}

    @property
    def finished(self) -> bool:
        return not self._left and not self._may

    def look(self, go_on: Callable[[], bool]) -> bool:
        """Look further until `go_on` says no; whether there is more to look at."""
        while not self.finished:
            if self._may:
                document = self._may.popleft()
                self.tell(document, len(open_conflicts(self._store, document)))
            else:
                self._next_page()
            if not go_on():
                break
        return not self.finished

    def look_again(self, documents: Iterable[int]) -> None:
        """Something changed in these articles: they are the next that are looked at."""
        self._may.extendleft(documents)

    def tell(self, document: int, count: int) -> None:
        """How many open differences an article has."""
        if count:
            self._found[document] = count
        else:
            self._found.pop(document, None)

    def following(self, here: int, step: int) -> int | None:
        """The next (1) or previous (-1) article known to differ, around the end once all are looked at."""
        others = sorted(number for number in self._found if number != here)[::step]
        ahead = (number for number in others if (number - here) * step > 0)
        around = next(iter(others), None) if self.finished else None
        return next(ahead, around)

    def others(self, here: int) -> int:
        """How many other articles are known to differ."""
        return len(self._found) - (here in self._found)

    def count(self) -> int:
        """How many articles differ; of those behind the first LOOKED_AT found, how many may."""
        self.look(lambda: len(self._found) < LOOKED_AT)
        while self._left:
            self._next_page()
        return len(self._found) + len(self._may)

    def _next_page(self) -> None:
        """Ask which of the next articles may differ."""
        page = self._left.popleft()
        found = (self._store.differing(layer, *page) for layer in self._layers)
        self._may.extend(sorted({number for numbers in found for number in numbers}))


def _pages(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The numbers from one to another in runs of PAGE."""
    return ((start, min(start + PAGE - 1, last)) for start in range(first, last + 1, PAGE))


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
