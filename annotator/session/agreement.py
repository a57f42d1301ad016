"""Two reviewers of one project held against each other, over the articles that both are through with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from annotator.domain.agreement_links import LinkAgreement, link_agreement
from annotator.domain.agreement_spans import Reviewed, SpanAgreement, agreement, confusion, exact_f1
from annotator.domain.changes import Message
from annotator.domain.conflicts import Opinion
from annotator.domain.matching import Place
from annotator.domain.models import ACCEPTED, OWN_LAYER
from annotator.errors import UserError
from annotator.store import Store

RELIABLE: Final = 0.8
TENTATIVE: Final = 0.667
"""Krippendorff's own limits for alpha (Content Analysis, 2004, chapter 11)."""


SPAN_HEAD: Final = ("spans", "theirs", "F1", "overlap", "kappa", "alpha")
LINK_HEAD: Final = ("mentions", "MUC", "B-cubed", "CEAF", "LEA")


class ArticleAgreement(NamedTuple):
    """One article: F1 over its spans, same place and label, and how many spans differ."""

    document: int
    title: str
    f1: float
    differing: int


@dataclass(frozen=True)
class Agreement:
    """All figures about two layers. `articles` begin with those that differ most."""

    one: str
    other: str
    spans: dict[str, SpanAgreement]
    f1: float
    links: dict[str, LinkAgreement]
    confusion: Counter[tuple[str | None, str | None]]
    articles: list[ArticleAgreement]

    def sentence(self) -> Message:
        """What the figures mean, by the label that both agree on least."""
        known = [(each.alpha, label) for label, each in self.spans.items() if each.alpha is not None]
        if not known:
            return Message("agreement.undefined")
        alpha, label = min(known)
        level = "reliable" if alpha >= RELIABLE else "tentative" if alpha >= TENTATIVE else "unreliable"
        return Message(f"agreement.{level}", {"label": label, "alpha": alpha})

    def span_rows(self) -> list[list[str]]:
        """By label what `SPAN_HEAD` names, to show."""
        return [[label, *map(_shown, each)] for label, each in self.spans.items()]

    def link_rows(self) -> list[list[str]]:
        """By label what `LINK_HEAD` names, to show: F1 by each measure."""
        return [
            [
                label,
                str(each.mentions),
                *(_shown(one and one.f1) for one in (each.muc, each.b_cubed, each.ceaf, each.lea)),
            ]
            for label, each in self.links.items()
        ]

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "one": self.one,
            "other": self.other,
            "articles": len(self.articles),
            "f1": self.f1,
            "spans": {label: each._asdict() for label, each in self.spans.items()},
            "links": {
                label: {
                    name: list(value) if isinstance(value, tuple) else value
                    for name, value in each._asdict().items()
                }
                for label, each in self.links.items()
            },
            "confusion": [
                [one, other, count] for (one, other), count in sorted(self.confusion.items(), key=repr)
            ],
            "by_article": [each._asdict() for each in self.articles],
        }


def agree(store: Store, other: int, one: int = OWN_LAYER) -> Agreement:
    """Hold two layers against each other. UserError where no article was done by both."""
    names = {layer.id: layer.name for layer in store.layers()}
    labels = {label.id: label.name for label in store.labels()}
    reviewed: list[tuple[int, Reviewed]] = []
    links: tuple[dict[str, dict[Hashable, Hashable]], ...] = ({}, {})
    for document in store.done_by_both(one, other):
        opinions = [_accepted(store, document, layer, labels) for layer in (one, other)]
        head = store.document(document)
        places = [[*each] for each in opinions]
        reviewed.append((document, Reviewed(head.title or head.name, store.text(document), *places)))
        for place in opinions[0].keys() & opinions[1].keys():
            for linked, opinion in zip(links, opinions, strict=True):
                entity = opinion[place].entity
                alone = (document, place)
                linked.setdefault(place.label, {})[alone] = entity if entity is not None else alone
    if not reviewed:
        raise UserError("agreement.none", one=names[one], other=names[other])
    articles = [article for _, article in reviewed]
    return Agreement(
        names[one],
        names[other],
        {name: agreement(articles, name) for name in labels.values() if _used(articles, name)},
        exact_f1(articles),
        {
            name: link_agreement(links[0][name], links[1][name])
            for name in labels.values()
            if name in links[0]
        },
        confusion(articles),
        sorted(_by_article(reviewed), key=lambda each: (each.f1, -each.differing, each.document)),
    )


def _accepted(store: Store, document: int, layer: int, labels: dict[int, str]) -> dict[Place, Opinion]:
    return {
        Place(one.span.start, one.span.end, labels[one.span.label]): one
        for one in store.opinions(document, layer)
        if one.span.state == ACCEPTED
    }


def _used(articles: list[Reviewed], label: str) -> bool:
    return any(place.label == label for article in articles for place in (*article.one, *article.other))


def _by_article(reviewed: list[tuple[int, Reviewed]]) -> Iterator[ArticleAgreement]:
    for document, article in reviewed:
        differing = len({*article.one} ^ {*article.other})
        f1 = exact_f1([article]) if article.one or article.other else 1.0
        yield ArticleAgreement(document, article.name, f1, differing)


def _shown(value: float | int | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
