-- Which version of the archive was the newest when a record was last read: what is kept of a record only since a later
-- version is unknown until its source is read again.
ALTER TABLE record ADD COLUMN read_by INTEGER NOT NULL DEFAULT 2;
-- The version of a pipeline is made of numbers. citegraph 0.1.0 wrote twelve hexadecimal digits of a hash instead, which
-- changed with every release of spaCy. Whatever they are, they count as version 1 of pipeline, models and catalogue.
-- An archive may hold several extractions of a text that are of one version then, one of them perhaps under that version
-- already: 0.1.0 took it from a file that a newer `kg extract` wrote. One of them stays, in the order in which the archive
-- prefers them: what came with an input, then what is under that version already, then the last that was written.
DELETE FROM extraction WHERE rowid IN (
    SELECT id FROM (
        SELECT id, row_number() OVER (
            PARTITION BY text, version ORDER BY given DESC, pipeline = version DESC, serial DESC
        ) AS place
        FROM (
            SELECT rowid AS id, text, pipeline, given, serial, CASE
                WHEN pipeline GLOB 'default-*' AND length(pipeline) = 20
                    AND NOT substr(pipeline, 9) GLOB '*[^0-9a-f]*' THEN 'default-p1-m1-c1'
                WHEN pipeline GLOB 'rules-*' AND length(pipeline) = 18
                    AND NOT substr(pipeline, 7) GLOB '*[^0-9a-f]*' THEN 'rules-p1-c1'
                ELSE pipeline
            END AS version
            FROM extraction
        )
    )
    WHERE place > 1
);
UPDATE extraction SET pipeline = 'default-p1-m1-c1'
WHERE pipeline GLOB 'default-*' AND length(pipeline) = 20 AND NOT substr(pipeline, 9) GLOB '*[^0-9a-f]*';
UPDATE extraction SET pipeline = 'rules-p1-c1'
WHERE pipeline GLOB 'rules-*' AND length(pipeline) = 18 AND NOT substr(pipeline, 7) GLOB '*[^0-9a-f]*';
UPDATE build SET pipeline = 'default-p1-m1-c1'
WHERE pipeline GLOB 'default-*' AND length(pipeline) = 20 AND NOT substr(pipeline, 9) GLOB '*[^0-9a-f]*';
UPDATE build SET pipeline = 'rules-p1-c1'
WHERE pipeline GLOB 'rules-*' AND length(pipeline) = 18 AND NOT substr(pipeline, 7) GLOB '*[^0-9a-f]*'
