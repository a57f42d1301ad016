"""A new project from the rows that could be saved of a damaged one.

Nothing is invented: what names something that is lost goes with it, or, where the thing can be told from
what is left (an entity from the words of its mentions), is made again and counted as such.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from annotator.domain.changes import Message
from annotator.domain.models import OWN_LAYER
from annotator.errors import UserError
from annotator.store import checking, salvage, snapshots
from annotator.store.connection import connect, connect_new
from annotator.store.importing import digest_of

_ORDER = (
    "setting", "run", "label", "role_type", "relation_type", "layer", "document", "document_text", "entity", "span",
    "proposal", "seen", "key_alias", "link", "role", "relation", "distinct_pair", "review", "settled", "journal", "run_addition",
)  # fmt: skip
_DEFAULTS = ("label", "role_type", "relation_type", "layer")
"""Tables that a new project has rows in: they stay where none were saved."""
_RUN = "(SELECT id FROM run)"
_REMAKE = {
    "labels": "INSERT INTO label (id, name, hue, style, kind, position) SELECT label, 'label ' || label, 90, 'fill', 'name', label "
    "FROM (SELECT label FROM span UNION SELECT label FROM entity UNION SELECT label FROM proposal) WHERE label NOT IN (SELECT id FROM label)",
    "layers": "INSERT INTO layer (id, name) SELECT DISTINCT layer, 'reviewer ' || layer FROM span WHERE layer NOT IN (SELECT id FROM layer)",
    "roles": "INSERT INTO role_type (id, name, position) SELECT DISTINCT type, 'role ' || type, type FROM role WHERE type NOT IN (SELECT id FROM role_type)",
    "relations": "INSERT INTO relation_type (id, name, position) SELECT DISTINCT type, 'relation ' || type, type FROM relation "
    "WHERE type NOT IN (SELECT id FROM relation_type)",
    "runs": "INSERT INTO run (id, kind, name, state, started, ended) SELECT run, 'import', 'lost', 'closed', '', '' FROM ("
    + " UNION ".join(
        f"SELECT run FROM {table}"
        for table in ("document", "span", "proposal", "seen", "entity", "link", "role", "relation")
    )
    + f") WHERE run IS NOT NULL AND run NOT IN {_RUN}",
    "entities": "INSERT INTO entity (id, key, label, name) SELECT link.entity, 'lost:' || link.entity, min(span.label), min(span.text) FROM link "
    "JOIN span ON span.id = link.span WHERE link.entity NOT IN (SELECT id FROM entity) GROUP BY link.entity",
}
_SPAN_GONE = "NOT IN (SELECT id FROM span)"
_ENTITY_GONE = "NOT IN (SELECT id FROM entity)"
_DOCUMENT_GONE = "NOT IN (SELECT id FROM document)"
_DROP = (
    ("document", "id NOT IN (SELECT id FROM document_text)"),
    ("span", f"document {_DOCUMENT_GONE}"),
    (
        "span",
        'text <> (SELECT substr(t.text, start + 1, "end" - start) FROM document_text AS t WHERE t.id = document)',
    ),
    ("proposal", f"document {_DOCUMENT_GONE}"),
    ("seen", f"document {_DOCUMENT_GONE}"),
)
_DROP_HANGING = (
    ("link", f"span {_SPAN_GONE} OR entity {_ENTITY_GONE}"),
    ("role", f"span {_SPAN_GONE} OR entity {_ENTITY_GONE}"),
    ("relation", f"from_span {_SPAN_GONE} OR to_span {_SPAN_GONE} OR document {_DOCUMENT_GONE}"),
    ("key_alias", f"entity {_ENTITY_GONE}"),
    ("distinct_pair", f"first {_ENTITY_GONE} OR second {_ENTITY_GONE}"),
    ("review", f"document {_DOCUMENT_GONE} OR layer NOT IN (SELECT id FROM layer)"),
    (
        "settled",
        f"document {_DOCUMENT_GONE} OR layer NOT IN (SELECT id FROM layer) OR label NOT IN (SELECT id FROM label)",
    ),
    ("run_addition", f"document {_DOCUMENT_GONE} OR run NOT IN {_RUN}"),
    ("journal", "target IS NOT NULL AND target NOT IN (SELECT id FROM journal)"),
)


class Rebuilt(NamedTuple):
    """What became of a damaged project: where it lies now, what was saved, made again, lost."""

    aside: Path
    saved: Counter[str]
    remade: Counter[str]
    lost: Counter[str]
    articles: list[str]

    def messages(self) -> list[Message]:
        """The report, a line each."""
        said = [Message("repair.aside", {"path": str(self.aside)})]
        said += [
            Message("repair.saved", {"what": name, "count": count}) for name, count in self.saved.items()
        ]
        said += [
            Message("repair.remade", {"what": name, "count": count})
            for name, count in self.remade.items()
            if count
        ]
        said += [
            Message("repair.lost", {"what": name, "count": count})
            for name, count in self.lost.items()
            if count
        ]
        return said + [Message("repair.lost_article", {"name": name}) for name in self.articles]


def rebuild(path: Path, reviewer: str) -> Rebuilt:
    """Put a new project in the place of a damaged one, which is kept beside it.

    UserError "repair.nothing" where nothing can be read of it; then it stays as it is.
    """
    rows = _settled_log(path)
    if not rows.get("document_text"):
        raise UserError("repair.nothing", path=str(path))
    draft = path.with_name(f".{path.name}.repaired")
    draft.unlink(missing_ok=True)
    connect_new(draft).close()
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            rebuilder = _Rebuilder(connection, rows)
            rebuilder.rebuild()
        with closing(connect(draft)) as connection:
            checking.repair(connection, reviewer)
            connection.execute("PRAGMA journal_mode = DELETE")
        aside = snapshots.move_aside(path)
        draft.rename(path)
    finally:
        for ending in ("", "-wal", "-shm"):
            draft.with_name(draft.name + ending).unlink(missing_ok=True)
    return Rebuilt(aside, rebuilder.saved, rebuilder.remade, rebuilder.lost, rebuilder.articles)


def _settled_log(path: Path) -> salvage.Rows:
    """The rows of the file with what its log still held written back, where SQLite can do that.

    It is done on a copy: writing to a damaged file could make it worse.
    """
    copy = path.with_name(f".{path.name}.salvaged")
    endings = [ending for ending in ("", "-wal") if path.with_name(path.name + ending).exists()]
    try:
        for ending in endings:
            copy.with_name(copy.name + ending).write_bytes(path.with_name(path.name + ending).read_bytes())
        if "-wal" in endings:
            try:
                with closing(sqlite3.connect(copy)) as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.DatabaseError:
                copy.write_bytes(path.read_bytes())  # the file alone has to do
        return salvage.read(copy).rows
    finally:
        for ending in ("", "-wal", "-shm"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)


class _Rebuilder:
    """Fills an empty project."""

    def __init__(self, connection: sqlite3.Connection, rows: salvage.Rows) -> None:
        self._db = connection
        self._rows = rows
        self.saved: Counter[str] = Counter()
        self.remade: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.articles: list[str] = []

    def rebuild(self) -> None:
        self._db.execute("BEGIN")
        columns = salvage.tables(self._db)
        for table in _ORDER:
            self._insert(table, [column.name for column in columns[table]])
        self._documents()
        self._expect()
        for table, where in _DROP:
            self._drop(table, where)
        for name, statement in _REMAKE.items():
            self.remade[name] = self._db.execute(statement).rowcount
        for column in ("same_text_as", "replaces"):
            self._db.execute(f"UPDATE document SET {column} = NULL WHERE {column} {_DOCUMENT_GONE}")
        [(stays,)] = self._db.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal_stays'")
        self._db.execute("DROP TRIGGER journal_stays")
        for table, where in _DROP_HANGING:
            self._drop(table, where)
        self._db.execute(stays)
        self._db.execute("COMMIT")
        for table in ("document", "span", "entity", "link", "journal"):
            self.saved[table] = self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def _insert(self, table: str, names: list[str]) -> None:
        rows = self._rows.get(table, {})
        if table in _DEFAULTS and rows:
            self._db.execute(f"DELETE FROM {table}")
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        for number, fields in rows.items():
            values = [number if name == "id" else value for name, value in zip(names, fields, strict=True)]
            try:
                self._db.execute(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})", values)
            except sqlite3.IntegrityError:
                self.lost[table] += 1
        if table == "layer" and rows and OWN_LAYER not in rows:
            self._db.execute(f"INSERT INTO layer (id, name) VALUES ({OWN_LAYER}, 'project')")

    def _documents(self) -> None:
        """Texts whose article is lost get a new one."""
        for number, title, text in self._db.execute(
            f"SELECT id, title, text FROM document_text WHERE id {_DOCUMENT_GONE}"
        ).fetchall():
            self._db.execute(
                "INSERT INTO document (id, name, title, digest) VALUES (?, ?, ?, ?)",
                (number, f"lost-{number}", title, digest_of(text)),
            )
            self.remade["document"] += 1
        self.articles = [
            name
            for (name,) in self._db.execute(
                "SELECT name FROM document WHERE id NOT IN (SELECT id FROM document_text)"
            )
        ]

    def _expect(self) -> None:
        """Spans that articles say they had and that are not there."""
        had = self._db.execute(
            "SELECT coalesce(sum(max(0, suggested + accepted + rejected - (SELECT count(*) FROM span WHERE document = document.id "
            f"AND layer = {OWN_LAYER}))), 0) FROM document"
        ).fetchone()[0]
        self.lost["span"] += had

    def _drop(self, table: str, where: str) -> None:
        self.lost[table] += self._db.execute(f"DELETE FROM {table} WHERE {where}").rowcount
