-- Which version of the archive was the newest when a record was last read: what is kept of a record only since a later
-- version is unknown until its source is read again.
ALTER TABLE record ADD COLUMN read_by INTEGER NOT NULL DEFAULT 2;
-- The version of a pipeline is made of numbers. citegraph 0.1.0 wrote twelve hexadecimal digits of a hash instead, which
-- changed with every release of spaCy. Whatever they are, they count as version 1 of pipeline, models and catalogue.
-- Of several extractions of a text by one pipeline, the one that came with an input stays, else the last.
DELETE FROM extraction WHERE EXISTS (
    SELECT 1 FROM extraction other
    WHERE other.text = extraction.text
    AND (other.given, other.serial) > (extraction.given, extraction.serial)
    AND (
        (
            extraction.pipeline GLOB 'default-*' AND length(extraction.pipeline) = 20
            AND NOT substr(extraction.pipeline, 9) GLOB '*[^0-9a-f]*'
            AND other.pipeline GLOB 'default-*' AND length(other.pipeline) = 20
            AND NOT substr(other.pipeline, 9) GLOB '*[^0-9a-f]*'
        ) OR (
            extraction.pipeline GLOB 'rules-*' AND length(extraction.pipeline) = 18
            AND NOT substr(extraction.pipeline, 7) GLOB '*[^0-9a-f]*'
            AND other.pipeline GLOB 'rules-*' AND length(other.pipeline) = 18
            AND NOT substr(other.pipeline, 7) GLOB '*[^0-9a-f]*'
        )
    )
);
UPDATE extraction SET pipeline = 'default-p1-m1-c1'
WHERE pipeline GLOB 'default-*' AND length(pipeline) = 20 AND NOT substr(pipeline, 9) GLOB '*[^0-9a-f]*';
UPDATE extraction SET pipeline = 'rules-p1-c1'
WHERE pipeline GLOB 'rules-*' AND length(pipeline) = 18 AND NOT substr(pipeline, 7) GLOB '*[^0-9a-f]*';
UPDATE build SET pipeline = 'default-p1-m1-c1'
WHERE pipeline GLOB 'default-*' AND length(pipeline) = 20 AND NOT substr(pipeline, 9) GLOB '*[^0-9a-f]*';
UPDATE build SET pipeline = 'rules-p1-c1'
WHERE pipeline GLOB 'rules-*' AND length(pipeline) = 18 AND NOT substr(pipeline, 7) GLOB '*[^0-9a-f]*'
