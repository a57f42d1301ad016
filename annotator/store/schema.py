"""The tables of a project, version by version. `docs/schema.md` explains each column.

sqlite-utils makes and migrates them; opening a file that is up to date needs neither.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Final

from annotator import paths

APPLICATION_ID: Final = 0x416E6E6F  # "Anno"
VERSION: Final = 1
PAGE_SIZE: Final = 8192

_STATE = "CHECK (state IN ('suggested', 'accepted', 'rejected'))"
_SCORE = "score REAL CHECK (score IS NULL OR score BETWEEN 0 AND 1)"
_FLAG = "CHECK ({name} IN (0, 1))"
_ID = "id INTEGER PRIMARY KEY AUTOINCREMENT"


def _json(name: str, kind: str, default: str) -> str:
    return (
        f"{name} TEXT NOT NULL DEFAULT '{default}' "
        f"CHECK (json_valid({name}) AND json_type({name}) = '{kind}')"
    )


_TABLES: Final = f"""
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
CREATE TABLE run (
    {_ID},
    kind TEXT NOT NULL CHECK (kind IN ('import', 'suggest', 'link', 'memory', 'train')),
    name TEXT NOT NULL,
    version TEXT NOT NULL DEFAULT '',
    {_json("settings", "object", "{}")},
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'cancelled')),
    started TEXT NOT NULL,
    ended TEXT CHECK ((state = 'open') = (ended IS NULL)),
    {_json("counts", "object", "{}")},
    owner TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE label (
    {_ID},
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    key TEXT UNIQUE,
    hue INTEGER NOT NULL CHECK (hue BETWEEN 0 AND 359),
    style TEXT NOT NULL CHECK (style IN ('fill', 'band')),
    kind TEXT NOT NULL CHECK (kind IN ('name', 'date', 'claim')),
    description TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE role_type (
    {_ID},
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE relation_type (
    {_ID},
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    from_label INTEGER REFERENCES label(id),
    to_label INTEGER REFERENCES label(id),
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE layer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    reviewer TEXT
) STRICT;
CREATE TABLE document (
    {_ID},
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    title TEXT,
    date TEXT,
    source TEXT,
    status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'in_progress', 'done')),
    flag INTEGER NOT NULL DEFAULT 0 {_FLAG.format(name="flag")},
    note TEXT,
    {_json("tags", "array", "[]")},
    {_json("meta", "object", "{}")},
    {_json("extra", "object", "{}")},
    removed INTEGER NOT NULL DEFAULT 0 {_FLAG.format(name="removed")},
    replaces INTEGER REFERENCES document(id),
    same_text_as INTEGER REFERENCES document(id),
    revision INTEGER NOT NULL DEFAULT 0,
    run INTEGER REFERENCES run(id),
    digest TEXT NOT NULL,
    suggested INTEGER NOT NULL DEFAULT 0 CHECK (suggested >= 0),
    accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted >= 0),
    rejected INTEGER NOT NULL DEFAULT 0 CHECK (rejected >= 0)
) STRICT;
CREATE INDEX document_digest ON document(digest);
CREATE INDEX document_run ON document(run);
CREATE TABLE document_text (
    id INTEGER PRIMARY KEY REFERENCES document(id) ON DELETE CASCADE,
    text TEXT NOT NULL CHECK (text <> '')
) STRICT;
CREATE TABLE span (
    {_ID},
    document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    layer INTEGER NOT NULL DEFAULT 0 REFERENCES layer(id),
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    label INTEGER NOT NULL REFERENCES label(id),
    state TEXT NOT NULL {_STATE},
    origin TEXT NOT NULL CHECK (origin <> ''),
    {_SCORE},
    text TEXT NOT NULL,
    flag INTEGER NOT NULL DEFAULT 0 {_FLAG.format(name="flag")},
    note TEXT,
    mod TEXT CHECK (mod IN ('START', 'MID', 'END')),
    suggested_start INTEGER,
    suggested_end INTEGER CHECK (suggested_end > suggested_start),
    suggested_label INTEGER REFERENCES label(id),
    suggested_by TEXT CHECK ((suggested_by IS NULL) = (suggested_start IS NULL)),
    "by" TEXT,
    at TEXT,
    name TEXT,
    {_json("extra", "object", "{}")},
    run INTEGER REFERENCES run(id),
    UNIQUE (document, layer, start, end, label)
) STRICT;
CREATE INDEX span_run ON span(run) WHERE run IS NOT NULL;
CREATE TABLE proposal (
    {_ID},
    document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    label INTEGER NOT NULL REFERENCES label(id),
    suggester TEXT NOT NULL CHECK (suggester <> ''),
    {_SCORE},
    why TEXT,
    run INTEGER NOT NULL REFERENCES run(id),
    UNIQUE (document, start, end, label, suggester)
) STRICT;
CREATE INDEX proposal_run ON proposal(run);
CREATE TABLE seen (
    document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    suggester TEXT NOT NULL,
    version TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES run(id),
    PRIMARY KEY (document, suggester)
) STRICT, WITHOUT ROWID;
CREATE TABLE entity (
    {_ID},
    key TEXT NOT NULL UNIQUE CHECK (key <> ''),
    label INTEGER NOT NULL REFERENCES label(id),
    name TEXT NOT NULL CHECK (name <> ''),
    {_json("aliases", "array", "[]")},
    uri TEXT,
    note TEXT,
    value TEXT,
    {_json("fields", "object", "{}")},
    known INTEGER NOT NULL DEFAULT 0 {_FLAG.format(name="known")},
    {_json("extra", "object", "{}")},
    run INTEGER REFERENCES run(id)
) STRICT;
CREATE UNIQUE INDEX entity_value ON entity(label, value) WHERE value IS NOT NULL;
CREATE INDEX entity_name ON entity(label, name COLLATE NOCASE);
CREATE TABLE link (
    {_ID},
    span INTEGER NOT NULL REFERENCES span(id) ON DELETE CASCADE,
    entity INTEGER NOT NULL REFERENCES entity(id),
    state TEXT NOT NULL {_STATE},
    origin TEXT NOT NULL CHECK (origin <> ''),
    {_SCORE},
    why TEXT,
    "by" TEXT,
    at TEXT,
    run INTEGER REFERENCES run(id),
    UNIQUE (span, entity)
) STRICT;
CREATE UNIQUE INDEX link_one ON link(span, state) WHERE state <> 'rejected';
CREATE INDEX link_entity ON link(entity, state);
CREATE INDEX link_run ON link(run) WHERE run IS NOT NULL;
CREATE TABLE role (
    {_ID},
    span INTEGER NOT NULL REFERENCES span(id) ON DELETE CASCADE,
    type INTEGER NOT NULL REFERENCES role_type(id),
    entity INTEGER NOT NULL REFERENCES entity(id),
    state TEXT NOT NULL {_STATE},
    origin TEXT NOT NULL CHECK (origin <> ''),
    {_SCORE},
    run INTEGER REFERENCES run(id),
    UNIQUE (span, type, entity)
) STRICT;
CREATE INDEX role_entity ON role(entity);
CREATE TABLE relation (
    {_ID},
    document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    type INTEGER NOT NULL REFERENCES relation_type(id),
    from_span INTEGER NOT NULL REFERENCES span(id) ON DELETE CASCADE,
    to_span INTEGER NOT NULL REFERENCES span(id) ON DELETE CASCADE CHECK (to_span <> from_span),
    state TEXT NOT NULL {_STATE},
    origin TEXT NOT NULL CHECK (origin <> ''),
    name TEXT,
    run INTEGER REFERENCES run(id),
    UNIQUE (type, from_span, to_span)
) STRICT;
CREATE INDEX relation_document ON relation(document);
CREATE INDEX relation_to ON relation(to_span);
CREATE TABLE distinct_pair (
    {_ID},
    first INTEGER NOT NULL REFERENCES entity(id) ON DELETE CASCADE,
    second INTEGER NOT NULL REFERENCES entity(id) ON DELETE CASCADE CHECK (second > first),
    "by" TEXT,
    at TEXT,
    UNIQUE (first, second)
) STRICT;
CREATE TABLE journal (
    {_ID},
    at TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'adopt')),
    target INTEGER REFERENCES journal(id) CHECK ((kind IN ('undo', 'redo')) = (target IS NOT NULL)),
    code TEXT NOT NULL,
    {_json("params", "object", "{}")},
    document INTEGER,
    span INTEGER,
    {_json("changes", "array", "[]")}
) STRICT;
CREATE INDEX journal_stack ON journal(reviewer, kind, id);
CREATE INDEX journal_target ON journal(target) WHERE target IS NOT NULL;
CREATE INDEX journal_document ON journal(document, id);
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal only grows');
END;
"""

# Views come before the search table, which takes its content from one of them.
_VIEWS: Final = """
CREATE VIEW open_run AS SELECT id FROM run WHERE state = 'open' AND kind = 'import';
CREATE VIEW article AS
    SELECT document.*, document_text.text FROM document JOIN document_text USING (id)
    WHERE removed = 0 AND (run IS NULL OR run NOT IN open_run);
CREATE VIEW searchable AS SELECT id, title, text FROM document JOIN document_text USING (id);
CREATE VIEW all_spans AS
    SELECT span.id AS span, document.name AS document, document.title, document.date, document.source,
        document.status, span.start, span.end, label.name AS label, span.text, span.state, span.origin,
        span.score, entity.key AS entity, entity.name AS entity_name, entity.value, link.state AS link_state,
        span.flag, span.note, span."by", span.at
    FROM span
    JOIN document ON document.id = span.document
    JOIN label ON label.id = span.label
    LEFT JOIN link ON link.span = span.id AND link.state = 'accepted'
    LEFT JOIN entity ON entity.id = link.entity
    WHERE span.layer = 0 AND document.removed = 0
        AND (document.run IS NULL OR document.run NOT IN open_run)
        AND (span.run IS NULL OR span.run NOT IN open_run);
CREATE VIEW gold_spans AS
    SELECT all_spans.*, substr(document_text.text, max(1, start - 79), start - max(0, start - 80)) AS before,
        substr(document_text.text, "end" + 1, 80) AS after
    FROM all_spans JOIN span ON span.id = all_spans.span
    JOIN document_text ON document_text.id = span.document
    WHERE all_spans.state = 'accepted' AND all_spans.status = 'done';
CREATE VIEW mentions AS
    SELECT entity.key AS entity, entity.name, label.name AS label, link.state AS link_state,
        document.name AS document, document.title, span.start, span.end, span.text
    FROM link
    JOIN entity ON entity.id = link.entity
    JOIN label ON label.id = entity.label
    JOIN span ON span.id = link.span
    JOIN document ON document.id = span.document
    WHERE span.layer = 0 AND link.state <> 'rejected' AND document.removed = 0;
"""

_SEARCH: Final = """
CREATE VIRTUAL TABLE search USING fts5(
    title, text, content='searchable', content_rowid='id', tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER search_insert AFTER INSERT ON document_text BEGIN
    INSERT INTO search(rowid, title, text) SELECT id, title, text FROM searchable WHERE id = new.id;
END;
CREATE TRIGGER search_delete BEFORE DELETE ON document_text BEGIN
    INSERT INTO search(search, rowid, title, text)
        SELECT 'delete', id, title, text FROM searchable WHERE id = old.id;
END;
CREATE TRIGGER search_before_title BEFORE UPDATE OF title ON document BEGIN
    INSERT INTO search(search, rowid, title, text)
        SELECT 'delete', id, title, text FROM searchable WHERE id = old.id;
END;
CREATE TRIGGER search_after_title AFTER UPDATE OF title ON document BEGIN
    INSERT INTO search(rowid, title, text) SELECT id, title, text FROM searchable WHERE id = new.id;
END;
CREATE TRIGGER text_never_changes BEFORE UPDATE ON document_text BEGIN
    SELECT RAISE(ABORT, 'the text of an article never changes');
END;
"""

ROLES: Final = ("accused", "accuser", "date", "organisation")
RELATIONS: Final = ("works for", "related to", "answers")


def make(connection: sqlite3.Connection) -> None:
    """Fill a new, empty database with tables and the project's first labels and types."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations("annotator")

    @migrations(name="1")
    def version_1(db: Database) -> None:
        for script in (_TABLES, _VIEWS, _SEARCH):
            for statement in _statements(script):
                db.execute(statement)
        labels = json.loads((paths.resources() / "labels.json").read_text(encoding="utf-8"))
        db.table("label").insert_all({**label, "position": i} for i, label in enumerate(labels, 1))
        db.table("layer").insert({"id": 0, "name": "project"})
        db.table("role_type").insert_all({"name": name, "position": i} for i, name in enumerate(ROLES, 1))
        db.table("relation_type").insert_all(
            {"name": name, "position": i} for i, name in enumerate(RELATIONS, 1)
        )

    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _statements(script: str) -> list[str]:
    found: list[str] = []
    part = ""
    for line in script.splitlines():
        part += line + "\n"
        if sqlite3.complete_statement(part):
            found.append(part.strip())
            part = ""
    return found
