"""Articles to edit in tests, and a stand-in for the store's giving of ids."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from annotator.domain.article import Article
from annotator.domain.changes import ChangeSet, RowChange
from annotator.domain.models import REFERENCES, Document, Entity, Label, Link, Row, Span

TEXT = "Ivar Brandvik said the FPA accused Pell & Rourke of fraud on Tuesday."
LABELS = [
    Label(1, "PERSON", "1", 258, "fill", "name", "", 1),
    Label(2, "ORG", "2", 165, "fill", "name", "", 2),
    Label(3, "DATE", "3", 305, "fill", "date", "", 3),
    Label(4, "ALLEGATION", "4", 22, "band", "claim", "", 4),
]
DOCUMENT = Document(1, "a", "Title", None, None, "new", 0, None, "[]", "{}", "{}", 0, None, None, 0, None)

_ids = count(1000)


def span(number: int, start: int, end: int, label: int, **fields: object) -> Span:
    """A suggested span; fields as named."""
    made: dict[str, object] = dict.fromkeys(Span._fields)
    made |= {"id": number, "document": 1, "layer": 0, "start": start, "end": end, "label": label}
    made |= {"state": "suggested", "origin": "model", "text": TEXT[start:end], "flag": 0, "extra": "{}"}
    return Span(**{**made, **fields})  # type: ignore[arg-type]


def entity(number: int, label: int, name: str = "X") -> Entity:
    """An entity without anything that would keep it alive."""
    return Entity(number, f"k{number}", label, name, "[]", None, None, None, "{}", 0, "{}", None)


def link(number: int, span_id: int, entity_id: int, **fields: object) -> Link:
    """An accepted link made by hand."""
    made: dict[str, object] = dict.fromkeys(Link._fields)
    made |= {"id": number, "span": span_id, "entity": entity_id, "state": "accepted", "origin": "reviewer"}
    return Link(**{**made, **fields})  # type: ignore[arg-type]


def with_ids(change: ChangeSet) -> ChangeSet:
    """The change as the store would apply it: new rows numbered, references following."""
    given: dict[int, int] = {row.id: next(_ids) for row in change.rows if row.id < 0}

    def numbered(table: str, fields: Row | None) -> Row | None:
        if fields is None:
            return None
        references = REFERENCES.get(table, {})
        return {
            k: given.get(v, v) if k in references and isinstance(v, int) else v for k, v in fields.items()
        }

    rows = [
        RowChange(
            row.table,
            given.get(row.id, row.id),
            numbered(row.table, row.before),
            numbered(row.table, row.after),
        )
        for row in change.rows
    ]
    return replace(change, rows=tuple(rows))


def state(article: Article) -> tuple[object, ...]:
    """Everything that an article holds, to compare."""
    return (
        article.document,
        dict(article.spans),
        dict(article.links),
        dict(article.entities),
        [found.id for found in article.in_order(["suggested", "accepted", "rejected"])],
    )
