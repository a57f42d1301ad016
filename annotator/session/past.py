"""What happened to one span: who suggested it, and each decision on it, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from annotator.domain.article import Article
from annotator.domain.changes import RowChange
from annotator.domain.models import Entity, Proposal, Run, Span, Value
from annotator.session.session import Session

MADE: Final = "made"
GONE: Final = "gone"
_TOLD: Final = ("state", "label", "text", "flag", "note", "mod")
"""Fields of a span that somebody decides on; `text` stands for both ends."""


class Change(NamedTuple):
    """A field that changed. Labels by id, links as names of entities; MADE and GONE have no values."""

    field: str
    before: Value = None
    after: Value = None


class Step(NamedTuple):
    """One decision, undo or redo, as far as it touched the span."""

    at: str
    by: str
    kind: str
    changes: tuple[Change, ...]


class Past(NamedTuple):
    """The newest step first. `run` brought the span in, where a person did not make it."""

    proposals: list[Proposal]
    steps: list[Step]
    run: Run | None


def past(session: Session, article: Article, span: Span) -> Past:
    """What was suggested where the span stood at first, and what became of it."""
    start, end = span.suggested_start, span.suggested_end
    if start is None or end is None:
        start, end = span.start, span.end
    links = {link.id for link in article.links_of(span.id)}
    entries = session.store.span_history(span, links)
    names = _Names(session, article)
    steps = []
    for entry in entries:
        changes = tuple(_changes(entry.changes, span.id, links, names))
        if changes:
            steps.append(Step(entry.at, entry.reviewer, entry.kind, changes))
    run = session.store.run(span.run) if span.run is not None else None
    return Past(session.store.proposals(span.document, start, end), steps, run)


class _Names:
    """Entities by id; one that is gone by now is a question mark."""

    def __init__(self, session: Session, article: Article) -> None:
        self._session, self._article = session, article

    def __getitem__(self, number: Value) -> str:
        found: Entity | None = None
        if isinstance(number, int):
            found = self._article.entities.get(number) or self._session.entity(number)
        return found.name if found is not None else "?"


def _changes(rows: Iterable[RowChange], span: int, links: set[int], names: _Names) -> Iterator[Change]:
    for row in rows:
        before, after = row.before or {}, row.after or {}
        if row.table == "span" and row.id == span:
            if row.before is None or row.after is None:
                yield Change(MADE if row.before is None else GONE)
            else:
                yield from (Change(name, before.get(name), after[name]) for name in _TOLD if name in after)
        elif row.table == "link" and (span in (before.get("span"), after.get("span")) or row.id in links):
            states = (before.get("state"), after.get("state"))
            old = names[before.get("entity")] if states[0] == "accepted" and "entity" in before else None
            new = names[after.get("entity")] if states[1] == "accepted" and "entity" in after else None
            if old or new:
                yield Change("link", old, new)
            elif "entity" not in before and states[0] != states[1]:
                yield Change("link state", *states)
