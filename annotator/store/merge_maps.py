"""What a row of the project that is merged in is called here: labels, types, layers, entities.

Labels, types and layers are one where the name agrees. Entities are one where key and label agree
and they share a name (now, or before a renaming) or a uri; dates where the value agrees. One whose key means another here gets
a key that its name decides, so that it is the same whatever is merged first.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.domain.changes import RowChange
from annotator.domain.models import OWN_LAYER, Entity, Row
from annotator.store import merge_names
from annotator.store.merge_names import Names, names_of
from annotator.store.reading import rows

OTHER = "other"
"""The schema under which the project that is merged in is attached."""
_MAPS = ("label", "role_type", "relation_type", "layer", "entity")


class Maps:
    """Ids there to ids here, in temporary tables `map_TABLE`; what is missing here is made."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        run: int,
        reviewer: str,
        former_here: Mapping[int, set[str]],
        former_there: Mapping[int, set[str]],
    ) -> None:
        """`former_here` and `former_there` are the names that entities had before, by entity."""
        self._db = connection
        self._run = run
        self._former = former_here, former_there
        for table in _MAPS:
            connection.execute(f"DROP TABLE IF EXISTS temp.map_{table}")
            connection.execute(
                f"CREATE TEMP TABLE map_{table} (theirs INTEGER PRIMARY KEY, mine INTEGER NOT NULL)"
            )
        self._labels()
        for table in ("role_type", "relation_type"):
            self._types(table)
        self._layers(reviewer)

    def _put(self, table: str, theirs: int, mine: int) -> None:
        self._db.execute(f"INSERT INTO temp.map_{table} VALUES (?, ?)", (theirs, mine))

    def _labels(self) -> None:
        known = dict(self._db.execute("SELECT name, id FROM label"))
        taken = {key for (key,) in self._db.execute("SELECT key FROM label")}
        for theirs, name, key, *rest in self._db.execute(
            f"SELECT id, name, key, hue, style, kind, description FROM {OTHER}.label ORDER BY position, id"
        ).fetchall():
            if name not in known:
                free = key if key not in taken else None
                taken.add(free)
                known[name] = self._insert(
                    "label (name, key, hue, style, kind, description, position)",
                    (name, free, *rest, len(known) + 1),
                )
            self._put("label", theirs, known[name])

    def _types(self, table: str) -> None:
        known = dict(self._db.execute(f"SELECT name, id FROM {table}"))
        for theirs, name in self._db.execute(
            f"SELECT id, name FROM {OTHER}.{table} ORDER BY position, id"
        ).fetchall():
            if name not in known:
                known[name] = self._insert(f"{table} (name, position)", (name, len(known) + 1))
            self._put(table, theirs, known[name])

    def _layers(self, reviewer: str) -> None:
        for theirs, name, who in self._db.execute(
            f"SELECT id, name, reviewer FROM {OTHER}.layer ORDER BY id"
        ).fetchall():
            own = theirs == OWN_LAYER
            self._put("layer", theirs, self._layer(reviewer if own else name, reviewer if own else who))

    def _layer(self, name: str, reviewer: str | None) -> int:
        found = self._db.execute("SELECT id FROM layer WHERE name = ?", (name,)).fetchone()
        if found is not None and found[0] != OWN_LAYER:
            return int(found[0])
        free = name if found is None else f"{name} (merged)"
        if found is not None:
            return self._layer(free, reviewer)
        return self._insert("layer (name, reviewer)", (free, reviewer))

    def _insert(self, what: str, values: tuple[object, ...]) -> int:
        marks = ", ".join("?" * len(values))
        return self._db.execute(f"INSERT INTO {what} VALUES ({marks})", values).lastrowid or 0

    def entities(self, numbers: Iterable[int]) -> list[RowChange]:
        """Map entities that are not mapped yet; how those that stood here already were enriched."""
        changed = []
        for theirs in numbers:
            [entity] = rows_of_other(self._db, theirs)
            label = self._db.execute(
                "SELECT mine FROM temp.map_label WHERE theirs = ?", (entity.label,)
            ).fetchone()[0]
            theirs_here = entity._replace(label=label)
            mine = self._find(theirs_here)
            if mine is None:
                self._put("entity", theirs, self._make(theirs_here))
                continue
            self._put("entity", theirs, mine.id)
            changed += self._enrich(mine, theirs_here)
        return changed

    def _find(self, entity: Entity) -> Entity | None:
        if entity.value is not None:
            found = rows(
                self._db, Entity, "entity", "WHERE label = ? AND value = ?", (entity.label, entity.value)
            )
            return found[0] if found else None
        there = self._names(entity, there=True)
        for key in (entity.key, *(_own_key(entity.key, name) for name in sorted(there.all))):
            for known in rows(
                self._db,
                Entity,
                "entity",
                "WHERE label = ?2 AND (key = ?1 OR id = (SELECT entity FROM key_alias WHERE key = ?1))",
                (key, entity.label),
            ):
                here = self._names(known)
                if here.all & there.all or (known.uri is not None and known.uri == entity.uri):
                    return known
        return None

    def _make(self, entity: Entity) -> int:
        taken = self._db.execute(
            "SELECT 1 FROM entity WHERE key = ?1 UNION ALL SELECT 1 FROM key_alias WHERE key = ?1",
            (entity.key,),
        ).fetchone()
        names = self._names(entity, there=True)
        key = _own_key(entity.key, names.name) if taken else entity.key
        made = entity._replace(key=key, run=self._run)._asdict() | merge_names.fields(
            entity, names, free=True
        )
        del made["id"]
        return self._insert(f"entity ({', '.join(made)})", tuple(made.values()))

    def _names(self, entity: Entity, *, there: bool = False) -> Names:
        """What an entity here, or one of the project that is merged in, is called."""
        return names_of(entity, self._former[there].get(entity.id, set()))

    def _is_free(self, entity: Entity) -> bool:
        """Whether a merge made it and nobody here has called it otherwise."""
        made = "SELECT 1 FROM run WHERE id = ? AND kind = 'merge'"
        return entity.id not in self._former[0] and bool(self._db.execute(made, (entity.run,)).fetchone())

    def _enrich(self, mine: Entity, theirs: Entity) -> list[RowChange]:
        """What only they know: other names, an address, a note."""
        free = self._is_free(mine)
        after = merge_names.fields(mine, self._names(mine).with_(self._names(theirs, there=True)), free=free)
        after |= _addresses(mine._replace(extra=str(after.get("extra", mine.extra))), theirs)
        if theirs.note and f"\n\n{theirs.note}\n\n" not in f"\n\n{mine.note or ''}\n\n":
            after["note"] = "\n\n".join(filter(None, (mine.note, theirs.note)))
        if theirs.known > mine.known:
            after["known"] = theirs.known
        if theirs.fields != "{}":
            after["fields"] = _fields(json.loads(mine.fields), json.loads(theirs.fields), free=free)
        old: dict[str, Any] = mine._asdict()
        after = {name: value for name, value in after.items() if old[name] != value}
        if not after:
            return []
        sets = ", ".join(f"{name} = ?" for name in after)
        self._db.execute(f"UPDATE entity SET {sets} WHERE id = ?", (*after.values(), mine.id))
        return [RowChange("entity", mine.id, {name: old[name] for name in after}, after)]


def rows_of_other(connection: sqlite3.Connection, number: int) -> list[Entity]:
    """An entity of the project that is merged in."""
    names = ", ".join(Entity._fields)
    return [
        Entity._make(row)
        for row in connection.execute(f"SELECT {names} FROM {OTHER}.entity WHERE id = ?", (number,))
    ]


def _addresses(mine: Entity, theirs: Entity) -> Row:
    """Every other uri is kept in `same_as`; where there is none of ours, the first of them stands."""
    if theirs.uri is None or theirs.uri == mine.uri:
        return {}
    extra = json.loads(mine.extra)
    others = extra.get("same_as", [])
    if theirs.uri in others:
        return {}
    extra["same_as"] = sorted([*others, theirs.uri])
    after: Row = {"extra": json.dumps(extra, ensure_ascii=False)}
    if mine.uri is None or mine.uri == min(others, default=None):
        after["uri"] = extra["same_as"][0]
    return after


def _fields(mine: dict[str, Any], theirs: dict[str, Any], *, free: bool) -> str:
    """Short notes by article, both; where both have one, ours stands, or the first where nobody here wrote it."""
    both = {key: min(mine[key], theirs[key], key=json.dumps) for key in mine.keys() & theirs.keys()}
    united = {**theirs, **mine, **(both if free else {})}
    return json.dumps(united, ensure_ascii=False, sort_keys=True)


def _own_key(key: str, name: str) -> str:
    """A key that no other name leads to."""
    return f"{key}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"
