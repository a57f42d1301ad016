"""The project as interchange records, in queue order, a few hundred articles in memory at once."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from annotator.domain.models import ACCEPTED, DONE, NEW, OWN_LAYER, REJECTED
from annotator.domain.record import Record
from annotator.store.reading import LISTED, closed

_BATCH = 200
_SPAN_COLUMNS = (
    'document, span.id, span.name, start, "end", label.name, text, state, origin, "by", at, score, flag, note, mod, '
    "suggested_start, suggested_end, suggested_label, suggested_by, extra"
)
_OPTIONAL = ("by", "at", "score", "flag", "note", "mod")


class Exporter:
    """Reads records; `left_out` counts what the choice of spans and articles leaves behind."""

    def __init__(self, connection: sqlite3.Connection, *, accepted_only: bool, done_only: bool) -> None:
        self._db = connection
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
            spans, names = self._spans(first, last)
            hanging = _Hanging(self._db, first, last, accepted_only=self._accepted_only)
            for row in documents:
                yield self._record(row, spans.get(row[0], []), names, hanging)

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
        return int(self._db.execute(query).fetchone()[0])

    def _spans(self, first: int, last: int) -> tuple[dict[int, list[Any]], dict[int, str]]:
        """Span rows by document, and the record's id of each span by its own."""
        accepted = f"AND state = '{ACCEPTED}'" if self._accepted_only else ""
        rows = self._db.execute(
            f"SELECT {_SPAN_COLUMNS} FROM span JOIN label ON label.id = span.label "
            f"WHERE document BETWEEN ? AND ? AND layer = {OWN_LAYER} {accepted} "
            f"AND {closed('span')} ORDER BY document, start, end DESC, span.label",
            (first, last),
        )
        spans: dict[int, list[Any]] = defaultdict(list)
        names: dict[int, str] = {}
        for row in rows:
            spans[row[0]].append(row)
            names[row[1]] = row[2] or f"s{row[1]}"
        return spans, names

    def _record(self, row: Any, spans: list[Any], names: dict[int, str], hanging: _Hanging) -> Record:
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
        record["spans"] = [self._span(span, names, hanging) for span in spans]
        relations = [
            each for each in hanging.relations.get(number, ()) if each[3] in names and each[4] in names
        ]
        if relations:
            record["relations"] = [
                {
                    "id": each[0] or f"r{each[1]}",
                    "type": each[2],
                    "from": names[each[3]],
                    "to": names[each[4]],
                    "state": each[5],
                }
                for each in relations
            ]
        entities = {key: hanging.entities[key] for span in spans for key in hanging.keys_of(span[1])}
        if entities:
            record["entities"] = entities
        return record  # type: ignore[return-value]

    def _span(self, row: Any, names: dict[int, str], hanging: _Hanging) -> dict[str, Any]:
        span: dict[str, Any] = {
            "id": names[row[1]],
            "start": row[3],
            "end": row[4],
            "label": row[5],
            "text": row[6],
            "state": row[7],
            "origin": row[8],
        }
        for index, field in enumerate(_OPTIONAL, 9):
            value = row[index]
            if value is not None:
                if field == "flag":
                    if value:
                        span["flag"] = True
                else:
                    span[field] = value
        if row[18] is not None:
            span["suggested"] = {
                "start": row[15],
                "end": row[16],
                "label": self._labels[row[17]],
                "by": row[18],
            }
        if row[19] != "{}":
            span |= json.loads(row[19])
        hanging.put_on(span, row[1])
        return span


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
        self.relations: dict[int, list[Any]] = defaultdict(list)
        for document, *relation in connection.execute(
            "SELECT document, relation.name, relation.id, relation_type.name, from_span, to_span, state FROM relation "
            "JOIN relation_type ON relation_type.id = relation.type "
            f"WHERE document BETWEEN {first:d} AND {last:d} AND state {state} AND {closed('relation')} ORDER BY relation.id"
        ):
            self.relations[document].append(relation)
        self.entities = self._read_entities(connection)

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
