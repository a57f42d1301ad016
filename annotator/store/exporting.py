"""The project as interchange records, in queue order, a few hundred articles in memory at once."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from annotator.domain.models import ACCEPTED, DONE, NEW, OWN_LAYER, REJECTED
from annotator.domain.record import Record
from annotator.store.reading import LISTED, closed
from annotator.store.trouble import told

_BATCH = 200
_SCOPE = f"document BETWEEN ? AND ? AND layer = {OWN_LAYER} AND {closed('span')}"
_RARE = (
    '"by", at, score, flag, note, mod, suggested_start, suggested_end, suggested_label, suggested_by, extra'
)
_IS_RARE = (
    "coalesce(\"by\", at, score, nullif(flag, 0), note, mod, suggested_by, nullif(extra, '{}')) IS NOT NULL"
)
"""Few spans have any of these: the others are read in two thirds of the time without them."""


class Exporter:
    """Reads records; `left_out` counts what the choice of spans and articles leaves behind."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, *, accepted_only: bool, done_only: bool
    ) -> None:
        self._db = connection
        self._path = path
        self._accepted_only = accepted_only
        self._done_only = done_only
        self._labels: dict[int, str] = dict(connection.execute("SELECT id, name FROM label"))

    def records(self) -> Iterator[Record]:
        """Every record that was asked for."""
        last = 0
        done = f"AND status = '{DONE}'" if self._done_only else ""
        while True:
            documents = self._db.execute(
                "SELECT document.id, name, document.title, date, source, status, note, flag, tags, meta, extra, text "
                f"FROM document JOIN document_text USING (id) WHERE {LISTED} AND document.id > ? {done} ORDER BY document.id LIMIT {_BATCH}",
                (last,),
            ).fetchall()
            if not documents:
                return
            first, last = documents[0][0], documents[-1][0]
            hanging = _Hanging(self._db, first, last, accepted_only=self._accepted_only)
            spans = self._spans(first, last, hanging)
            for row in documents:
                yield self._record(row, spans, hanging)

    def left_out(self) -> dict[str, int]:
        """Articles that are not done and spans that are not accepted, where those were not asked for."""
        counts = {}
        if self._done_only:
            counts["documents_open"] = self._one(
                f"SELECT count(*) FROM document WHERE {LISTED} AND status <> '{DONE}'"
            )
        done = f"AND status = '{DONE}'" if self._done_only else ""
        if self._accepted_only:
            for state in ("suggested", "rejected"):
                counts[f"spans_{state}"] = self._one(
                    f"SELECT coalesce(sum({state}), 0) FROM document WHERE {LISTED} {done}"
                )
        return {name: count for name, count in counts.items() if count}

    def count(self) -> int:
        """How many records there will be."""
        done = f"AND status = '{DONE}'" if self._done_only else ""
        return self._one(f"SELECT count(*) FROM document WHERE {LISTED} {done}")

    def _one(self, query: str) -> int:
        with told(self._path):
            return int(self._db.execute(query).fetchone()[0])

    def _spans(self, first: int, last: int, hanging: _Hanging) -> _Spans:
        accepted = f"AND state = '{ACCEPTED}'" if self._accepted_only else ""
        rows = self._db.execute(
            f'SELECT document, id, name, start, "end", label, text, state, origin, {_IS_RARE} FROM span '
            f'WHERE {_SCOPE} {accepted} ORDER BY document, start, "end" DESC, label',
            (first, last),
        )
        found = _Spans(defaultdict(list), {}, defaultdict(dict))
        rare: dict[int, dict[str, Any]] | None = None
        for document, number, name, start, end, label, text, state, origin, is_rare in rows:
            key = name or f"s{number}"
            taken = found.keys[document]
            while key in taken:
                key += "-"
            taken[key] = number
            found.names[number] = key
            span = {
                "id": key,
                "start": start,
                "end": end,
                "label": self._labels[label],
                "text": text,
                "state": state,
                "origin": origin,
            }
            if is_rare:
                rare = self._rare(first, last) if rare is None else rare
                span |= rare[number]
            if number in hanging.spans:
                hanging.put_on(span, number)
            found.of[document].append(span)
        return found

    def _rare(self, first: int, last: int) -> dict[int, dict[str, Any]]:
        """By span, the fields that few spans have."""
        rare = {}
        for number, by, at, score, flag, note, mod, start, end, label, suggester, extra in self._db.execute(
            f"SELECT id, {_RARE} FROM span WHERE {_SCOPE} AND {_IS_RARE}", (first, last)
        ):
            fields = {
                "by": by,
                "at": at,
                "score": score,
                "note": note,
                "mod": mod,
                "flag": bool(flag) or None,
            }
            if suggester is not None:
                label_name = self._labels[label]
                fields["suggested"] = {"start": start, "end": end, "label": label_name, "by": suggester}
            known = {name: value for name, value in fields.items() if value is not None}
            rare[number] = known | json.loads(extra)
        return rare

    def _record(self, row: Any, spans: _Spans, hanging: _Hanging) -> Record:
        number, name, title, date, source, status, note, flag, tags, meta, extra, text = row
        record: dict[str, Any] = {"id": name}
        for field, value in (("title", title), ("date", date), ("source", source)):
            if value is not None:
                record[field] = value
        if status != NEW:
            record["status"] = status
        if note is not None:
            record["note"] = note
        if flag:
            record["flag"] = True
        if tags != "[]":
            record["tags"] = json.loads(tags)
        if meta != "{}":
            record["meta"] = json.loads(meta)
        if extra != "{}":
            record |= json.loads(extra)
        record["text"] = text
        record["spans"] = spans.of[number]
        relations = hanging.relations_of(number, spans.names)
        if relations:
            record["relations"] = relations
        entities = {
            key: hanging.entities[key]
            for span in spans.keys[number].values()
            if span in hanging.spans
            for key in hanging.keys_of(span)
        }
        if entities:
            record["entities"] = entities
        return record  # type: ignore[return-value]


class _Spans(NamedTuple):
    """The span records of some articles."""

    of: dict[int, list[dict[str, Any]]]
    names: dict[int, str]  # the record's id of each span
    keys: dict[int, dict[str, int]]  # by article, each id with the span that has it


class _Hanging:
    """Links, roles, relations and entities of a range of articles."""

    def __init__(self, connection: sqlite3.Connection, first: int, last: int, *, accepted_only: bool) -> None:
        state = f"= '{ACCEPTED}'" if accepted_only else f"<> '{REJECTED}'"
        scope = f"span.document BETWEEN {first:d} AND {last:d} AND span.layer = {OWN_LAYER}"
        self._links: dict[int, tuple[str, str, str, float | None]] = {}
        for span, *link in connection.execute(
            "SELECT span.id, entity.key, link.state, link.origin, link.score FROM span JOIN link ON link.span = span.id "
            f"JOIN entity ON entity.id = link.entity WHERE {scope} AND link.state {state} AND {closed('link')} ORDER BY link.state DESC"
        ):
            self._links[span] = (link[0], link[1], link[2], link[3])  # accepted comes last and stands
        self._roles: dict[int, dict[str, list[dict[str, str]]]] = defaultdict(dict)
        for span, role, key, role_state, origin in connection.execute(
            "SELECT span.id, role_type.name, entity.key, role.state, role.origin FROM span JOIN role ON role.span = span.id "
            "JOIN role_type ON role_type.id = role.type JOIN entity ON entity.id = role.entity "
            f"WHERE {scope} AND role.state {state} AND {closed('role')} ORDER BY role.id"
        ):
            entry = {"entity": key, "state": role_state, "origin": origin}
            self._roles[span].setdefault(role, []).append(entry)
        self._relations: dict[int, list[Any]] = defaultdict(list)
        for document, *relation in connection.execute(
            "SELECT document, relation.name, relation.id, relation_type.name, from_span, to_span, state FROM relation "
            "JOIN relation_type ON relation_type.id = relation.type "
            f"WHERE document BETWEEN {first:d} AND {last:d} AND state {state} AND {closed('relation')} ORDER BY relation.id"
        ):
            self._relations[document].append(relation)
        self.entities = self._read_entities(connection)
        self.spans = self._links.keys() | self._roles.keys()

    def _read_entities(self, connection: sqlite3.Connection) -> dict[str, dict[str, Any]]:
        keys = {link[0] for link in self._links.values()}
        keys |= {
            entry["entity"] for roles in self._roles.values() for role in roles.values() for entry in role
        }
        found = {}
        for key in sorted(keys):
            label, name, aliases, value, uri, note, extra = connection.execute(
                "SELECT label.name, entity.name, aliases, value, uri, note, extra FROM entity "
                "JOIN label ON label.id = entity.label WHERE entity.key = ?",
                (key,),
            ).fetchone()
            entity = {"label": label, "name": name, "value": value, "uri": uri, "note": note}
            if aliases != "[]":
                entity["aliases"] = json.loads(aliases)
            found[key] = {field: each for field, each in entity.items() if each is not None} | json.loads(
                extra
            )
        return found

    def keys_of(self, span: int) -> list[str]:
        """The entities that a span names, by link and role."""
        keys = [self._links[span][0]] if span in self._links else []
        return keys + [entry["entity"] for role in self._roles.get(span, {}).values() for entry in role]

    def relations_of(self, document: int, names: dict[int, str]) -> list[dict[str, str]]:
        """The relations between spans of an article that have a name here."""
        return [
            {"id": key or f"r{number}", "type": type_, "from": names[start], "to": names[end], "state": state}
            for key, number, type_, start, end, state in self._relations.get(document, ())
            if start in names and end in names
        ]

    def put_on(self, record: dict[str, Any], span: int) -> None:
        """Add a span's entity, value, link and roles to its record."""
        link = self._links.get(span)
        if link is not None:
            key, state, origin, score = link
            record["entity"] = key
            if "value" in self.entities[key]:
                record["value"] = self.entities[key]["value"]
            record["link"] = {"state": state, "origin": origin} | ({} if score is None else {"score": score})
        unplaced = record.pop("unplaced_roles", {})
        roles = {
            **unplaced,
            **{name: entries + unplaced.get(name, []) for name, entries in self._roles.get(span, {}).items()},
        }
        if roles:
            record["roles"] = roles
