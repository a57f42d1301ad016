"""The project beside merged-in reviewers: which differences are open, and settling them one by one."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.changes import Changed
from annotator.domain.conflicts import MINE, Conflict, Opinion, Reviewer, conflicts
from annotator.domain.edits import conflict_edits
from annotator.domain.models import DONE, OWN_LAYER
from annotator.session.session import Session
from annotator.store import Store


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
