"""What a linker reads, and its proposals into the project, without touching what a person decided.

Like a suggestion run it is whole slice by slice: what was written stays when the run ends early.
A span has at most one open proposal; one of another origin stands.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from annotator.domain import names
from annotator.domain.changes import Message
from annotator.domain.linking import (
    ArticleMentions,
    Group,
    KnownEntity,
    Member,
    Mention,
    ProposedRole,
)
from annotator.domain.models import ACCEPTED, NEW, OWN_LAYER, REJECTED, STATES, SUGGESTED, Document, Link
from annotator.domain.reasons import written
from annotator.domain.text import shortened
from annotator.store.applying import bump, drop_orphan
from annotator.store.connection import immediate
from annotator.store.handled import Handled
from annotator.store.reading import LISTED, OWN_SPANS, free_key, rows
from annotator.store.runs import SLICE
from annotator.store.trouble import told

_T = TypeVar("_T")

_MEMBERS = 250
"""Links in one transaction: about 4 ms."""
_SWEPT = 500
_LONGEST_NAME = 200


class _Open(NamedTuple):
    """A link of a span as it stands."""

    id: int
    entity: int
    state: str
    origin: str
    score: float | None
    why: str | None


def linkable(connection: sqlite3.Connection) -> Iterator[ArticleMentions]:
    """Every listed article with its spans that are not rejected, in queue order, some at a time."""
    last = 0
    while True:
        articles = connection.execute(
            f"SELECT document.id, text, date FROM document JOIN document_text USING (id) WHERE {LISTED} "
            "AND document.id > ? ORDER BY document.id LIMIT ?",
            (last, SLICE),
        ).fetchall()
        if not articles:
            return
        first, last = articles[0][0], articles[-1][0]
        mentions: dict[int, list[Mention]] = {}
        for document, *span in connection.execute(
            'SELECT span.document, span.id, span.start, span."end", label.name, label.kind, link.entity FROM span '
            f"JOIN label ON label.id = span.label LEFT JOIN link ON link.span = span.id AND link.state = '{ACCEPTED}' "
            f"WHERE span.document BETWEEN ? AND ? AND {OWN_SPANS} AND span.state <> '{REJECTED}' "
            'ORDER BY span.document, span.start, span."end" DESC, span.label',
            (first, last),
        ):
            mentions.setdefault(document, []).append(Mention(*span))
        for document, text, date in articles:
            yield ArticleMentions(document, text, date, mentions.get(document, []))


def known_entities(connection: sqlite3.Connection) -> list[KnownEntity]:
    """Entities that a person or a knowledge base stands for; those that are only proposed are not."""
    found = connection.execute(
        "SELECT entity.id, label.name, label.kind, entity.name, aliases FROM entity JOIN label ON label.id = entity.label "
        "WHERE known = 1 OR note IS NOT NULL OR uri IS NOT NULL OR aliases <> '[]' "
        f"OR EXISTS (SELECT 1 FROM link WHERE entity = entity.id AND state = '{ACCEPTED}') "
        "OR EXISTS (SELECT 1 FROM distinct_pair WHERE entity.id IN (first, second)) ORDER BY entity.id"
    )
    return [
        KnownEntity(number, label, kind, (name, *json.loads(aliases)))
        for number, label, kind, name, aliases in found
    ]


def links_above(connection: sqlite3.Connection, score: float) -> tuple[list[Link], list[Document]]:
    """Open proposals at least this sure whose spans are accepted, and their articles that are new."""
    of_spans = (
        f"JOIN span ON span.id = link.span WHERE link.state = '{SUGGESTED}' AND link.score >= ? "
        f"AND span.state = '{ACCEPTED}' AND {OWN_SPANS}"
    )
    links = rows(connection, Link, "link", f"{of_spans} ORDER BY link.id", (score,))
    new = rows(
        connection,
        Document,
        "document",
        f"WHERE status = '{NEW}' AND id IN (SELECT span.document FROM link {of_spans}) ORDER BY id",
        (score,),
    )
    return links, new


class _Span(NamedTuple):
    """A span that may be linked."""

    document: int
    label: int
    links: list[_Open]


class LinkWriter:
    """One run of one linker. Its earlier proposals that it does not make again go at the end."""

    def __init__(
        self, connection: sqlite3.Connection, handled: Handled, path: Path, run: int, linker: str
    ) -> None:
        self._db = connection
        self._path = path
        self._run = run
        self._linker = linker
        self._labels: dict[str, int] = dict(connection.execute("SELECT name, id FROM label"))
        self._handled = handled
        self._kept: set[int] = set()
        self._kept_roles: set[int] = set()
        self._taken: set[int] = set()
        self._touched: set[int] = set()
        self._new: list[tuple[int, int, str, float, str, int]] = []
        self._reasons: dict[int, tuple[Message, str]] = {}
        self.counts: Counter[str] = Counter()

    def add(self, groups: Iterable[Group]) -> int:
        """Write some groups, a few hundred links a transaction; how many mentions they have."""
        done = 0
        for slice_ in _slices(groups):
            with told(self._path), self._writing():
                self._write(slice_)
            done += sum(len(members) for _, members in slice_)
        return done

    def add_roles(self, roles: Iterable[ProposedRole]) -> None:
        """Propose who has which role in an allegation, where a mention of theirs is linked or proposed."""
        waiting = iter(roles)
        while part := list(islice(waiting, _MEMBERS)):
            with told(self._path), self._writing():
                for role in part:
                    self._propose_role(role)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction that knows what has been decided up to it."""
        with immediate(self._db):
            self._handled.read_on()
            yield

    def _propose_role(self, role: ProposedRole) -> None:
        found = self._db.execute(
            "SELECT link.entity, role_type.id, span.document FROM span, role_type, link "
            "WHERE span.id = ?1 AND span.state <> 'rejected' AND role_type.name = ?2 AND link.span = ?3 "
            "AND link.state <> 'rejected' ORDER BY link.state LIMIT 1",  # an accepted link first
            (role.span, role.role, role.mention),
        ).fetchone()
        if found is None:
            return
        entity, kind, document = found
        standing = self._db.execute(
            "SELECT id, entity, state, origin FROM role WHERE span = ? AND type = ?", (role.span, kind)
        ).fetchall()
        for number, other, state, origin in standing:
            if other == entity or state == ACCEPTED or self._handled.names("role", number):
                if state == SUGGESTED and origin == self._linker:
                    self._kept_roles.add(number)
                return  # it stands, was refused, or a person has had a say in it
        made = self._db.execute(
            f"INSERT INTO role (span, type, entity, state, origin, score, run) VALUES (?, ?, ?, '{SUGGESTED}', ?, ?, ?)",
            (role.span, kind, entity, self._linker, role.score, self._run),
        ).lastrowid
        self._kept_roles.add(made or 0)
        self._touched.add(document)
        self.counts["roles"] += 1

    def finish(self) -> Counter[str]:
        """Take back what this linker proposed earlier and not now, and count what was done."""
        with told(self._path):
            for table, kept in (("link", self._kept), ("role", self._kept_roles)):
                for part in _parts(self._stale(table, kept)):
                    with self._writing():
                        self._withdraw(table, self._handled.free(table, part))
        return self.tell()

    def _stale(self, table: str, kept: set[int]) -> list[tuple[int, int]]:
        """Earlier proposals of this linker that it does not make any more, each with its entity."""
        found = self._db.execute(
            f"SELECT id, entity FROM {table} WHERE origin = ? AND state = ? AND run IS NOT ?",
            (self._linker, SUGGESTED, self._run),
        )
        return [(number, entity) for number, entity in found if number not in kept]

    def _touch(self, spans: list[int]) -> None:
        self._touched.update(
            document
            for (document,) in self._db.execute(
                "SELECT document FROM span WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(spans),)
            )
        )

    def tell(self) -> Counter[str]:
        """Count the change in every article that got or lost proposals; what was done so far."""
        with told(self._path):
            for part in _parts(sorted(self._touched)):
                with immediate(self._db):
                    for document in part:
                        bump(self._db, {document: dict.fromkeys(STATES, 0)})
        self._touched.clear()
        return self.counts

    def _write(self, groups: Sequence[tuple[_Target, list[Member]]]) -> None:
        standing = self._standing([member.span for _, members in groups for member in members])
        concerned: set[int] = set()
        for target, members in groups:
            entity = self._entity(target, members, standing)
            if entity is None:
                continue
            concerned.add(entity)
            for member in members:
                span = standing.get(member.span)
                if span is not None and span.label == self._labels[target.group.label]:
                    concerned |= self._propose(member, entity, span)
                else:
                    self.counts["left"] += 1  # gone, rejected or another one meanwhile
        self._insert()
        self._drop_empty(concerned)  # not before: what one group lost may be another's from now on

    def _standing(self, spans: list[int]) -> dict[int, _Span]:
        """The spans as they are, with the links that they have; those that are gone are not there."""
        found: dict[int, _Span] = {}
        for number, document, label, *link in self._db.execute(
            "SELECT span.id, document, label, link.id, entity, link.state, link.origin, link.score, why "
            f"FROM span LEFT JOIN link ON link.span = span.id WHERE span.layer = {OWN_LAYER} "
            f"AND span.state <> '{REJECTED}' AND span.id IN (SELECT value FROM json_each(?))",
            (json.dumps(spans),),
        ):
            span = found.get(number)
            if span is None:
                span = found[number] = _Span(document, label, [])
            if link[0] is not None:
                span.links.append(_Open(*link))
        return found

    def _entity(self, target: _Target, members: list[Member], standing: dict[int, _Span]) -> int | None:
        """The group's entity: the known one, that of its value, the one it had before, or a new one."""
        group = target.group
        label = self._labels.get(group.label)
        if label is None:
            return None
        if group.entity is not None:
            return group.entity if self._stands(group.entity, label) else None  # merged meanwhile
        if target.entity is None or not self._stands(target.entity, label):
            target.entity = self._with_value(label, group.value) or self._earlier(members, standing)
            target.entity = target.entity or self._make(label, group)
        self._taken.add(target.entity)
        return target.entity

    def _stands(self, entity: int, label: int) -> bool:
        found = self._db.execute("SELECT 1 FROM entity WHERE id = ? AND label = ?", (entity, label))
        return found.fetchone() is not None

    def _with_value(self, label: int, value: str | None) -> int | None:
        if value is None:
            return None
        found = self._db.execute(
            "SELECT id FROM entity WHERE label = ? AND value = ?", (label, value)
        ).fetchone()
        return None if found is None else int(found[0])

    def _earlier(self, members: list[Member], standing: dict[int, _Span]) -> int | None:
        """Where most of the members were proposed to belong before: an entity stays what it is."""
        votes = Counter(
            link.entity
            for member in members
            for link in (standing[member.span].links if member.span in standing else ())
            if self._is_own(link) and link.entity not in self._taken
        )
        return votes.most_common(1)[0][0] if votes else None

    def _make(self, label: int, group: Group) -> int:
        name = shortened(group.name, _LONGEST_NAME)
        base = f"date:{group.value}" if group.value else names.key_of(group.label, name)
        cursor = self._db.execute(
            "INSERT INTO entity (key, label, name, value, run) VALUES (?, ?, ?, ?, ?)",
            (free_key(self._db, base), label, name, group.value, self._run),
        )
        return cursor.lastrowid or 0

    def _propose(self, member: Member, entity: int, span: _Span) -> set[int]:
        """Whom the span is proposed to mean; the entity that it was proposed to mean before."""
        own = None
        for link in span.links:
            if self._is_own(link):
                own = link
            elif link.state != REJECTED or link.entity == entity:
                self.counts["left"] += 1  # a person or an import said something about it already
                return set()
        why = self._why(member.why)
        if own is not None:
            same = own[1:] == (entity, SUGGESTED, self._linker, member.score, why)
            if same or not self._may_replace(own, entity):
                self._kept.add(own.id)
                self.counts["kept"] += 1
                return set()
        self._new.append((member.span, entity, self._linker, member.score, why, self._run))
        self._touched.add(span.document)
        return set() if own is None else self._remove("link", [(own.id, own.entity)])

    def _may_replace(self, own: _Open, entity: int) -> bool:
        """Whether an earlier proposal may make room for one of this entity."""
        if own.entity == entity:
            return not self._handled.names("link", own.id)
        return bool(self._handled.free("link", [(own.id, own.entity)]))

    def _insert(self) -> None:
        self._db.executemany(
            "INSERT INTO link (span, entity, state, origin, score, why, run) "
            f"VALUES (?, ?, '{SUGGESTED}', ?, ?, ?, ?)",
            self._new,
        )
        self.counts["proposed"] += len(self._new)
        self._new.clear()

    def _why(self, why: Message) -> str:
        """A reason as it is written; many links share one."""
        found = self._reasons.get(id(why))
        if found is None or found[0] is not why:
            found = self._reasons[id(why)] = why, written(why)
        return found[1]

    def _is_own(self, link: _Open) -> bool:
        return link.state == SUGGESTED and link.origin == self._linker

    def _withdraw(self, table: str, rows: list[tuple[int, int]]) -> None:
        """Take proposals (id, entity) back, with the entities that nothing else keeps."""
        self._drop_empty(self._remove(table, rows))

    def _remove(self, table: str, rows: list[tuple[int, int]]) -> set[int]:
        found = self._db.execute(
            f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?)) AND state = ? RETURNING span, entity",
            (json.dumps([number for number, _ in rows]), SUGGESTED),
        ).fetchall()
        if table == "link":
            self.counts["withdrawn"] += len(found)
        self._touch([span for span, _ in found])
        return {entity for _, entity in found}

    def _drop_empty(self, entities: Iterable[int]) -> None:
        for entity in entities:
            drop_orphan(self._db, entity)


class _Target:
    """A group on its way: a large one is written in several slices, under one entity."""

    __slots__ = ("entity", "group")

    def __init__(self, group: Group) -> None:
        self.group = group
        self.entity: int | None = None


def _slices(groups: Iterable[Group]) -> Iterator[list[tuple[_Target, list[Member]]]]:
    """Groups, or parts of one, with at most `_MEMBERS` members in all."""
    slice_: list[tuple[_Target, list[Member]]] = []
    room = _MEMBERS
    for group in groups:
        target, rest = _Target(group), iter(group.members)
        while part := list(islice(rest, room)):
            slice_.append((target, part))
            room -= len(part)
            if not room:
                yield slice_
                slice_, room = [], _MEMBERS
    if slice_:
        yield slice_


def _parts(rows: list[_T]) -> Iterator[list[_T]]:
    return (rows[start : start + _SWEPT] for start in range(0, len(rows), _SWEPT))
