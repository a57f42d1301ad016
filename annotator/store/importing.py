"""Writing interchange records into the project: a few articles a transaction, seen at the end.

Readers have checked the records: offsets lie in the text, states are known. What the project
cannot place (a role of an entity that nothing names) is kept in `extra` and comes out again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, islice
from typing import Any, cast

from annotator.domain.models import (
    ACCEPTED,
    DONE,
    FILL,
    KIND_NAME,
    NEW,
    NEW_HUES,
    OWN_LAYER,
    REJECTED,
    REVIEWER,
    STATES,
    SUGGESTED,
)
from annotator.domain.record import DOCUMENT_FIELDS, Record, RecordSpan
from annotator.store import runs
from annotator.store.connection import immediate
from annotator.store.entities import EntityBook
from annotator.store.imported_spans import AS_IS, GOLD, MODES, SUGGESTIONS, Place, SpanWriter
from annotator.store.reading import closed

__all__ = ["AS_IS", "GOLD", "MODES", "SUGGESTIONS", "Importer", "digest_of"]

_HANGS = frozenset({"entity", "value", "roles", "accused", "accuser"})
"""Fields of a span that name entities."""


class Importer:
    """One run's writing. `counts` says what came in and what was made or met on the way."""

    def __init__(self, connection: sqlite3.Connection, run: int, mode: str, origin: str) -> None:
        self._db = connection
        self._run = run
        self._mode = mode
        self._origin = origin
        self.counts: Counter[str] = Counter()
        self._labels = _Labels(connection, self.counts)
        self._roles: dict[str, int] = dict(connection.execute("SELECT name, id FROM role_type"))
        self._relations: dict[str, int] = dict(connection.execute("SELECT name, id FROM relation_type"))
        self._book = EntityBook(connection, run)
        self._spans = SpanWriter(connection, run, mode, origin, self._labels)
        self._texts: list[int | str | None] = []

    def add(self, records: Iterable[Record]) -> Counter[str]:
        """Write all records, `runs.SLICE` articles at a time."""
        stream = iter(records)
        while batch := list(islice(stream, runs.SLICE)):
            with immediate(self._db, durable=False):
                runs.go_on(self._db, self._run)
                for record in batch:
                    self._add(record)
                self._write_texts()
        return self.counts

    def _add(self, record: Record) -> None:
        text = record["text"]
        digest = digest_of(text)
        document, is_new = self._document(record, digest)
        if is_new:
            self._texts += (document, record.get("title"), text)
        self.counts["documents" if is_new else "documents_known"] += 1
        spans = record.get("spans") or []
        relations = record.get("relations") or []
        self._add_spans(document, text, spans, is_new=is_new)
        hangs = not _HANGS.isdisjoint(chain.from_iterable(spans))
        if hangs or relations:
            places = self._places(document)
            if hangs:
                self._links(record, spans, places)
            self._add_relations(document, relations, spans, places)

    def _write_texts(self) -> None:
        """The texts of a batch in one statement: the search index writes itself down before each one."""
        if self._texts:
            marks = ", ".join(["(?, ?, ?)"] * (len(self._texts) // 3))
            self._db.execute(f"INSERT INTO document_text (id, title, text) VALUES {marks}", self._texts)
            self._texts.clear()

    def _document(self, record: Record, digest: str) -> tuple[int, bool]:
        """The article's id, and whether it is new to the project."""
        head = (record.get("title"), record.get("date"), record.get("source"))
        twin = None
        for number, *known in self._db.execute(
            "SELECT id, title, date, source FROM document WHERE digest = ? "
            f"AND ({closed('document')} OR run = ?) ORDER BY id",
            (digest, self._run),
        ).fetchall():
            if all(a is None or b is None or a == b for a, b in zip(head, known, strict=True)):
                return int(number), False
            twin = twin or int(number)
        extra = {name: value for name, value in record.items() if name not in DOCUMENT_FIELDS}
        cursor = self._db.execute(
            "INSERT INTO document (name, title, date, source, status, flag, note, tags, meta, extra, same_text_as, run, "
            "digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._free_name(record.get("id") or f"text-{digest[:8]}"),
                *head,
                self._status(record),
                int(record.get("flag") or 0),
                record.get("note"),
                _json(record.get("tags") or []),
                _json(record.get("meta") or {}),
                _json(extra),
                twin,
                self._run,
                digest,
            ),
        )
        if twin:
            self.counts["same_text"] += 1
        return cursor.lastrowid or 0, True

    def _status(self, record: Record) -> str:
        if self._mode == GOLD:
            return DONE
        return NEW if self._mode == SUGGESTIONS else record.get("status") or NEW

    def _free_name(self, name: str) -> str:
        if not self._has_name(name):
            return name
        self.counts["renamed"] += 1
        taken, free = 1, 2
        while self._has_name(f"{name}-{free}"):  # one by one, thousands of one name would take minutes
            taken, free = free, 2 * free
        while free - taken > 1:
            middle = (taken + free) // 2
            if self._has_name(f"{name}-{middle}"):
                taken = middle
            else:
                free = middle
        return f"{name}-{free}"

    def _has_name(self, name: str) -> bool:
        return self._db.execute("SELECT 1 FROM document WHERE name = ?", (name,)).fetchone() is not None

    def _add_spans(self, document: int, text: str, spans: list[RecordSpan], *, is_new: bool) -> None:
        """Insert what is not there yet."""
        known = () if is_new else self._places(document)
        states = self._spans.write(document, text, spans, known)
        self.counts["spans"] += states.total()
        self.counts["spans_known"] += len(spans) - states.total()
        self._count(document, states, is_new=is_new)

    def _places(self, document: int) -> dict[Place, int]:
        """The spans of an article by place."""
        found = self._db.execute(
            f'SELECT start, "end", label, id FROM span WHERE document = ? AND layer = {OWN_LAYER}',
            (document,),
        )
        return {(start, end, label): number for start, end, label, number in found}

    def _count(self, document: int, states: Counter[str], *, is_new: bool) -> None:
        """Add to the counts of a new article; those of another one wait until the run closes."""
        counts = tuple(states[state] for state in STATES)
        if is_new:
            self._db.execute(
                "UPDATE document SET suggested = ?, accepted = ?, rejected = ? WHERE id = ?",
                (*counts, document),
            )
            return
        self._db.execute(
            "INSERT INTO run_addition (run, document, suggested, accepted, rejected) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (run, document) DO UPDATE SET suggested = suggested + excluded.suggested, "
            "accepted = accepted + excluded.accepted, rejected = rejected + excluded.rejected",
            (self._run, document, *counts),
        )

    def _links(self, record: Record, spans: list[RecordSpan], places: Mapping[Place, int]) -> None:
        named = record.get("entities") or {}
        for span in spans:
            if self._spans.state(span) == REJECTED:  # its link goes with it
                self.counts["links_rejected"] += not span.keys().isdisjoint(("entity", "value"))
                continue
            number = places[span["start"], span["end"], self._labels[span["label"]]]
            label = self._labels[span["label"]]
            entity = self._book.entity(span.get("entity"), label, span, named)
            if entity is not None:
                self._link(number, entity, span)
        for span in spans:
            number = places[span["start"], span["end"], self._labels[span["label"]]]
            for role, entries in _roles_of(span).items():
                self._add_roles(number, role, entries, named)

    def _link(self, span: int, entity: int, record: RecordSpan) -> None:
        link = record.get("link") or {}
        decided = self._spans.state(record) == ACCEPTED
        state = link.get("state") or (ACCEPTED if decided else SUGGESTED)
        if self._mode == GOLD:
            state = ACCEPTED
        elif self._mode == SUGGESTIONS:
            state = SUGGESTED
        origin = link.get("origin") or (REVIEWER if state == ACCEPTED and record.get("by") else self._origin)
        added = self._db.execute(
            'INSERT OR IGNORE INTO link (span, entity, state, origin, score, "by", at, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
            (span, entity, state, origin, link.get("score"), record.get("by"), record.get("at"), self._run),
        ).rowcount
        self.counts["links" if added else "links_known"] += 1

    def _add_roles(
        self, span: int, role: str, entries: list[dict[str, Any]], named: Mapping[str, Any]
    ) -> None:
        for entry in entries:
            entity = self._book.named(entry["entity"], named, self._labels)
            if entity is None:
                self._keep_role(span, role, entry)
                continue
            self._db.execute(
                "INSERT OR IGNORE INTO role (span, type, entity, state, origin, run) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    span,
                    self._role_type(role),
                    entity,
                    SUGGESTED if self._mode == SUGGESTIONS else entry.get("state") or ACCEPTED,
                    entry.get("origin") or self._origin,
                    self._run,
                ),
            )
            self.counts["roles"] += 1

    def _keep_role(self, span: int, role: str, entry: dict[str, Any]) -> None:
        """Nothing says what this entity is: the role waits in `extra` and is exported from there."""
        self.counts["roles_unplaced"] += 1
        found = self._db.execute("SELECT extra FROM span WHERE id = ?", (span,)).fetchone()[0]
        extra = json.loads(found)
        extra.setdefault("unplaced_roles", {}).setdefault(role, []).append(entry)
        self._db.execute("UPDATE span SET extra = ? WHERE id = ?", (_json(extra), span))

    def _role_type(self, name: str) -> int:
        return self._type(self._roles, "role_type", name)

    def _type(self, known: dict[str, int], table: str, name: str) -> int:
        if name not in known:
            cursor = self._db.execute(
                f"INSERT INTO {table} (name, position) VALUES (?, ?)", (name, len(known) + 1)
            )
            known[name] = cursor.lastrowid or 0
            self.counts[f"{table}:{name}"] += 1
        return known[name]

    def _add_relations(
        self,
        document: int,
        relations: list[dict[str, Any]],
        spans: list[RecordSpan],
        places: Mapping[Place, int],
    ) -> None:
        by_name = {
            span["id"]: places[span["start"], span["end"], self._labels[span["label"]]]
            for span in spans
            if "id" in span
        }
        for relation in relations:
            ends = by_name.get(relation["from"]), by_name.get(relation["to"])
            if None in ends or ends[0] == ends[1]:
                self.counts["relations_unplaced"] += 1
                continue
            self._db.execute(
                "INSERT OR IGNORE INTO relation (document, type, from_span, to_span, state, origin, name, run) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document,
                    self._type(self._relations, "relation_type", relation["type"]),
                    *ends,
                    SUGGESTED if self._mode == SUGGESTIONS else relation.get("state") or ACCEPTED,
                    self._origin,
                    relation.get("id"),
                    self._run,
                ),
            )
            self.counts["relations"] += 1


class _Labels(dict[str, int]):
    """Ids by name; one that the project lacks is made when it is asked for, and counted."""

    def __init__(self, connection: sqlite3.Connection, counts: Counter[str]) -> None:
        super().__init__(connection.execute("SELECT name, id FROM label"))
        self._db = connection
        self._counts = counts

    def __missing__(self, name: str) -> int:
        position = len(self) + 1
        taken = {key for (key,) in self._db.execute("SELECT key FROM label")}
        free = next((key for key in "123456789" if key not in taken), None)
        cursor = self._db.execute(
            "INSERT INTO label (name, key, hue, style, kind, position) VALUES (?, ?, ?, ?, ?, ?)",
            (name, free, NEW_HUES[position % len(NEW_HUES)], FILL, KIND_NAME, position),
        )
        self[name] = cursor.lastrowid or 0
        self._counts[f"label:{name}"] += 1
        return self[name]


def digest_of(text: str) -> str:
    """By which an article of the same text is known."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _roles_of(span: RecordSpan) -> dict[str, list[dict[str, Any]]]:
    """The roles of a span; plain `accused` and `accuser` lists (the gold files) are accepted ones."""
    roles: dict[str, list[dict[str, Any]]] = {
        name: [dict(entry) for entry in entries] for name, entries in (span.get("roles") or {}).items()
    }
    for name in ("accused", "accuser"):
        plain = cast("Mapping[str, Any]", span).get(name) or []
        roles.setdefault(name, []).extend({"entity": key, "state": ACCEPTED} for key in plain)
    return {name: entries for name, entries in roles.items() if entries}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
