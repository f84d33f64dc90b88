-- What waits to be put into voice_search, the newest first; all that was said before there was a search.
CREATE TABLE search_waiting (voice INTEGER PRIMARY KEY REFERENCES voices(id));
INSERT INTO search_waiting SELECT id FROM voices;
INSERT INTO due (kind, subject, next_due, occurrence)
SELECT 'search', 'program:1', strftime('%Y-%m-%dT%H:%M:%S', 'now'), 'search' WHERE EXISTS (SELECT 1 FROM voices);

-- What a member of staff searched for: the words are too long for a button.
CREATE TABLE searches (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES people(id),
    words  TEXT NOT NULL
);
CREATE INDEX searches_person ON searches(person, id);

-- The copies of an answer: who got it, to mend or delete it.
CREATE INDEX cards_answers ON cards(role) WHERE role >= 'answer:' AND role < 'answer;';
