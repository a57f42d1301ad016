-- Schema version 2: what merging reviewers needs. Statements are separated by an empty line.

-- A merge is a run: its rows are seen at once, article by article.
CREATE TABLE run_2 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('import', 'suggest', 'link', 'memory', 'train', 'merge')), -- what it did
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

INSERT INTO run_2 SELECT id, kind, name, version, settings, state, started, ended, counts, owner, beat FROM run;

DROP TABLE run;

ALTER TABLE run_2 RENAME TO run;

CREATE INDEX run_open ON run(kind) WHERE state = 'open';

-- Which reviewer was how far in which article, by the projects that were merged in.
CREATE TABLE review (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document(id),
    layer INTEGER NOT NULL REFERENCES layer(id) CHECK (layer <> 0), -- the reviewer's
    status TEXT NOT NULL CHECK (status = 'new' OR status = 'in_progress' OR status = 'done'),
    first TEXT NOT NULL DEFAULT '', -- when they decided here first
    at TEXT NOT NULL DEFAULT '', -- and last
    head TEXT NOT NULL DEFAULT '{}' CHECK (json_type(head) = 'object'), -- JSON: their title, date, source, note, flag and tags
    taken INTEGER CHECK (taken >= 0), -- the article's revision when the project took their decisions for its own; null: it has its own
    UNIQUE (document, layer)
) STRICT;

CREATE INDEX review_layer ON review(layer);

-- Differences between the project and a reviewer that somebody settled, by the place in the text.
CREATE TABLE settled (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document(id),
    layer INTEGER NOT NULL REFERENCES layer(id) CHECK (layer <> 0), -- the reviewer's
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK (start < "end"),
    label INTEGER NOT NULL REFERENCES label(id),
    choice TEXT NOT NULL CHECK (choice = 'mine' OR choice = 'theirs'), -- what stands now
    "by" TEXT, -- who settled it
    at TEXT, -- when
    UNIQUE (document, layer, start, "end", label)
) STRICT;
