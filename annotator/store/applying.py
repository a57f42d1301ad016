"""Writing a decision: its rows, its journal row and the counts of its articles, or nothing.

The caller holds a write transaction. A row is compared only in the fields that the change
read or writes; one that differs refuses the whole set.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from annotator.domain.changes import ChangeSet, RowChange
from annotator.domain.models import OWN_LAYER, REFERENCES, REJECTED, STATES, TABLES, Row, Value
from annotator.errors import UserError
from annotator.store.giving_way import give_way
from annotator.store.handled import Handled
from annotator.store.trouble import is_taken

_FIELDS: dict[str, tuple[str, ...]] = {
    table: tuple(name for name in model._fields if name != "id")  # type: ignore[attr-defined]
    for table, model in TABLES.items()
}


def write(
    connection: sqlite3.Connection, handled: Handled, change: ChangeSet
) -> tuple[ChangeSet, frozenset[int]]:
    """Apply the rows; the change with real ids, entities that lost their last mention included.

    Returns it with the documents that it touched. UserError "change.conflict" where a row is
    not what the change expects.
    """
    ids: dict[int, int] = {}
    rows = give_way(connection, handled, change.rows)
    rows += [
        row for _, alike in groupby(change.rows, _shape) for row in _write_alike(connection, [*alike], ids)
    ]
    _check_links(connection, rows)
    rows += _drop_orphans(connection, rows)
    documents = _count(connection, rows)
    span = ids.get(change.span, change.span) if change.span is not None else None
    return replace(change, rows=tuple(rows), span=span), documents


def _shape(row: RowChange) -> object:
    """Updates of one table that read and set the same fields are written together."""
    if row.before is None or row.after is None:
        return row.table, row.id, row.before is None
    return row.table, tuple(row.before), tuple(row.after)


def _write_alike(
    connection: sqlite3.Connection, rows: Sequence[RowChange], ids: dict[int, int]
) -> list[RowChange]:
    if rows[0].table == "proposal":
        return [_write_proposal(connection, row, ids) for row in rows]
    if len(rows) == 1:
        return [_write_row(connection, rows[0], ids)]
    table = rows[0].table
    real = [
        RowChange(table, ids.get(row.id, row.id), _real(table, row.before, ids), _real(table, row.after, ids))
        for row in rows
    ]
    sets = ", ".join(f'"{name}" = ?' for name in rows[0].after or ())
    same = " AND ".join(f'"{name}" IS ?' for name in rows[0].before or ())
    values = [(*(row.after or {}).values(), row.id, *(row.before or {}).values()) for row in real]
    try:
        done = connection.executemany(f"UPDATE {table} SET {sets} WHERE id = ? AND {same}", values).rowcount
    except sqlite3.IntegrityError as error:
        raise _conflict(table, real[0].id, error) from error
    if done != len(real):
        raise UserError("change.conflict", table=table, id=real[0].id)
    return real


def _write_row(connection: sqlite3.Connection, row: RowChange, ids: dict[int, int]) -> RowChange:
    before, after = _real(row.table, row.before, ids), _real(row.table, row.after, ids)
    number = ids.get(row.id, row.id)
    if before is None:
        number = _insert(connection, row.table, number, after or {})
        ids[row.id] = number
    else:
        _compare(connection, row.table, number, before)
        if after is None:
            connection.execute(f"DELETE FROM {row.table} WHERE id = ?", (number,))
        else:
            _update(connection, row.table, number, after)
    return RowChange(row.table, number, before, after)


def _write_proposal(connection: sqlite3.Connection, row: RowChange, ids: dict[int, int]) -> RowChange:
    """A decision only takes proposals along: what a run has done to one meanwhile is no conflict."""
    before, after = _real(row.table, row.before, ids), _real(row.table, row.after, ids)
    if after is None:
        connection.execute("DELETE FROM proposal WHERE id = ?", (row.id,))
    elif before is None:
        names = ", ".join(f'"{name}"' for name in ("id", *after))
        marks = ", ".join("?" * (len(after) + 1))
        connection.execute(
            f"INSERT OR REPLACE INTO proposal ({names}) VALUES ({marks})", (row.id, *after.values())
        )
    else:
        sets = ", ".join(f'"{name}" = ?' for name in after)
        connection.execute(f"UPDATE OR REPLACE proposal SET {sets} WHERE id = ?", (*after.values(), row.id))
    return RowChange(row.table, row.id, before, after)


def _real(table: str, fields: Row | None, ids: dict[int, int]) -> Row | None:
    """The fields with references to new rows made real."""
    if fields is None:
        return None
    unknown = fields.keys() - _FIELDS[table]
    if unknown:
        raise ValueError(f"{table} has no {', '.join(sorted(unknown))}")
    if not ids or table not in REFERENCES:
        return fields
    real = dict(fields)
    for name in REFERENCES[table].keys() & fields.keys():
        value = fields[name]
        if isinstance(value, int) and value < 0:
            real[name] = ids[value]
    return real


def _insert(connection: sqlite3.Connection, table: str, number: int, fields: Row) -> int:
    names, values = list(fields), list(fields.values())
    if table == "document":
        raise ValueError("a document comes in by a run")
    if number > 0:  # a deleted row comes back under its own id
        names.append("id")
        values.append(number)
    marks = ", ".join("?" * len(names))
    columns = ", ".join(f'"{name}"' for name in names)
    try:
        cursor = connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
    except sqlite3.IntegrityError as error:
        raise _conflict(table, number, error) from error
    return cursor.lastrowid or 0


def _compare(connection: sqlite3.Connection, table: str, number: int, before: Row) -> None:
    columns = ", ".join(f'"{name}"' for name in before)
    found = connection.execute(f"SELECT {columns} FROM {table} WHERE id = ?", (number,)).fetchone()
    if found is None or list(found) != list(before.values()):
        raise UserError("change.conflict", table=table, id=number)


def _update(connection: sqlite3.Connection, table: str, number: int, after: Row) -> None:
    columns = ", ".join(f'"{name}" = ?' for name in after)
    try:
        connection.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*after.values(), number))
    except sqlite3.IntegrityError as error:
        raise _conflict(table, number, error) from error


def _conflict(table: str, number: int, error: sqlite3.IntegrityError) -> UserError:
    """Another program took the place, the name or the row meanwhile."""
    if not is_taken(error):
        raise error  # no other program can be the cause: a bug
    return UserError("change.conflict", table=table, id=number)


def _check_links(connection: sqlite3.Connection, rows: Sequence[RowChange]) -> None:
    """A span and its entity have one label, and a rejected span has no link.

    Where another program linked a span that is relabelled here, or the other way round, no row
    of one is in the other's change.
    """
    for table, column in (("span", "span"), ("link", "id")):
        numbers = [row.id for row in rows if row.table == table and row.after is not None]
        if not numbers:
            continue
        found = connection.execute(
            "SELECT link.id FROM link JOIN span ON span.id = link.span JOIN entity ON entity.id = link.entity "
            f"WHERE link.{column} IN (SELECT value FROM json_each(?)) AND (entity.label <> span.label "
            f"OR (span.state = '{REJECTED}' AND link.state <> '{REJECTED}')) LIMIT 1",
            (json.dumps(numbers),),
        ).fetchone()
        if found is not None:
            raise UserError("change.conflict", table="link", id=found[0])


def _drop_orphans(connection: sqlite3.Connection, rows: Sequence[RowChange]) -> list[RowChange]:
    """Delete entities that these changes took the last mention or the last note of."""
    left = {
        int(row.before["entity"])  # type: ignore[arg-type]
        for row in rows
        if row.table in ("link", "role") and row.before is not None and "entity" in row.before
    }
    # A link that changed hands or was refused names its entity only in the file.
    refused = [
        row.id for row in rows if row.table == "link" and row.after and row.after.get("state") == "rejected"
    ]
    left |= {row.id for row in rows if row.table == "entity" and row.before and row.after}  # a note that goes
    for number in refused:
        found = connection.execute("SELECT entity FROM link WHERE id = ?", (number,)).fetchone()
        left.update(found or ())
    return [row for number in sorted(left) for row in drop_orphan(connection, number)]


def drop_orphan(connection: sqlite3.Connection, number: int) -> list[RowChange]:
    """Delete an entity that nothing mentions or keeps, with its keys and what was refused for it."""
    fields = _orphan(connection, number)
    if fields is None:
        return []
    dropped = []
    for table, column in (
        ("link", "entity"),
        ("key_alias", "entity"),
        ("distinct_pair", "first"),
        ("distinct_pair", "second"),
    ):
        dropped += _delete_all(connection, table, column, number)
    connection.execute("DELETE FROM entity WHERE id = ?", (number,))
    return [*dropped, RowChange("entity", number, fields, None)]


def _orphan(connection: sqlite3.Connection, number: int) -> Row | None:
    columns = ", ".join(f'"{name}"' for name in _FIELDS["entity"])
    found = connection.execute(
        f"SELECT {columns} FROM entity WHERE id = ?1 AND known = 0 AND note IS NULL AND uri IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM link JOIN span ON span.id = link.span WHERE entity = ?1 "
        f"AND (link.state <> 'rejected' OR span.layer <> {OWN_LAYER})) "
        "AND NOT EXISTS (SELECT 1 FROM role WHERE entity = ?1)",
        (number,),
    ).fetchone()
    return None if found is None else dict(zip(_FIELDS["entity"], found, strict=True))


def _delete_all(connection: sqlite3.Connection, table: str, column: str, number: int) -> list[RowChange]:
    columns = ", ".join(f'"{name}"' for name in ("id", *_FIELDS[table]))
    found = connection.execute(f"SELECT {columns} FROM {table} WHERE {column} = ?", (number,)).fetchall()
    connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
    return [RowChange(table, row[0], dict(zip(_FIELDS[table], row[1:], strict=True)), None) for row in found]


def _count(connection: sqlite3.Connection, rows: Sequence[RowChange]) -> frozenset[int]:
    """Bring the counts and revisions of the touched documents up to date."""
    deltas: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(STATES, 0))
    hanging, spans = _documents_of(connection, rows), _spans_of(connection, rows)
    for row in rows:
        document, layer = spans.get(row.id, (None, None)) if row.table == "span" else (None, None)
        document = document or hanging.get((row.table, row.id)) or _document_of(connection, row)
        if document is None:
            continue
        delta = deltas[document]
        if layer == OWN_LAYER:
            for fields, step in ((row.before, -1), (row.after, 1)):
                if fields is not None and "state" in fields:
                    delta[str(fields["state"])] += step
    bump(connection, deltas)
    return frozenset(deltas)


def bump(connection: sqlite3.Connection, deltas: Mapping[int, Mapping[str, int]]) -> None:
    """Count one committed change of each document, and what it did to the counts of its spans."""
    connection.executemany(
        "UPDATE document SET revision = revision + 1, suggested = suggested + ?, accepted = accepted + ?, "
        "rejected = rejected + ? WHERE id = ?",
        [(*(delta[state] for state in STATES), document) for document, delta in deltas.items()],
    )


def _spans_of(connection: sqlite3.Connection, rows: Sequence[RowChange]) -> dict[int, tuple[int, int]]:
    """Document and layer of each span: rows that come or go say it, the others' are asked for at once."""
    found, asked = {}, []
    for row in rows:
        if row.table == "span" and (row.before is None or row.after is None):
            whole = row.after or row.before or {}
            found[row.id] = whole["document"], whole["layer"]
        elif row.table == "span":
            asked.append(row.id)
    query = "SELECT id, document, layer FROM span WHERE id IN (SELECT value FROM json_each(?))"
    for number, document, layer in connection.execute(query, (json.dumps(asked),)) if asked else ():
        found[number] = document, layer
    return found  # type: ignore[return-value]


def _documents_of(connection: sqlite3.Connection, rows: Sequence[RowChange]) -> dict[tuple[str, int], int]:
    """The documents of links and roles that are there, asked for at once."""
    found = {}
    for table in ("link", "role"):
        numbers = [row.id for row in rows if row.table == table]
        if not numbers:
            continue
        for number, document in connection.execute(
            f"SELECT {table}.id, document FROM {table} JOIN span ON span.id = {table}.span "
            f"WHERE {table}.id IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        ):
            found[table, number] = document
    return found


def _document_of(connection: sqlite3.Connection, row: RowChange) -> int | None:
    if row.table == "document":
        return row.id
    for fields in (row.after, row.before):
        if fields and "document" in fields:
            return int(fields["document"])  # type: ignore[arg-type]
    if row.table == "relation":
        return _one(connection, "SELECT document FROM relation WHERE id = ?", row.id)
    if row.table in ("link", "role"):
        span: Value = (row.after or {}).get("span") or (row.before or {}).get("span")
        if span is None:
            span = _one(connection, f"SELECT span FROM {row.table} WHERE id = ?", row.id)
        return _one(connection, "SELECT document FROM span WHERE id = ?", span)
    return None


def _one(connection: sqlite3.Connection, query: str, value: Value) -> int | None:
    found = connection.execute(query, (value,)).fetchone()
    return None if found is None else int(found[0])
