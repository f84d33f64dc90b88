-- How often somebody did something within a stretch of time: one row for each of a person's limits, never one each time.
CREATE TABLE counts_of_people (
    person INTEGER NOT NULL REFERENCES people(id),
    what   TEXT NOT NULL,                            -- press, message, file, refused
    since  TEXT NOT NULL,                            -- when that stretch began
    count  INTEGER NOT NULL,
    PRIMARY KEY (person, what)
) WITHOUT ROWID;

-- What somebody wrote past their limit is handled when the stretch is over.
CREATE INDEX inbox_held ON inbox(sender, id) WHERE state = 'held';
