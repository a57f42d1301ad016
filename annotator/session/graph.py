"""Who is accused by whom of what and when: the graph and the time line of what is linked."""

from __future__ import annotations

from typing import NamedTuple

from annotator.store import Store
from annotator.store.entity_graph import Claim


class Node(NamedTuple):
    """An entity: `mentions` accepted ones (proposed too where they were asked for)."""

    entity: int
    label: str
    name: str
    value: str | None
    mentions: int


class Edge(NamedTuple):
    """A role between an alleged conduct and an entity, with the allegations that say so.

    `conduct` is the entity of the allegations, None for one that is linked to none: then
    `spans` has that one alone.
    """

    conduct: int | None
    entity: int
    role: str
    spans: tuple[int, ...]


class Graph(NamedTuple):
    """The part of the project around one entity, or around all allegations."""

    nodes: list[Node]
    edges: list[Edge]


def graph(store: Store, entity: int | None = None, *, proposed: bool = False) -> Graph:
    """Allegations and who has a role in them; only those that `entity` has to do with, where given."""
    rows = store.role_edges(proposed=proposed)
    if entity is not None:
        conducts = {row.conduct for row in rows if entity in (row.conduct, row.entity)} - {None}
        spans = {row.span for row in rows if row.entity == entity}
        rows = [row for row in rows if row.conduct in conducts or row.span in spans]
    together: dict[tuple[int | None, int | None, int, str], list[int]] = {}
    for row in rows:
        alone = row.span if row.conduct is None else None
        together.setdefault((row.conduct, alone, row.entity, row.role), []).append(row.span)
    edges = [
        Edge(conduct, other, role, tuple(spans)) for (conduct, _, other, role), spans in together.items()
    ]
    wanted = {edge.entity for edge in edges} | {edge.conduct for edge in edges if edge.conduct is not None}
    return Graph(_nodes(store, wanted, proposed=proposed), edges)


def time_line(store: Store, entity: int | None = None, *, proposed: bool = False) -> list[Claim]:
    """Allegations by the day they were said, oldest first; those without a date come last."""
    found = store.claims(entity, proposed=proposed)
    return sorted(found, key=lambda one: (one.said is None, one.said or "", one.document, one.span))


def _nodes(store: Store, wanted: set[int], *, proposed: bool) -> list[Node]:
    labels = {label.id: label.name for label in store.labels()}
    return [
        Node(
            row.id, labels[row.label], row.name, row.value, row.accepted + (row.suggested if proposed else 0)
        )
        for row in store.entity_rows_of(wanted)
    ]
