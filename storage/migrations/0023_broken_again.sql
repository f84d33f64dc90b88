-- A report of what is broken again, once it was reopened too often, is a new one and names the one it goes on from.

ALTER TABLE voices ADD COLUMN follows INTEGER REFERENCES voices (id);
CREATE INDEX voices_follows ON voices (follows) WHERE follows IS NOT NULL;
