"""Collecting the rows of one ChangeSet, one change a row however often an edit touches it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from annotator.domain.article import Article
from annotator.domain.changes import Author, ChangeSet, Message, RowChange
from annotator.domain.models import IN_PROGRESS, NEW, Row, Span, Value

_Address = tuple[str, int]


class Model(Protocol):
    """A row of a table, as `domain.models` has them."""

    @property
    def id(self) -> int: ...
    def _asdict(self) -> dict[str, Value]: ...


class SpanPlace(NamedTuple):
    """Where a span is and what it is: unique among the spans of a layer."""

    start: int
    end: int
    label: int


class Rows:
    """The rows of a ChangeSet in the making, applied in the order in which they were first touched."""

    def __init__(self) -> None:
        self._rows: dict[_Address, RowChange] = {}
        self._new = 0

    def insert(self, table: str, fields: Row) -> int:
        """A new row; returns its id for this ChangeSet, below zero."""
        self._new -= 1
        self._rows[table, self._new] = RowChange(table, self._new, None, fields)
        return self._new

    def update(self, table: str, model: Model, **fields: Value) -> None:
        """Set fields of a row of the file; those that have the value already are left out."""
        address = (table, model.id)
        earlier = self._rows.get(address)
        before = dict(earlier.before or {}) if earlier else {}
        after = dict(earlier.after or {}) if earlier else {}
        for name, value in fields.items():
            old = getattr(model, name)  # thousands of links move in a merge: the whole row is not needed
            if name in after or old != value:
                before[name] = old
                after[name] = value
        if after:
            self._rows[address] = RowChange(table, model.id, before, after)

    def delete(self, table: str, model: Model) -> None:
        """Take a row out, whatever this draft did to it before."""
        fields = model._asdict()
        del fields["id"]
        self._rows.pop((table, model.id), None)
        self._rows[table, model.id] = RowChange(table, model.id, fields, None)

    def touched(self, table: str, row: int) -> RowChange | None:
        """What this draft does to a row so far."""
        return self._rows.get((table, row))

    def is_deleted(self, table: str, row: int) -> bool:
        """Whether this draft takes a row out."""
        change = self.touched(table, row)
        return change is not None and change.after is None

    def rows(self) -> tuple[RowChange, ...]:
        """What was collected."""
        return tuple(self._rows.values())


class Draft(Rows):
    """A ChangeSet about one article."""

    def __init__(self, article: Article, author: Author) -> None:
        super().__init__()
        self.article = article
        self.author = author
        self._places: dict[SpanPlace, Span | None] = {}

    def standing_at(self, place: SpanPlace) -> Span | None:
        """The span that would be at a place; two spans of a bulk may meet there."""
        if place in self._places:
            return self._places[place]
        return self.article.span_at(*place)

    def moved(self, span: Span, place: SpanPlace | None) -> None:
        """Say that this draft puts a span at a place, or takes it away (None)."""
        self._places[SpanPlace(span.start, span.end, span.label)] = None
        if place is not None:
            self._places[place] = span

    def done(self, title: Message, span: int | None = None) -> ChangeSet:
        """The ChangeSet, with the article's status where this is its first decision."""
        document = self.article.document
        if self._rows and document.status == NEW and ("document", document.id) not in self._rows:
            self.update("document", document, status=IN_PROGRESS)
        return ChangeSet(title, self.rows(), document=document.id, span=span)
