"""One open article: its text and the rows that hang on it, kept true by the changes applied.

Edits read it, views draw it, the session keeps it. It holds layer 0 only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.domain.changes import RowChange
from annotator.domain.models import (
    ACCEPTED,
    OWN_LAYER,
    SUGGESTED,
    TABLES,
    Document,
    Entity,
    Label,
    Link,
    Relation,
    Role,
    Span,
    Value,
)


class Article:
    """The state that an edit is a function of.

    `spans` are those of layer 0, whatever their state; `links`, `roles` and `relations`
    theirs; `entities` those that a link or a role names (and any that were handed in).
    """

    def __init__(
        self,
        document: Document,
        text: str,
        labels: Iterable[Label],
        spans: Iterable[Span] = (),
        links: Iterable[Link] = (),
        entities: Iterable[Entity] = (),
        roles: Iterable[Role] = (),
        relations: Iterable[Relation] = (),
    ) -> None:
        self.document = document
        self.text = text
        self.labels: Mapping[int, Label] = {label.id: label for label in labels}
        self.spans: dict[int, Span] = {}
        self.links: dict[int, Link] = {}
        self.entities: dict[int, Entity] = {entity.id: entity for entity in entities}
        self.roles: dict[int, Role] = {role.id: role for role in roles}
        self.relations: dict[int, Relation] = {relation.id: relation for relation in relations}
        self._by_place: dict[tuple[int, int, int], int] = {}
        self._links_of: dict[int, set[int]] = {}
        for span in spans:
            self._put_span(span)
        for link in links:
            self._put_link(link)

    def span_at(self, start: int, end: int, label: int) -> Span | None:
        """The one span with exactly this place and label, of any state."""
        found = self._by_place.get((start, end, label))
        return None if found is None else self.spans[found]

    def links_of(self, span: int) -> list[Link]:
        """All links of a span, whatever their state, by id."""
        return [self.links[link] for link in sorted(self._links_of.get(span, ()))]

    def link_of(self, span: int) -> Link | None:
        """The accepted link of a span, else the suggested one."""
        links = self.links_of(span)
        for state in (ACCEPTED, SUGGESTED):
            for link in links:
                if link.state == state:
                    return link
        return None

    def in_order(self, states: Iterable[str]) -> list[Span]:
        """Spans of these states in reading order: by start, the outer one first."""
        wanted = frozenset(states)
        found = [span for span in self.spans.values() if span.state in wanted]
        found.sort(key=lambda span: (span.start, -span.end, span.label))
        return found

    def apply(self, rows: Iterable[RowChange]) -> None:
        """Follow applied changes (real ids). Rows of other articles and tables are passed over."""
        for row in rows:
            if row.table == "document" and row.id == self.document.id and row.after is not None:
                self.document = self.document._replace(**row.after)  # type: ignore[arg-type]
            elif row.table == "span":
                self._apply_span(row)
            elif row.table == "link":
                self._apply_link(row)
            elif row.table in ("entity", "role", "relation"):
                self._apply_plain(row)

    def _apply_span(self, row: RowChange) -> None:
        if row.before is None and row.after is not None:
            if row.after["document"] == self.document.id and row.after["layer"] == OWN_LAYER:
                self._put_span(Span(id=row.id, **row.after))  # type: ignore[arg-type]
        elif row.id in self.spans:
            old = self._drop_span(row.id)
            if row.after is not None:
                self._put_span(old._replace(**row.after))  # type: ignore[arg-type]

    def _apply_link(self, row: RowChange) -> None:
        if row.before is None and row.after is not None:
            if row.after["span"] in self.spans:
                self._put_link(Link(id=row.id, **row.after))  # type: ignore[arg-type]
        elif row.id in self.links:
            old = self._drop_link(row.id)
            if row.after is not None:
                self._put_link(old._replace(**row.after))  # type: ignore[arg-type]

    def _apply_plain(self, row: RowChange) -> None:
        rows: dict[int, object] = getattr(self, {"entity": "entities"}.get(row.table, row.table + "s"))
        if row.after is None:
            rows.pop(row.id, None)
        elif row.before is None:
            if self._concerns(row.table, row.after):
                rows[row.id] = TABLES[row.table](id=row.id, **row.after)
        elif row.id in rows:
            rows[row.id] = rows[row.id]._replace(**row.after)  # type: ignore[attr-defined]

    def _concerns(self, table: str, after: Mapping[str, Value]) -> bool:
        if table == "role":
            return after["span"] in self.spans
        return table == "entity" or after["document"] == self.document.id

    def _put_span(self, span: Span) -> None:
        self.spans[span.id] = span
        self._by_place[span.start, span.end, span.label] = span.id

    def _drop_span(self, span_id: int) -> Span:
        span = self.spans.pop(span_id)
        if self._by_place.get((span.start, span.end, span.label)) == span_id:
            del self._by_place[span.start, span.end, span.label]
        return span

    def _put_link(self, link: Link) -> None:
        self.links[link.id] = link
        self._links_of.setdefault(link.span, set()).add(link.id)

    def _drop_link(self, link_id: int) -> Link:
        link = self.links.pop(link_id)
        self._links_of[link.span].discard(link_id)
        return link
