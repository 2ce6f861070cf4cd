-- From what a build made its graph, so that the next one knows whether anything is new, and the names of handed-out ids.
ALTER TABLE extraction ADD COLUMN serial INTEGER NOT NULL DEFAULT 0;
UPDATE extraction SET serial = rowid;
CREATE INDEX extraction_serial ON extraction (serial, text);
ALTER TABLE build ADD COLUMN min_confidence REAL NOT NULL DEFAULT 0;
ALTER TABLE build ADD COLUMN store TEXT NOT NULL DEFAULT '';
ALTER TABLE build ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE build ADD COLUMN records INTEGER NOT NULL DEFAULT 0;
ALTER TABLE build ADD COLUMN serial INTEGER NOT NULL DEFAULT 0;
ALTER TABLE build ADD COLUMN overrides TEXT NOT NULL DEFAULT '';
ALTER TABLE build ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE identifier ADD COLUMN name TEXT NOT NULL DEFAULT ''
