"""Deciding on what was found in many articles, as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Final, NamedTuple

from annotator.domain.article import Article
from annotator.domain.changes import Author, Changed, ChangeSet, Message
from annotator.domain.clock import now
from annotator.domain.edits import span_edits
from annotator.domain.edits.bulk import together
from annotator.domain.models import ACCEPTED, REJECTED
from annotator.store import Store
from annotator.store.finding import Spot, Wanted

ACCEPT: Final = "accept"
REJECT: Final = "reject"
DELETE: Final = "delete"
LABEL: Final = "label"

_TITLES = {
    ACCEPT: f"span.{ACCEPTED}_many",
    REJECT: f"span.{REJECTED}_many",
    DELETE: "span.deleted_many",
    LABEL: "span.labelled_many",
}

Progress = Callable[[int, int], None]


class Act(NamedTuple):
    """What is done with each place; `label` for LABEL, which makes spans where there are none."""

    kind: str
    label: int | None = None


def all_but(store: Store, wanted: Wanted, without: Iterable[Spot]) -> list[Spot]:
    """Everything that fits, except for some."""
    left_out = {spot[:3] for spot in without}
    return [spot for spot in store.spots(wanted) if spot[:3] not in left_out]


def decision(
    store: Store, chosen: Iterable[Spot], act: Act, author: Author, progress: Progress | None = None
) -> ChangeSet:
    """One change for all of them. Places without a span are passed over where nothing is labelled."""
    ordered = sorted(chosen, key=lambda spot: spot[:3])
    total = len({spot.document for spot in ordered})
    changes = []
    for done, (document, ones) in enumerate(groupby(ordered, key=lambda spot: spot.document)):
        if progress is not None:
            progress(done, total)
        changes.append(_in_article(store.article(document), list(ones), act, author))
    count = sum(row.table == "span" for change in changes for row in change.rows)
    params: dict[str, object] = {"count": count}
    if act.label is not None:
        params["label"] = next(label.name for label in store.labels() if label.id == act.label)
    return together(Message(_TITLES[act.kind], params), changes)


def decide_apart(
    store: Store, chosen: Iterable[Spot], act: Act, reviewer: str, progress: Progress | None = None
) -> Changed | None:
    """The same written at once, without a session; None where it changes nothing."""
    change = decision(store, chosen, act, Author(reviewer, now()), progress)
    return store.apply(change, reviewer) if change else None


def _in_article(article: Article, ones: list[Spot], act: Act, author: Author) -> ChangeSet:
    """Spans that are gone by now are passed over."""
    spans = [spot.span for spot in ones if spot.span is not None and spot.span in article.spans]
    if act.label is not None:
        places = [(spot.start, spot.end) for spot in ones if spot.span is None]
        return span_edits.label_all(article, spans, places, act.label, author)
    edits = {ACCEPT: span_edits.accept, REJECT: span_edits.reject, DELETE: span_edits.delete}
    return edits[act.kind](article, spans, author)
