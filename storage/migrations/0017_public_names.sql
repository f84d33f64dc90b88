-- The name of somebody that others may read, as staff approved it: Telegram lets everybody call themselves anything, at any
-- time. Another name waits until staff have looked at it.
CREATE TABLE public_names (
    person      INTEGER PRIMARY KEY REFERENCES people(id),
    name        TEXT NOT NULL,                -- what is shown
    approved_by INTEGER REFERENCES people(id),
    approved_at TEXT NOT NULL,
    waiting     TEXT,                         -- what they are called since, for staff to look at
    refused     TEXT,                         -- what staff did not take over: not asked about again
    version     INTEGER NOT NULL DEFAULT 0    -- counts the names that waited: a button is about one of them
);
INSERT INTO public_names (person, name, approved_at)
SELECT id, name, created_at FROM people
WHERE id IN (SELECT person FROM pledges WHERE state IN ('published', 'paused', 'ended'))
   OR id IN (SELECT person FROM volunteers WHERE state IN ('approved', 'left'));
