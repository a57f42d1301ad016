"""What may be asked of a project file. Whatever SQLite refuses comes out as a UserError."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from pathlib import Path

from annotator.domain.article import Article
from annotator.domain.conflicts import Opinion
from annotator.domain.models import (
    Document,
    Label,
    Layer,
    Proposal,
    RelationType,
    Review,
    RoleType,
    Run,
    Settled,
    Span,
)
from annotator.domain.record import Record
from annotator.domain.splitting import Tie
from annotator.domain.verdicts import Decision
from annotator.errors import UserError
from annotator.store import (
    comparing,
    finding,
    journal,
    label_reading,
    listing,
    overview,
    reading,
    remembering,
    runs,
    suggesting,
    telling,
)
from annotator.store.comparing import LayerRow
from annotator.store.connection import snapshot
from annotator.store.entity_reader import EntityReader
from annotator.store.exporting import Exporter
from annotator.store.finding import Found, Spot, Wanted
from annotator.store.handled import Handled
from annotator.store.journal import JournalEntry
from annotator.store.label_reading import LabelUse
from annotator.store.listing import Asked
from annotator.store.reading import DocumentRow, Hit
from annotator.store.remembering import Known
from annotator.store.trouble import told


class Reader(EntityReader):
    """The reading half of a `Store`: it changes nothing."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        super().__init__(path, connection)
        self._handled = Handled(connection)

    # Settings, labels and types

    def setting(self, key: str) -> object:
        """A project setting, None where it was never set."""
        with told(self.path):
            found = self._db.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return None if found is None else json.loads(found[0])

    def labels(self) -> list[Label]:
        """In the order in which they are shown."""
        with told(self.path):
            return reading.labels(self._db)

    def label_use(self, label: int) -> LabelUse:
        """Where a label is used."""
        with told(self.path), snapshot(self._db):
            return label_reading.label_use(self._db, label)

    def all_proposals(self, document: int) -> list[Proposal]:
        """What suggesters said anywhere in an article, every one of them."""
        with told(self.path):
            return label_reading.all_proposals(self._db, document)

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

    def removed_documents(self, words: str = "", limit: int = -1) -> list[DocumentRow]:
        """Articles that were taken out, the last one first."""
        with told(self.path):
            return listing.removed(self._db, words, limit)

    def listed(self, asked: Asked) -> list[int]:
        """The ids of the articles of a list, in its order."""
        with told(self.path):
            return listing.listed(self._db, asked)

    def document_rows(self, documents: Sequence[int]) -> list[DocumentRow]:
        """Articles as a list shows them, in the order of these ids."""
        with told(self.path):
            return listing.rows(self._db, documents)

    def tags(self) -> list[str]:
        """The tags that articles have."""
        with told(self.path):
            return listing.tags(self._db)

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

    def texts(self) -> Iterator[tuple[int, str, str]]:
        """Number, name and text of every listed article."""
        with told(self.path):
            yield from telling.texts(self._db)

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

    def proposals_of(self, document: int) -> list[Proposal]:
        """What suggesters said of an article: of each place and label the surest, the memory left out."""
        with told(self.path):
            return reading.proposals_of(self._db, document)

    # Looking through all articles

    def spots(self, wanted: Wanted) -> Iterator[Spot]:
        """Every place that fits, in queue order. UserError "find.interrupted" as `interrupt` says."""
        with told(self.path):
            yield from finding.spots(self._db, wanted)

    def found(self, wanted: Wanted, most: int) -> list[Found]:
        """The first places that fit, as they are listed."""
        with told(self.path):
            return finding.found(self._db, wanted, most)

    def spot_counts(self, wanted: Wanted) -> Iterator[int]:
        """How many places fit, so far and at last."""
        with told(self.path):
            yield from finding.counts(self._db, wanted)

    def origins(self) -> list[str]:
        """Who made the spans that are there."""
        with told(self.path):
            return finding.origins(self._db)

    def interrupt(self) -> None:
        """End what another thread asks of this store with the UserError "find.interrupted"."""
        self._db.interrupt()

    # Counts

    def counts(self) -> dict[str, int]:
        with told(self.path):
            return reading.counts(self._db)

    def label_counts(self) -> list[tuple[str, str, int]]:
        """(label, state, spans)"""
        with told(self.path):
            return reading.label_counts(self._db)

    def report(self) -> overview.Report:
        """What became of the suggestions, by label and day."""
        with told(self.path):
            return overview.report(self._db)

    def pace(self) -> overview.Pace:
        """How fast the newest decisions were made."""
        with told(self.path):
            return overview.pace(self._db)

    def days(self, most: int = 30) -> list[overview.Day]:
        """How much was decided on which day, the newest last."""
        with told(self.path):
            return overview.days(self._db, most)

    # Decisions and runs

    def history(
        self, document: int | None = None, limit: int = 100, *, reviewer: str = "", day: str = ""
    ) -> list[JournalEntry]:
        """Decisions, newest first, of one article, reviewer or day (`2026-11-24`, UTC), or of all."""
        asked = {"document = ?": document, "reviewer = ?": reviewer, "substr(at, 1, 10) = ?": day}
        parts = {part: value for part, value in asked.items() if value not in (None, "")}
        with told(self.path):
            return journal.entries(self._db, " AND ".join(parts) or "1", parts.values(), limit)

    def span_history(self, span: Span, links: Iterable[int], limit: int = 100) -> list[JournalEntry]:
        """Decisions that touched a span or its links, newest first."""
        with told(self.path):
            return journal.of_span(self._db, span.document, span.id, links, limit)

    def last_decision(self, reviewer: str) -> JournalEntry | None:
        """What an undo would take back."""
        with told(self.path):
            number = journal.to_undo(self._db, reviewer)
            return None if number is None else journal.entry(self._db, number)

    def step_size(self, kind: str, reviewer: str) -> int:
        """How many bytes of the journal an undo or a redo would step over."""
        with told(self.path):
            find = journal.to_undo if kind == "undo" else journal.to_redo
            return journal.size(self._db, find(self._db, reviewer))

    def run(self, number: int) -> Run | None:
        """A run by its id."""
        with told(self.path):
            return runs.one(self._db, number)

    def runs(self, limit: int = 100) -> list[Run]:
        with told(self.path):
            return runs.find(self._db, limit)

    def pending(self, suggester: str, version: str, *, again: bool = False) -> list[tuple[int, int]]:
        """(document, revision) of articles that a suggester has to look at; `again`: all that are not done."""
        with told(self.path):
            return suggesting.pending(self._db, suggester, version, again=again)

    # The memory of decisions

    def decisions(self, documents: Collection[int] | None = None) -> Iterator[tuple[int, list[Decision]]]:
        """What a person said of strings, by article: of these, where there is nothing as well, or of all."""
        with told(self.path):
            yield from remembering.decisions(self._db, documents)

    def holding(self, strings: Iterable[str]) -> set[int]:
        """Articles that are not done and hold all words of one of these strings."""
        with told(self.path):
            return remembering.holding(self._db, strings)

    def known(self, document: int) -> Known | None:
        """An article as the memory sees it; None where it may not say anything there."""
        with told(self.path), snapshot(self._db):
            return remembering.known(self._db, self._handled, document)

    def unremembered(self) -> list[int]:
        """Articles that were decided in since the memory last wrote anything."""
        with told(self.path):
            return remembering.unremembered(self._db)

    def remembered(self) -> list[int]:
        """Articles about which the memory has said anything."""
        with told(self.path):
            return remembering.remembered(self._db)

    def spoken_of(self) -> set[str]:
        """The strings at the places about which the memory says anything, white space made single."""
        with told(self.path):
            return remembering.spoken_of(self._db)

    # Merged-in reviewers

    def reviewers(self) -> list[LayerRow]:
        """Whoever was merged in, with how many articles they were at."""
        with told(self.path):
            return comparing.reviewers(self._db)

    def reviews(self, document: int) -> list[Review]:
        """How far the merged-in reviewers were in an article."""
        with told(self.path):
            return comparing.reviews(self._db, document)

    def done_by_both(self, one: int, other: int) -> list[int]:
        """Articles that two layers are through with, each by itself."""
        with told(self.path):
            return comparing.done_by_both(self._db, one, other)

    def opinions(self, document: int, layer: int) -> list[Opinion]:
        """What was decided about the spans of an article in one layer."""
        with told(self.path), snapshot(self._db):
            return comparing.opinions(self._db, document, layer)

    def settled(self, document: int) -> list[Settled]:
        """The differences of an article that somebody settled."""
        with told(self.path):
            return comparing.settled(self._db, document)

    def reviewed(self) -> tuple[int, int]:
        """The first and the last article that merged-in reviewers were at; (1, 0) where there is none."""
        with told(self.path):
            return comparing.reviewed(self._db)

    def differing(self, layer: int, first: int, last: int) -> list[int]:
        """Articles from one to another that may differ from a reviewer's; each that does is among them."""
        with told(self.path):
            return comparing.differing(self._db, layer, first, last)

    # Export

    def ties(self) -> list[Tie]:
        """Articles that belong together, so that a split does not part them."""
        with told(self.path):
            return telling.ties(self._db)

    def document_names(self, *, documents: str = "done") -> list[str]:
        """The names of the articles that an export writes."""
        with told(self.path):
            return telling.names(self._db, done_only=documents == "done")

    def decided_by(self) -> list[telling.Decider]:
        """Who decided how much, and when."""
        with told(self.path):
            return telling.decided_by(self._db)

    def exporter(self, *, spans: str = "accepted", documents: str = "done") -> Exporter:
        """Records of articles that are done (or "all") with accepted spans (or "all")."""
        with told(self.path):
            return Exporter(
                self._db, self.path, accepted_only=spans == "accepted", done_only=documents == "done"
            )

    def records(self, *, spans: str = "accepted", documents: str = "done") -> Generator[Record]:
        """The records of `exporter`, read at one moment."""
        exporter = self.exporter(spans=spans, documents=documents)
        with told(self.path), snapshot(self._db):
            yield from exporter.records()
