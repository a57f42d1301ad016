"""One project file, open: what the layers above may ask of it and write to it.

A Store belongs to one thread. Whatever SQLite refuses comes out as a UserError.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from annotator.domain.article import Article
from annotator.domain.changes import Changed, ChangeSet
from annotator.domain.clock import now
from annotator.domain.edits.entity_edits import Whole
from annotator.domain.linking import ArticleMentions, KnownEntity
from annotator.domain.models import (
    DistinctPair,
    Document,
    Entity,
    Label,
    Layer,
    Link,
    Proposal,
    RelationType,
    RoleType,
    Row,
    Run,
    Span,
)
from annotator.domain.record import Record
from annotator.domain.suggestion import Suggestion
from annotator.errors import UserError
from annotator.store import (
    applying,
    checking,
    entity_graph,
    entity_reading,
    journal,
    knowledge,
    linking,
    overview,
    reading,
    runs,
    suggesting,
)
from annotator.store.checking import Problem
from annotator.store.connection import (
    FileWatch,
    connect,
    connect_new,
    immediate,
    moved_into_place,
    snapshot,
)
from annotator.store.entity_graph import Claim, RoleEdge
from annotator.store.entity_reading import EntityRow
from annotator.store.exporting import Exporter
from annotator.store.importing import AS_IS, Importer
from annotator.store.journal import JournalEntry
from annotator.store.linking import LinkWriter
from annotator.store.reading import DocumentRow, Hit, Mention
from annotator.store.trouble import is_taken, told


def create(path: Path) -> Store:
    """Make a project with the default labels. UserError where the file is there already."""
    with told(path):
        return Store(path, connect_new(path))


def open_project(path: Path, *, read_only: bool = False) -> Store:
    """Open a project, ending what a program that crashed left open. UserError where it cannot be."""
    store = Store(path, connect(path, read_only=read_only), read_only=read_only)
    try:
        if not read_only:
            store.clean_crashed()
    except BaseException:
        store.close()
        raise
    return store


class Store:
    """See the module. `read_only` projects refuse every write with a sentence."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._db = connection
        self._watch = FileWatch(path)
        self._data_version = self._ask("PRAGMA data_version")
        self._journal_seen = self._ask("SELECT coalesce(max(id), 0) FROM journal")
        self._own_rows: set[int] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write the log back into the main file and let go of it."""
        self._db.close()

    # Settings, labels and types

    def setting(self, key: str) -> object:
        """A project setting, None where it was never set."""
        with told(self.path):
            found = self._db.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return None if found is None else json.loads(found[0])

    def set_setting(self, key: str, value: object) -> None:
        """Keep a JSON value under a key."""
        with self._writing():
            self._db.execute(
                "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                (key, json.dumps(value)),
            )

    def labels(self) -> list[Label]:
        """In the order in which they are shown."""
        with told(self.path):
            return reading.labels(self._db)

    def role_types(self) -> list[RoleType]:
        with told(self.path):
            return reading.role_types(self._db)

    def relation_types(self) -> list[RelationType]:
        with told(self.path):
            return reading.relation_types(self._db)

    def layers(self) -> list[Layer]:
        with told(self.path):
            return reading.layers(self._db)

    # Articles

    def documents(
        self, statuses: Collection[str] = (), words: str = "", limit: int = -1, offset: int = 0
    ) -> list[DocumentRow]:
        """Articles in queue order, of these statuses (none: all), holding these words."""
        with told(self.path):
            return reading.documents(self._db, statuses, words, limit, offset)

    def document_count(self, statuses: Collection[str] = (), words: str = "") -> int:
        with told(self.path):
            return reading.document_count(self._db, statuses, words)

    def document_row(self, document: int) -> DocumentRow | None:
        """One article as the list shows it; None where it is not listed."""
        with told(self.path):
            return reading.document_row(self._db, document)

    def position(self, document: int, statuses: Collection[str] = (), words: str = "") -> int:
        """How many articles of the list stand before this one."""
        with told(self.path):
            return reading.position(self._db, document, statuses, words)

    def neighbour(self, document: int, step: int, statuses: Collection[str] = ()) -> int | None:
        """The next (1) or previous (-1) article of the queue."""
        with told(self.path):
            return reading.neighbour(self._db, document, step, statuses)

    def document(self, document: int) -> Document:
        """UserError "document.missing" where there is none (another program took it out)."""
        with told(self.path):
            found = reading.document(self._db, document)
        if found is None:
            raise UserError("document.missing", id=document)
        return found

    def text(self, document: int) -> str:
        with told(self.path):
            return reading.text(self._db, document)

    def article(self, document: int) -> Article:
        """The article with its spans, links, roles and relations. UserError as `document`."""
        with told(self.path), snapshot(self._db):
            found = reading.article(self._db, document)
        if found is None:
            raise UserError("document.missing", id=document)
        return found

    def search(self, words: str, limit: int = 50, offset: int = 0) -> list[Hit]:
        """Articles that hold all the words, the last one as a beginning, in queue order."""
        with told(self.path):
            return reading.search(self._db, words, limit, offset)

    def proposals(self, document: int, start: int, end: int) -> list[Proposal]:
        """What suggesters said of exactly this place."""
        with told(self.path):
            return reading.proposals(self._db, document, start, end)

    # Entities

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

    def counts(self) -> dict[str, int]:
        with told(self.path):
            return reading.counts(self._db)

    def label_counts(self) -> list[tuple[str, str, int]]:
        """(label, state, spans)"""
        with told(self.path):
            return reading.label_counts(self._db)

    def outcomes(self) -> list[overview.Outcome]:
        """What became of the suggestions, by label."""
        with told(self.path):
            return overview.outcomes(self._db)

    def days(self, most: int = 30) -> list[overview.Day]:
        """How much was decided on which day, the newest last."""
        with told(self.path):
            return overview.days(self._db, most)

    # Decisions

    def apply(self, change: ChangeSet, reviewer: str) -> Changed:
        """Write a decision with its journal row. UserError "change.conflict": nothing was changed."""
        return self._decide("do", change, reviewer, None)

    def undo(self, reviewer: str) -> Changed:
        """Take back this reviewer's newest decision that stands.

        UserError "undo.nothing", or "undo.blocked" where a newer change stands in the way.
        """
        with told(self.path):
            target = journal.to_undo(self._db, reviewer)
        return self._step_back("undo", target, reviewer)

    def redo(self, reviewer: str) -> Changed:
        """Make again what was undone last. UserError "redo.nothing" or "redo.blocked"."""
        with told(self.path):
            target = journal.to_redo(self._db, reviewer)
        return self._step_back("redo", target, reviewer)

    def _step_back(self, kind: str, target: int | None, reviewer: str) -> Changed:
        if target is None:
            raise UserError(f"{kind}.nothing")
        with told(self.path):
            found = journal.entry(self._db, target)
        decision = journal.change_of(found)
        change = decision.inverse() if kind == "undo" else decision
        try:
            return self._decide(kind, change, reviewer, target)
        except UserError as error:
            if error.code != "change.conflict":
                raise
            newer = journal.in_the_way(self._db, change, target)
            raise UserError(f"{kind}.blocked", title=found.title, newer=newer) from error

    def _decide(self, kind: str, change: ChangeSet, reviewer: str, target: int | None) -> Changed:
        if not change:
            raise ValueError("an empty change is no decision")
        try:
            with self._writing():
                applied, documents = applying.write(self._db, change)
                # An undo is journalled as what it did, so that the rows can be followed forwards.
                number = journal.append(self._db, kind, applied, reviewer, now(), target)
        except (
            sqlite3.IntegrityError
        ) as error:  # at the end: a row that another program hung on a deleted one
            if not is_taken(error):
                raise
            raise UserError("change.conflict") from error
        self._own_rows.add(number)
        return Changed(kind, applied.rows, documents, applied.title, applied.document, applied.span, number)

    def history(self, document: int | None = None, limit: int = 100) -> list[JournalEntry]:
        """Decisions, newest first, of one article or of the whole project."""
        with told(self.path):
            if document is None:
                return journal.entries(self._db, "1", (), limit)
            return journal.entries(self._db, "document = ?", (document,), limit)

    def last_decision(self, reviewer: str) -> JournalEntry | None:
        """What an undo would take back."""
        with told(self.path):
            number = journal.to_undo(self._db, reviewer)
            return None if number is None else journal.entry(self._db, number)

    def news(self) -> list[Changed]:
        """What other connections committed since the last call; cheap where there is nothing.

        Their decisions come row by row. A last entry of kind "foreign" without rows says that
        anything else may have changed too: compare revisions of what is shown.
        """
        with told(self.path):
            version = self._ask("PRAGMA data_version")
            if version == self._data_version:
                return []
            self._data_version = version
            entries = journal.entries(self._db, "id > ?", (self._journal_seen,))
        self._journal_seen = max((found.id for found in entries), default=self._journal_seen)
        news = [
            Changed(
                found.kind,
                found.changes,
                frozenset(filter(None, [found.document])),
                found.title,
                found.document,
                found.span,
                found.id,
            )
            for found in reversed(entries)
            if found.id not in self._own_rows
        ]
        self._own_rows.clear()
        return [*news, Changed("foreign", (), frozenset())]

    # Runs

    def begin_run(
        self, kind: str, name: str, version: str = "", settings: Mapping[str, object] | None = None
    ) -> int:
        """Open a run of kind import, suggest, link, memory or train."""
        self._may_write()
        with told(self.path):
            return runs.begin(self._db, kind, name, version, settings)

    def end_run(self, run: int, counts: Mapping[str, object]) -> None:
        """Close a run: what it wrote is seen from here on."""
        with told(self.path):
            runs.end(self._db, run, counts)

    def cancel_run(self, run: int) -> None:
        """End a run early. An import's rows go, in slices; finished articles of others stay."""
        with told(self.path):
            runs.cancel(self._db, run)

    def clean_crashed(self) -> int:
        """End the open runs of programs that died; how many."""
        with told(self.path):
            return runs.clean_crashed(self._db)

    def runs(self, limit: int = 100) -> list[Run]:
        with told(self.path):
            return runs.find(self._db, limit)

    def add_records(
        self, run: int, records: Iterable[Record], *, mode: str = AS_IS, origin: str
    ) -> Counter[str]:
        """Write interchange records under an open import run; what came in, counted."""
        with told(self.path):
            return Importer(self._db, run, mode, origin).add(records)

    def add_known(self, run: int, entries: Iterable[Row]) -> Counter[str]:
        """Write entities of a knowledge base under an open import run: "added", or "met" before."""
        self._may_write()
        with told(self.path):
            return knowledge.add(self._db, run, entries)

    def pending(self, suggester: str, version: str, *, again: bool = False) -> list[tuple[int, int]]:
        """(document, revision) of articles that a suggester has to look at; `again`: all that are not done."""
        with told(self.path):
            return suggesting.pending(self._db, suggester, version, again=again)

    def add_suggestions(
        self, run: int, suggester: str, version: str, found: Iterable[tuple[int, Iterable[Suggestion]]]
    ) -> Counter[str]:
        """Write what a suggester found in some articles, each in a transaction of its own.

        An article that is gone or done meanwhile is passed over.
        """
        counts: Counter[str] = Counter()
        for document, suggestions in found:
            with self._writing(durable=False):
                runs.go_on(self._db, run)
                status = self._db.execute("SELECT status FROM document WHERE id = ?", (document,)).fetchone()
                if status is None or status[0] == "done":
                    counts["skipped"] += 1
                    continue
                result = suggesting.write(self._db, run, document, suggester, suggestions)
                suggesting.mark_seen(self._db, run, document, suggester, version)
            counts.update(documents=1, spans=result.added, withdrawn=result.withdrawn)
        return counts

    def entity_rows(
        self, label: int | None = None, words: str = "", *, by: str = "name", limit: int = -1, offset: int = 0
    ) -> list[EntityRow]:
        """Entities as they are listed, with their counts; `by` is "name" or "mentions" (most first)."""
        with told(self.path):
            return entity_reading.entity_rows(self._db, label, words, by, limit, offset)

    def entity_count(self, label: int | None = None, words: str = "") -> int:
        with told(self.path):
            return entity_reading.entity_count(self._db, label, words)

    def whole(self, entity: int) -> Whole:
        """An entity with every row that names it. UserError "entity.missing" where it is gone."""
        with told(self.path), snapshot(self._db):
            found = entity_reading.whole(self._db, entity)
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

    def role_edges(self, *, proposed: bool = False) -> list[RoleEdge]:
        """Who has which role in which allegation."""
        with told(self.path):
            return entity_graph.role_edges(self._db, proposed=proposed)

    def claims(self, entity: int | None = None, *, proposed: bool = False) -> list[Claim]:
        """Allegations with who is accused and when, of all or of one entity."""
        with told(self.path):
            return entity_graph.claims(self._db, entity, proposed=proposed)

    def distinct_pairs(self) -> list[DistinctPair]:
        """Which entities a person said are not the same."""
        with told(self.path):
            return entity_reading.distinct_pairs(self._db)

    # Proposed links

    def linkable(self) -> Iterator[ArticleMentions]:
        """Every article with its spans that may be linked, read some at a time."""
        with told(self.path):
            yield from linking.linkable(self._db)

    def known_entities(self) -> list[KnownEntity]:
        """Entities that a person or a knowledge base stands for."""
        with told(self.path):
            return linking.known_entities(self._db)

    def link_writer(self, run: int, linker: str) -> LinkWriter:
        """Writes the groups of a linker under an open run."""
        self._may_write()
        return LinkWriter(self._db, self.path, run, linker)

    def links_above(self, score: float) -> tuple[list[Link], list[Document]]:
        """Open proposals at least this sure for accepted spans, and their articles that are new."""
        with told(self.path), snapshot(self._db):
            return linking.links_above(self._db, score)

    # Export, integrity, copies

    def exporter(self, *, spans: str = "accepted", documents: str = "done") -> Exporter:
        """Records of articles that are done (or "all") with accepted spans (or "all")."""
        return Exporter(self._db, accepted_only=spans == "accepted", done_only=documents == "done")

    def records(self, *, spans: str = "accepted", documents: str = "done") -> Iterator[Record]:
        """The records of `exporter`, read at one moment."""
        exporter = self.exporter(spans=spans, documents=documents)
        with told(self.path), snapshot(self._db):
            yield from exporter.records()

    def check(self) -> list[Problem]:
        """Every broken invariant; none: the project is sound."""
        with told(self.path):
            return checking.check(self._db)

    def repair(self, reviewer: str) -> list[Problem]:
        """Mend what can be; what is still broken."""
        self._may_write()
        with told(self.path):
            return checking.repair(self._db, reviewer)

    def save_copy(self, path: Path) -> None:
        """A consistent copy of the project as it is now, in one file. UserError where it cannot be written."""
        if path.exists():
            raise UserError("project.exists", path=str(path))
        with moved_into_place(path) as draft, closing(sqlite3.connect(draft)) as copy:
            self._db.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")

    def checkpoint(self) -> None:
        """Bring the main file up to date, so that a copy of it alone holds everything."""
        if not self.read_only:
            with told(self.path):
                self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _ask(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])

    def _may_write(self) -> None:
        if self.read_only:
            raise UserError("project.read_only", path=str(self.path))
        self._watch.check()

    @contextmanager
    def _writing(self, *, durable: bool = True) -> Iterator[None]:
        """A write transaction whose refusals are told."""
        self._may_write()
        with told(self.path), immediate(self._db, durable=durable):
            yield
