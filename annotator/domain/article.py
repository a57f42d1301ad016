"""One open article: its text and the rows that hang on it, kept true by the changes applied.

Edits read it, views draw it, the session keeps it. It holds layer 0 only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from heapq import merge
from typing import Any

from annotator.domain.changes import RowChange
from annotator.domain.models import (
    ACCEPTED,
    OWN_LAYER,
    STATES,
    SUGGESTED,
    TABLES,
    Document,
    Entity,
    Label,
    Link,
    Relation,
    Role,
    Span,
)

_Key = tuple[int, int, int, int]


def order(span: Span) -> _Key:
    """Reading order: by start, the outer one first, then by label."""
    return span.start, -span.end, span.label, span.id


class Article:
    """The state that an edit is a function of.

    `spans` are those of layer 0, whatever their state; `links`, `roles` and `relations`
    theirs; `entities` those that a link or a role names (and any that were handed in).
    Asking for the next span or a count costs the same in a short article and in a long one.
    """

    def __init__(
        self,
        document: Document,
        text: str,
        labels: Iterable[Label],
        *,
        spans: Iterable[Span] = (),
        links: Iterable[Link] = (),
        entities: Iterable[Entity] = (),
        roles: Iterable[Role] = (),
        relations: Iterable[Relation] = (),
    ) -> None:
        self.document = document
        self.text = text
        self.labels: dict[int, Label] = {label.id: label for label in labels}
        self.spans: dict[int, Span] = {}
        self.links: dict[int, Link] = {}
        self.entities: dict[int, Entity] = {entity.id: entity for entity in entities}
        self.roles: dict[int, Role] = {}
        self.relations: dict[int, Relation] = {}
        self._by_place: dict[tuple[int, int, int], int] = {}
        self._hanging: dict[str, dict[int, set[int]]] = {"link": {}, "role": {}, "relation": {}}
        for span in spans:
            self.spans[span.id] = span
            self._by_place[span.start, span.end, span.label] = span.id
        self._order: dict[str, list[_Key]] = {state: [] for state in STATES}
        for span in self.spans.values():
            self._order[span.state].append(order(span))
        for keys in self._order.values():
            keys.sort()
        for table, rows in (("link", links), ("role", roles), ("relation", relations)):
            for row in rows:
                self._hang(table, row)

    def span_at(self, start: int, end: int, label: int) -> Span | None:
        """The one span with exactly this place and label, of any state."""
        found = self._by_place.get((start, end, label))
        return None if found is None else self.spans[found]

    def links_of(self, span: int) -> list[Link]:
        """All links of a span, whatever their state, by id."""
        return [self.links[row] for row in sorted(self._hanging["link"].get(span, ()))]

    def roles_of(self, span: int) -> list[Role]:
        """The roles that an allegation gives to entities, by id."""
        return [self.roles[row] for row in sorted(self._hanging["role"].get(span, ()))]

    def relations_of(self, span: int) -> list[Relation]:
        """The relations that start or end at a span, by id."""
        return [self.relations[row] for row in sorted(self._hanging["relation"].get(span, ()))]

    def link_of(self, span: int) -> Link | None:
        """The accepted link of a span, else the suggested one."""
        links = self.links_of(span)
        for state in (ACCEPTED, SUGGESTED):
            for link in links:
                if link.state == state:
                    return link
        return None

    def in_order(self, states: Iterable[str]) -> Iterator[Span]:
        """Spans of these states in reading order."""
        return (self.spans[key[3]] for key in merge(*(self._order[state] for state in states)))

    def count(self, state: str) -> int:
        """How many spans are in this state."""
        return len(self._order[state])

    def next_span(self, after: Span | None, states: Iterable[str]) -> Span | None:
        """The first span of these states behind `after` in reading order (None: the first of all)."""
        found: list[_Key] = []
        for keys in (self._order[state] for state in states):
            index = bisect_right(keys, order(after)) if after is not None else 0
            if index < len(keys):
                found.append(keys[index])
        return self.spans[min(found)[3]] if found else None

    def previous_span(self, before: Span | None, states: Iterable[str]) -> Span | None:
        """The last span of these states ahead of `before` (None: the last of all)."""
        found: list[_Key] = []
        for keys in (self._order[state] for state in states):
            index = bisect_left(keys, order(before)) if before is not None else len(keys)
            if index:
                found.append(keys[index - 1])
        return self.spans[max(found)[3]] if found else None

    def rank(self, span: Span, states: Iterable[str]) -> int:
        """How many spans of these states stand before this one."""
        return sum(bisect_left(self._order[state], order(span)) for state in states)

    def apply(self, rows: Iterable[RowChange]) -> None:
        """Follow applied changes (real ids). Rows of other articles and tables are passed over."""
        for row in rows:
            if row.table == "document" and row.id == self.document.id and row.after is not None:
                self.document = self.document._replace(**row.after)  # type: ignore[arg-type]
            elif row.table == "span":
                self._apply_span(row)
            elif row.table == "entity":
                _follow(self.entities, Entity, row)
            elif row.table == "label":
                _follow(self.labels, Label, row)
            elif row.table in self._hanging:
                self._apply_hanging(row)

    def _apply_span(self, row: RowChange) -> None:
        if row.before is None and row.after is not None:
            if row.after["document"] == self.document.id and row.after["layer"] == OWN_LAYER:
                self._put_span(Span(id=row.id, **row.after))  # type: ignore[arg-type]
        elif row.id in self.spans:
            old = self._drop_span(row.id)
            if row.after is not None:
                self._put_span(old._replace(**row.after))  # type: ignore[arg-type]

    def _apply_hanging(self, row: RowChange) -> None:
        """A link, role or relation; one that moves to a span of another article goes."""
        table = self._table(row.table)
        old = self._unhang(row.table, row.id) if row.id in table else None
        if row.after is None:
            return
        new = (
            old._replace(**row.after)
            if old
            else TABLES[row.table](id=row.id, **row.after)
            if row.before is None
            else None
        )
        if new is not None and _ends(row.table, new)[0] in self.spans:
            self._hang(row.table, new)

    def _table(self, table: str) -> dict[int, Any]:
        tables: dict[str, dict[int, Any]] = {
            "link": self.links,
            "role": self.roles,
            "relation": self.relations,
        }
        return tables[table]

    def _hang(self, table: str, row: Any) -> None:
        self._table(table)[row.id] = row
        for span in _ends(table, row):
            self._hanging[table].setdefault(span, set()).add(row.id)

    def _unhang(self, table: str, row_id: int) -> Any:
        row = self._table(table).pop(row_id)
        for span in _ends(table, row):
            self._hanging[table][span].discard(row_id)
        return row

    def _put_span(self, span: Span) -> None:
        self.spans[span.id] = span
        self._by_place[span.start, span.end, span.label] = span.id
        insort(self._order[span.state], order(span))

    def _drop_span(self, span_id: int) -> Span:
        span = self.spans.pop(span_id)
        keys = self._order[span.state]
        del keys[bisect_left(keys, order(span))]
        if self._by_place.get((span.start, span.end, span.label)) == span_id:
            del self._by_place[span.start, span.end, span.label]
        return span


def _follow(table: dict[int, Any], model: Any, row: RowChange) -> None:
    """Bring a row that stands alone up to date."""
    if row.after is None:
        table.pop(row.id, None)
    elif row.before is None:
        table[row.id] = model(id=row.id, **row.after)
    elif row.id in table:
        table[row.id] = table[row.id]._replace(**row.after)


def _ends(table: str, row: Any) -> tuple[int, ...]:
    """The spans that a link, role or relation hangs on."""
    return (row.from_span, row.to_span) if table == "relation" else (row.span,)
