"""What may be asked of entities, of what is linked to them and of what may be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.edits.entity_edits import Whole
from annotator.domain.linking import ArticleMentions, KnownEntity
from annotator.domain.models import DistinctPair, Document, Entity, Link, Span
from annotator.errors import UserError
from annotator.store import entity_graph, entity_reading, linking, reading
from annotator.store.connection import snapshot
from annotator.store.entity_graph import Claim, RoleEdge
from annotator.store.entity_reading import EntityRow
from annotator.store.reading import Mention
from annotator.store.trouble import told


class EntityReader:
    """A part of `Reader`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection

    def entity(self, entity: int) -> Entity | None:
        with told(self.path):
            return reading.entity(self._db, entity)

    def entities(self, label: int, words: str = "", limit: int = -1) -> list[Entity]:
        """Entities of a label by name; `words` are a part of the name or of an alias."""
        with told(self.path):
            return reading.entities(self._db, label, words, limit)

    def entities_like(self, label: int, words: Iterable[str], limit: int = 200) -> list[Entity]:
        """Entities of a label with one of these words in a name; `f%p%a` finds an acronym's letters."""
        with told(self.path):
            return reading.entities_like(self._db, label, words, limit)

    def entity_with_value(self, label: int, value: str) -> Entity | None:
        """The one DATE entity of a value."""
        with told(self.path):
            return reading.entity_with_value(self._db, label, value)

    def free_key(self, base: str) -> str:
        """A key for a new entity that begins with `base`."""
        with told(self.path):
            return reading.free_key(self._db, base)

    def mentions(self, entity: int, limit: int = -1, offset: int = 0) -> list[Mention]:
        """Where an entity stands, over all articles, decided and proposed, in queue order."""
        with told(self.path):
            return reading.mentions(self._db, entity, limit, offset)

    def mention_counts(self, entities: Iterable[int]) -> dict[int, tuple[int, int]]:
        """(mentions, articles) of entities, accepted links only."""
        with told(self.path):
            return reading.mention_counts(self._db, entities)

    def distinct_pairs(self) -> list[DistinctPair]:
        """Which entities a person said are not the same."""
        with told(self.path):
            return entity_reading.distinct_pairs(self._db)

    def entity_rows(
        self, label: int | None = None, words: str = "", *, by: str = "name", limit: int = -1, offset: int = 0
    ) -> list[EntityRow]:
        """Entities as they are listed, with their counts; `by` is "name" or "mentions" (most first)."""
        with told(self.path):
            return entity_reading.entity_rows(self._db, label, words, by, limit, offset)

    def entity_count(self, label: int | None = None, words: str = "") -> int:
        with told(self.path):
            return entity_reading.entity_count(self._db, label, words)

    def whole(self, entity: int, sharing: int | None = None) -> Whole:
        """An entity with every row that names it. UserError "entity.missing" where it is gone.

        With `sharing` only the links of spans that this other entity is linked to as well.
        """
        with told(self.path), snapshot(self._db):
            found = entity_reading.whole(self._db, entity, sharing)
        if found is None:
            raise UserError("entity.missing")
        return found

    def spans(self, numbers: Iterable[int]) -> list[Span]:
        """Spans of whatever articles; those that are gone are left out."""
        with told(self.path):
            return entity_reading.spans(self._db, numbers)

    def unlinked(self, label: int, words: str, but: int, limit: int = 20) -> list[Mention]:
        """Mentions with these words outside one article that nobody linked yet."""
        with told(self.path):
            return entity_reading.unlinked(self._db, label, words, but, limit)

    def role_names(self, spans: Iterable[int]) -> dict[int, str]:
        """The accepted roles of allegations, each span's in one line."""
        with told(self.path):
            return entity_reading.role_names(self._db, spans)

    def entity_names(self, entities: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """All names of entities, their own first."""
        with told(self.path):
            return entity_reading.entity_names(self._db, entities)

    def entity_rows_of(self, entities: Iterable[int]) -> list[EntityRow]:
        """These entities as they are listed."""
        with told(self.path):
            return entity_graph.entity_rows_of(self._db, entities)

    def role_edges(self, spans: Iterable[int] | None = None, *, proposed: bool = False) -> list[RoleEdge]:
        """Who has which role in which allegation, of these or of all."""
        with told(self.path):
            return entity_graph.role_edges(self._db, spans, proposed=proposed)

    def claims(self, entity: int | None = None, *, proposed: bool = False) -> list[Claim]:
        """Allegations with who is accused and when, of all or of one entity."""
        with told(self.path):
            return entity_graph.claims(self._db, entity, proposed=proposed)

    # Proposed links

    def linkable(self) -> Iterator[ArticleMentions]:
        """Every article with its spans that may be linked, read some at a time."""
        with told(self.path):
            yield from linking.linkable(self._db)

    def known_entities(self) -> list[KnownEntity]:
        """Entities that a person or a knowledge base stands for."""
        with told(self.path):
            return linking.known_entities(self._db)

    def links_above(self, score: float) -> tuple[list[Link], list[Document]]:
        """Open proposals at least this sure for accepted spans, and their articles that are new."""
        with told(self.path), snapshot(self._db):
            return linking.links_above(self._db, score)
