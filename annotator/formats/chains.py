"""Chains of mentions, as tools for coreference keep them, into spans of one entity each.

An entity of ours has one label. A chain takes it from a span that stands where one of its links is (a
named entity, as a rule), and from that span also the entity, where it has one: so a chain reaches
as far as the identifiers of a knowledge base do, into other articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

Json = dict[str, Any]

MENTION: Final = "MENTION"
"""The label of spans of which nothing is said but that they mean the same."""


class Link(NamedTuple):
    """One mention; `kind` is what the chain itself says of it."""

    start: int
    end: int
    kind: str | None


def join(record: Json, chains: Iterable[Sequence[Link]]) -> int:
    """Add what the chains say to a record; how many links name another entity than the span at their place."""
    spans: dict[tuple[int, int], list[Json]] = {}
    for span in record["spans"]:
        spans.setdefault((span["start"], span["end"]), []).append(span)
    others = 0
    for number, chain in enumerate(chains, 1):
        there = [span for link in chain for span in spans.get(link[:2], ())]
        told = next((span for span in there if "entity" in span), next(iter(there), None))
        kind = next((link.kind for link in chain if link.kind), MENTION)
        label = told["label"] if told is not None else kind
        key = told.get("entity") if told is not None else None
        if key is None:
            key = f"{record['id']}#{number}"
            start, end = (told["start"], told["end"]) if told is not None else chain[0][:2]
            entity = {"label": label, "name": record["text"][start:end]}
            record.setdefault("entities", {})[key] = entity
        for at, link in enumerate(chain, 1):
            fitting = [span for span in spans.get(link[:2], ()) if span["label"] == label]
            if not fitting:
                fitting = [{"id": f"c{number}.{at}", "start": link.start, "end": link.end, "label": label}]
                record["spans"] += fitting
                spans.setdefault(link[:2], []).extend(fitting)
            others += fitting[0].setdefault("entity", key) != key
    return others
