-- Paper records as read: every distinct one, for good. `text` is the hash of title and abstract, `read_by` the version
-- of the archive when the record was last read.
CREATE TABLE record (
    hash BLOB NOT NULL UNIQUE,
    id TEXT NOT NULL,
    text BLOB NOT NULL,
    first_seen TEXT NOT NULL,
    body BLOB NOT NULL,
    read_by INTEGER NOT NULL
);
CREATE INDEX record_order ON record (id, hash);
CREATE INDEX record_text ON record (text, hash);

-- What a pipeline found in a text. `given`: it came with an input instead of being made here. `serial` grows with every
-- row that is written or changed.
CREATE TABLE extraction (
    text BLOB NOT NULL,
    pipeline TEXT NOT NULL,
    given INTEGER NOT NULL,
    body BLOB NOT NULL,
    serial INTEGER NOT NULL,
    PRIMARY KEY (text, pipeline)
);
CREATE INDEX extraction_serial ON extraction (serial, text);

-- `state` is a digest of all but the records that decides what the graph is, `records` and `serial` tell how far the
-- archive was read, `overrides` is the digest of the corrections, `notes` a JSON list of what could not be corrected.
CREATE TABLE build (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    counts TEXT,
    min_confidence REAL NOT NULL DEFAULT 0,
    store TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    records INTEGER NOT NULL DEFAULT 0,
    serial INTEGER NOT NULL DEFAULT 0,
    overrides TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '[]'
);

-- Every node id ever handed out, the key of the name that its node had, and the id of the node that it means now.
CREATE TABLE identifier (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    target TEXT NOT NULL
) WITHOUT ROWID;
