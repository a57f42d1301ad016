"""Which entity an imported key means: its own of this import, one of the project, or a new one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from annotator.domain.models import KIND_DATE
from annotator.domain.names import key_of
from annotator.domain.record import ENTITY_FIELDS
from annotator.store.reading import free_key

_BY_KEY = (
    "SELECT id, label, name, aliases, uri, key = ?1 FROM entity "
    "WHERE key = ?1 OR id = (SELECT entity FROM key_alias WHERE key = ?1)"
)
"""By its own key or that of one that was merged into it, whose name is among its aliases."""


class EntityBook:
    """The keys of one import. Entities of two imports are one only where key, label and name
    (or uri) agree; dates are one where the value agrees."""

    def __init__(self, connection: sqlite3.Connection, run: int) -> None:
        self._db = connection
        self._run = run
        self._met: dict[tuple[str, int], int] = {}
        self._by_key: dict[str, int] = {}
        self._kinds: dict[int, str] = dict(connection.execute("SELECT id, kind FROM label"))

    def entity(
        self, key: str | None, label: int, span: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]
    ) -> int | None:
        """The entity of a span by its `entity` key or its `value`; None where it has neither."""
        about = named.get(key, {}) if key else {}
        value = about.get("value") or span.get("value")
        if key is None and value is None:
            return None
        if value is not None and self._is_date(label):
            return self._date(key, label, value, about, span.get("text", value))
        if key is None:
            return None
        found = self._met.get((key, label))
        if found is None:
            found = self._find(key, label, about) or self._make(key, label, about, span.get("text") or key)
            self._remember(key, label, found)
        return found

    def named(
        self, key: str, named: Mapping[str, Mapping[str, Any]], labels: Mapping[str, int]
    ) -> int | None:
        """The entity of a role: met before, described in the record, or already in the project."""
        if key in self._by_key:
            return self._by_key[key]
        about = named.get(key)
        if about and about.get("label") in labels:
            return self.entity(key, labels[about["label"]], {"text": about.get("name") or key}, named)
        found = self._db.execute(_BY_KEY, (key,)).fetchone()
        return None if found is None else int(found[0])

    def _is_date(self, label: int) -> bool:
        if label not in self._kinds:
            self._kinds = dict(self._db.execute("SELECT id, kind FROM label"))
        return self._kinds[label] == KIND_DATE

    def _remember(self, key: str, label: int, number: int) -> None:
        self._met[key, label] = number
        self._by_key.setdefault(key, number)

    def _date(self, key: str | None, label: int, value: str, about: Mapping[str, Any], name: str) -> int:
        found = self._met.get((f"={value}", label))
        if found is None:
            row = self._db.execute(
                "SELECT id FROM entity WHERE label = ? AND value = ?", (label, value)
            ).fetchone()
            found = (
                int(row[0])
                if row
                else self._make(key or f"date:{value}", label, {**about, "value": value}, name)
            )
            self._met[f"={value}", label] = found
        if key is not None:
            self._remember(key, label, found)
        return found

    def _find(self, key: str, label: int, about: Mapping[str, Any]) -> int | None:
        row = self._db.execute(_BY_KEY, (key,)).fetchone()
        if row is None:
            return None
        number, its_label, its_name, aliases, its_uri, is_own_key = row
        name, uri = about.get("name"), about.get("uri")
        names = [None, its_name, *([] if is_own_key else json.loads(aliases))]
        agrees = name in names or (uri is not None and uri == its_uri)
        return int(number) if its_label == label and agrees else None

    def _make(self, key: str, label: int, about: Mapping[str, Any], name: str) -> int:
        extra = {field: value for field, value in about.items() if field not in ENTITY_FIELDS}
        cursor = self._db.execute(
            "INSERT INTO entity (key, label, name, aliases, uri, note, value, extra, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                free_key(self._db, key or key_of("", name)),
                label,
                about.get("name") or name,
                json.dumps(about.get("aliases") or [], ensure_ascii=False),
                about.get("uri"),
                about.get("note"),
                about.get("value"),
                json.dumps(extra, ensure_ascii=False),
                self._run,
            ),
        )
        return cursor.lastrowid or 0
