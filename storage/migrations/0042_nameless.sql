-- Reports that were closed long ago have neither words nor names.

ALTER TABLE reports ADD COLUMN nameless_at TEXT;     -- when its words, its places and whose it was went for good
CREATE INDEX reports_with_names ON reports(closed_at, id)
    WHERE closed_at IS NOT NULL AND merged_into IS NULL AND project IS NULL AND nameless_at IS NULL;
CREATE INDEX reports_of_project_with_names ON reports(project) WHERE project IS NOT NULL AND nameless_at IS NULL;

-- People nobody is, who stand in such reports in the place of those who spoke: the same few for all of them.
CREATE TABLE stand_ins (
    number INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people(id)
);

-- Which of them is for whom, while the reports that go together are being made nameless; empty else.
CREATE TABLE standing_in (
    report INTEGER NOT NULL REFERENCES reports(id),
    person INTEGER NOT NULL REFERENCES people(id),
    number INTEGER NOT NULL,
    PRIMARY KEY (report, person)
) WITHOUT ROWID;
