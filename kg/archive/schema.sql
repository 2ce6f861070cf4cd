-- Paper records as read: every distinct one, for good. `text` is the hash of title and abstract.
CREATE TABLE record (
    hash BLOB NOT NULL UNIQUE,
    id TEXT NOT NULL,
    text BLOB NOT NULL,
    first_seen TEXT NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX record_order ON record (id, hash);
CREATE INDEX record_text ON record (text, hash);

-- What a pipeline found in a text. `given`: it came with an input instead of being made here.
CREATE TABLE extraction (
    text BLOB NOT NULL,
    pipeline TEXT NOT NULL,
    given INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (text, pipeline)
);

CREATE TABLE build (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    counts TEXT
);

-- Every node id ever handed out, and the id of the node that it means now.
CREATE TABLE identifier (
    id TEXT PRIMARY KEY,
    target TEXT NOT NULL
) WITHOUT ROWID;
