-- A project file, schema version 1. Offsets are half-open [start, "end") in Unicode code
-- points of the article's text; times are UTC; columns that hold JSON are text; flags are 0
-- or 1. `run` names the import or suggestion that wrote a row, null for what a person made.

CREATE TABLE setting (
    key TEXT PRIMARY KEY, -- what is set
    value TEXT NOT NULL CHECK (json_valid(value)) -- JSON
) STRICT;

CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('import', 'suggest', 'link', 'memory', 'train')), -- what it did
    name TEXT NOT NULL, -- the file or the suggester
    version TEXT NOT NULL DEFAULT '', -- of the suggester
    settings TEXT NOT NULL DEFAULT '{}' CHECK (json_type(settings) = 'object'), -- JSON
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'cancelled', 'crashed')), -- rows of an open import are in no list, search or export
    started TEXT NOT NULL,
    ended TEXT CHECK ((state = 'open') = (ended IS NULL)),
    counts TEXT NOT NULL DEFAULT '{}' CHECK (json_type(counts) = 'object'), -- JSON: what came in
    owner TEXT NOT NULL DEFAULT '', -- machine and process that write it
    beat INTEGER NOT NULL DEFAULT 0 -- when the owner last wrote, in seconds since 1970
) STRICT;
CREATE INDEX run_open ON run(kind) WHERE state = 'open';

CREATE TABLE label (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    key TEXT UNIQUE CHECK (key <> ''), -- on the keyboard
    hue INTEGER NOT NULL CHECK (hue BETWEEN 0 AND 359), -- of its colours, in OKLCH degrees
    style TEXT NOT NULL CHECK (style IN ('fill', 'band')), -- band: for clauses
    kind TEXT NOT NULL CHECK (kind IN ('name', 'date', 'claim')), -- what its entities are
    description TEXT NOT NULL DEFAULT '', -- the guideline
    position INTEGER NOT NULL -- in lists
) STRICT;

CREATE TABLE role_type (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE relation_type (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    from_label INTEGER REFERENCES label(id), -- null: any
    to_label INTEGER REFERENCES label(id), -- null: any
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE layer (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- 0: the project's own set
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    reviewer TEXT -- whose decisions were merged in
) STRICT;

CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of the queue
    name TEXT NOT NULL UNIQUE CHECK (name <> ''), -- the id outside, in imports and exports
    title TEXT,
    date TEXT, -- of publication
    source TEXT,
    status TEXT NOT NULL DEFAULT 'new' CHECK (status = 'new' OR status = 'in_progress' OR status = 'done'),
    flag INTEGER NOT NULL DEFAULT 0 CHECK (flag IN (0, 1)), -- to come back to
    note TEXT,
    tags TEXT NOT NULL DEFAULT '[]' CHECK (json_type(tags) = 'array'), -- JSON
    meta TEXT NOT NULL DEFAULT '{}' CHECK (json_type(meta) = 'object'), -- JSON
    extra TEXT NOT NULL DEFAULT '{}' CHECK (json_type(extra) = 'object'), -- JSON: fields of the import that are not ours
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)), -- taken out of lists and exports
    replaces INTEGER REFERENCES document(id) CHECK (replaces <> id), -- the article whose corrected text this is
    same_text_as INTEGER REFERENCES document(id) CHECK (same_text_as <> id), -- same text, other title, date or source
    revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0), -- committed changes
    run INTEGER REFERENCES run(id),
    digest TEXT NOT NULL, -- of the text: SHA-256, first 32 digits
    suggested INTEGER NOT NULL DEFAULT 0 CHECK (suggested >= 0), -- undecided spans of layer 0
    accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted >= 0), -- accepted spans of layer 0
    rejected INTEGER NOT NULL DEFAULT 0 CHECK (rejected >= 0) -- rejected spans of layer 0
) STRICT;
CREATE INDEX document_queue ON document(status, removed, run);
CREATE INDEX document_digest ON document(digest);
CREATE INDEX document_run ON document(run);
CREATE INDEX document_replaces ON document(replaces) WHERE replaces IS NOT NULL;
CREATE INDEX document_same_text ON document(same_text_as) WHERE same_text_as IS NOT NULL;

-- Texts lie apart, so that a list of articles does not read them.
CREATE TABLE document_text (
    id INTEGER PRIMARY KEY REFERENCES document(id), -- the article
    title TEXT, -- that of the article, for the search index
    text TEXT NOT NULL CHECK (text <> '') -- as its source decodes; it never changes
) STRICT;
CREATE TRIGGER text_never_changes BEFORE UPDATE OF text ON document_text WHEN new.text IS NOT old.text BEGIN
    SELECT RAISE(ABORT, 'the text of an article never changes');
END;
CREATE TRIGGER title_is_searched AFTER UPDATE OF title ON document WHEN new.title IS NOT old.title BEGIN
    UPDATE document_text SET title = new.title WHERE id = new.id;
END;

-- The search index, found by Datasette and sqlite-utils. It knows which words an article has, not
-- where: half the size, and a search for all of them needs no more. No phrases.
CREATE VIRTUAL TABLE document_text_fts USING fts5(
    title, text, content="document_text", detail=column, tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER document_text_ai AFTER INSERT ON document_text BEGIN
    INSERT INTO document_text_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER document_text_ad AFTER DELETE ON document_text BEGIN
    INSERT INTO document_text_fts (document_text_fts, rowid, title, text)
        VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER document_text_au AFTER UPDATE ON document_text BEGIN
    INSERT INTO document_text_fts (document_text_fts, rowid, title, text)
        VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO document_text_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

-- CHECKs of this table are chains of OR: a list of three is built anew for every row.
CREATE TABLE span (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document(id),
    layer INTEGER NOT NULL DEFAULT 0 REFERENCES layer(id), -- 0: the project's own set
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK (start < "end"),
    label INTEGER NOT NULL REFERENCES label(id),
    state TEXT NOT NULL CHECK (state = 'accepted' OR state = 'suggested' OR state = 'rejected'), -- suggested: undecided
    origin TEXT NOT NULL CHECK (origin <> ''), -- reviewer: made by hand; else the suggester or import
    score REAL CHECK (score BETWEEN 0 AND 1), -- how sure the origin was
    text TEXT NOT NULL, -- the words it covers
    flag INTEGER NOT NULL DEFAULT 0 CHECK (flag IN (0, 1)), -- to come back to
    note TEXT,
    mod TEXT CHECK (mod IS NULL OR mod = 'START' OR mod = 'MID' OR mod = 'END'), -- which part of a date is meant
    suggested_start INTEGER CHECK (suggested_start >= 0), -- what was suggested, where a person changed it
    suggested_end INTEGER CHECK (suggested_end > suggested_start),
    suggested_label INTEGER REFERENCES label(id),
    suggested_by TEXT CHECK (suggested_by <> ''), -- the suggester
    "by" TEXT, -- who decided
    at TEXT, -- when
    name TEXT, -- its id in the import
    extra TEXT NOT NULL DEFAULT '{}' CHECK (extra = '{}' OR json_type(extra) = 'object'), -- JSON: fields of the import that are not ours
    run INTEGER REFERENCES run(id),
    UNIQUE (document, layer, start, "end", label),
    CHECK ((suggested_by IS NULL) = (suggested_start IS NULL)
        AND (suggested_by IS NULL) = (suggested_end IS NULL)
        AND (suggested_by IS NULL) = (suggested_label IS NULL))
) STRICT;

-- What suggesters said. An undecided span exists while it has a proposal.
CREATE TABLE proposal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document(id),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK (start < "end"),
    label INTEGER NOT NULL REFERENCES label(id),
    suggester TEXT NOT NULL CHECK (suggester <> ''),
    score REAL CHECK (score BETWEEN 0 AND 1),
    why TEXT, -- a short reason for the reviewer
    run INTEGER NOT NULL REFERENCES run(id),
    UNIQUE (document, start, "end", label, suggester)
) STRICT;

-- Which version of a suggester has looked at an article, whatever it found.
CREATE TABLE seen (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- later looks have higher ones
    document INTEGER NOT NULL REFERENCES document(id),
    suggester TEXT NOT NULL CHECK (suggester <> ''),
    version TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES run(id),
    UNIQUE (document, suggester)
) STRICT;

-- A person, an organisation, a calendar value or a conduct, over all articles.
CREATE TABLE entity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE CHECK (key <> ''), -- the id outside, in imports and exports
    label INTEGER NOT NULL REFERENCES label(id),
    name TEXT NOT NULL CHECK (name <> ''),
    aliases TEXT NOT NULL DEFAULT '[]' CHECK (json_type(aliases) = 'array'), -- JSON: other names
    uri TEXT, -- in a knowledge base
    note TEXT,
    value TEXT, -- of a date: 2018-03-19, 2018-03, 2018-W11, 2016-H1, ...
    fields TEXT NOT NULL DEFAULT '{}' CHECK (json_type(fields) = 'object'), -- JSON: notes about an allegation, by article
    known INTEGER NOT NULL DEFAULT 0 CHECK (known IN (0, 1)), -- from a knowledge base: may stand without mentions
    extra TEXT NOT NULL DEFAULT '{}' CHECK (json_type(extra) = 'object'), -- JSON: fields of the import that are not ours
    run INTEGER REFERENCES run(id)
) STRICT;
CREATE UNIQUE INDEX entity_value ON entity(label, value) WHERE value IS NOT NULL;
CREATE INDEX entity_name ON entity(label, name COLLATE NOCASE);
CREATE INDEX entity_run ON entity(run) WHERE run IS NOT NULL;

-- The keys of entities that were merged into another.
CREATE TABLE key_alias (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE CHECK (key <> ''),
    entity INTEGER NOT NULL REFERENCES entity(id) -- which it means now
) STRICT;
CREATE INDEX key_alias_entity ON key_alias(entity);

-- Who or what a span is. Any number of rejected ones are kept, so that they do not come again.
CREATE TABLE link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    span INTEGER NOT NULL REFERENCES span(id),
    entity INTEGER NOT NULL REFERENCES entity(id),
    state TEXT NOT NULL CHECK (state = 'accepted' OR state = 'suggested' OR state = 'rejected'),
    origin TEXT NOT NULL CHECK (origin <> ''),
    score REAL CHECK (score BETWEEN 0 AND 1),
    why TEXT,
    "by" TEXT, -- who decided
    at TEXT, -- when
    run INTEGER REFERENCES run(id),
    UNIQUE (span, entity)
) STRICT;
CREATE UNIQUE INDEX link_one ON link(span, state) WHERE state <> 'rejected';
CREATE INDEX link_entity ON link(entity, state);

-- What an entity is in an allegation: accused, accuser, ...
CREATE TABLE role (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    span INTEGER NOT NULL REFERENCES span(id), -- the allegation
    type INTEGER NOT NULL REFERENCES role_type(id),
    entity INTEGER NOT NULL REFERENCES entity(id),
    state TEXT NOT NULL CHECK (state = 'accepted' OR state = 'suggested' OR state = 'rejected'),
    origin TEXT NOT NULL CHECK (origin <> ''),
    score REAL CHECK (score BETWEEN 0 AND 1),
    run INTEGER REFERENCES run(id),
    UNIQUE (span, type, entity)
) STRICT;
CREATE INDEX role_entity ON role(entity);

-- Two spans of one article.
CREATE TABLE relation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document(id),
    type INTEGER NOT NULL REFERENCES relation_type(id),
    from_span INTEGER NOT NULL REFERENCES span(id),
    to_span INTEGER NOT NULL REFERENCES span(id) CHECK (to_span <> from_span),
    state TEXT NOT NULL CHECK (state = 'accepted' OR state = 'suggested' OR state = 'rejected'),
    origin TEXT NOT NULL CHECK (origin <> ''),
    name TEXT, -- its id in the import
    run INTEGER REFERENCES run(id),
    UNIQUE (from_span, to_span, type)
) STRICT;
CREATE INDEX relation_document ON relation(document);
CREATE INDEX relation_to ON relation(to_span);

-- Two entities that a person said are not the same.
CREATE TABLE distinct_pair (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    first INTEGER NOT NULL REFERENCES entity(id), -- the smaller id
    second INTEGER NOT NULL REFERENCES entity(id) CHECK (second > first),
    "by" TEXT,
    at TEXT,
    UNIQUE (first, second)
) STRICT;
CREATE INDEX distinct_pair_second ON distinct_pair(second);

-- Decisions, undone and redone ones included. It only grows.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    reviewer TEXT NOT NULL CHECK (reviewer <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'adopt')), -- adopt: another program's change, found by a check
    target INTEGER REFERENCES journal(id) CHECK ((kind IN ('undo', 'redo')) = (target IS NOT NULL)), -- the decision that is undone or redone
    code TEXT NOT NULL CHECK (code <> ''), -- what it is called: a code of messages.py
    params TEXT NOT NULL DEFAULT '{}' CHECK (json_type(params) = 'object'), -- JSON: the parameters of the code
    document INTEGER, -- where it was decided; it may be gone
    span INTEGER,
    changes TEXT NOT NULL CHECK (json_type(changes) = 'array') -- JSON: [table, id, before, after] of each row; before null: made, after null: deleted
) STRICT;
CREATE INDEX journal_stack ON journal(reviewer, kind, id);
CREATE INDEX journal_target ON journal(target, id) WHERE target IS NOT NULL;
CREATE INDEX journal_document ON journal(document, id);
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal only grows');
END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal only grows');
END;

-- What an open import adds to articles that stood before it; it is counted there when the import closes.
CREATE TABLE run_addition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL REFERENCES run(id),
    document INTEGER NOT NULL REFERENCES document(id),
    suggested INTEGER NOT NULL DEFAULT 0, -- spans
    accepted INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    UNIQUE (run, document)
) STRICT;
CREATE INDEX run_addition_document ON run_addition(document);

-- Runs whose rows are not seen yet.
CREATE VIEW open_run AS SELECT id FROM run WHERE state = 'open' AND kind = 'import';

-- Articles as they are listed, with their text.
CREATE VIEW article AS
    SELECT document.id, document.name, document.title, date, source, status, flag, note, tags, meta, extra,
        suggested, accepted, rejected, text
    FROM document JOIN document_text ON document_text.id = document.id
    WHERE removed = 0 AND (run IS NULL OR run NOT IN open_run);

-- Spans of the project's own set, whatever their state.
CREATE VIEW all_spans AS
    SELECT span.id AS span, document.name AS document, document.title, document.date, document.source,
        document.status, span.start, span."end", label.name AS label, span.text, span.state, span.origin,
        span.score, entity.key AS entity, entity.name AS entity_name, entity.value, span.mod, span.flag,
        span.note, span."by", span.at
    FROM span
    JOIN document ON document.id = span.document
    JOIN label ON label.id = span.label
    LEFT JOIN link ON link.span = span.id AND link.state = 'accepted'
        AND (link.run IS NULL OR link.run NOT IN open_run)
    LEFT JOIN entity ON entity.id = link.entity
    WHERE span.layer = 0 AND document.removed = 0
        AND (document.run IS NULL OR document.run NOT IN open_run)
        AND (span.run IS NULL OR span.run NOT IN open_run);

-- The gold set: accepted spans of articles that are done, with 80 characters on either side.
CREATE VIEW gold_spans AS
    SELECT all_spans.document, all_spans.title, all_spans.date, source, all_spans.start, all_spans."end",
        all_spans.label, all_spans.text, entity, entity_name, value, all_spans.mod,
        substr(document_text.text, max(1, span.start - 79), span.start - max(0, span.start - 80)) AS before,
        substr(document_text.text, span."end" + 1, 80) AS after,
        all_spans.origin, all_spans.note, all_spans."by", all_spans.at
    FROM all_spans
    JOIN span ON span.id = all_spans.span
    JOIN document_text ON document_text.id = span.document
    WHERE all_spans.state = 'accepted' AND all_spans.status = 'done';

-- Where each entity stands, accepted and proposed.
CREATE VIEW mentions AS
    SELECT entity.key AS entity, entity.name, label.name AS label, link.state, document.name AS document,
        document.title, span.start, span."end", span.text
    FROM link
    JOIN entity ON entity.id = link.entity
    JOIN label ON label.id = entity.label
    JOIN span ON span.id = link.span
    JOIN document ON document.id = span.document
    WHERE span.layer = 0 AND link.state <> 'rejected' AND document.removed = 0
        AND (link.run IS NULL OR link.run NOT IN open_run)
        AND (document.run IS NULL OR document.run NOT IN open_run);

-- Who decided what, when and where.
CREATE VIEW decisions AS
    SELECT journal.id, at, reviewer, kind, target, code, params, document.name AS document, document.title,
        json_array_length(changes) AS rows
    FROM journal LEFT JOIN document ON document.id = journal.document;
