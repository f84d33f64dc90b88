-- What one person says of danger rings once, and goes on its card afterwards, so that nobody drowns another's danger.

CREATE TABLE dangers (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT NOT NULL,                  -- danger, unsafe, unfilled
    person       INTEGER NOT NULL REFERENCES people(id),
    subject      TEXT NOT NULL,                  -- voice:12, repair:5
    rang_at      TEXT NOT NULL,
    closed_at    TEXT,                           -- when staff closed what it is about, or its reporter took it back
    asked_at     TEXT,                           -- when the person was last asked where it is
    shown_at     TEXT,                           -- when its card was last changed for what was said afterwards
    at_once      INTEGER NOT NULL DEFAULT 0,     -- how often that was done at once
    again        INTEGER NOT NULL DEFAULT 0,     -- how often the same was pressed again
    again_at     TEXT
);
CREATE INDEX dangers_person ON dangers(person, kind, id);
CREATE INDEX dangers_subject ON dangers(subject, id);

-- What was said afterwards: on the card while there is room, else below it.
CREATE TABLE danger_words (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    danger       INTEGER NOT NULL REFERENCES dangers(id),
    part         INTEGER REFERENCES voice_parts(id),   -- empty: a shared point alone
    message      INTEGER REFERENCES messages(id),
    on_card      INTEGER NOT NULL,
    state        TEXT NOT NULL,                  -- waiting, posted; off: taken off, staff are still to be told; gone
    place        TEXT,                           -- where the report said it is, before and by these words (JSON)
    created_at   TEXT NOT NULL
);
CREATE INDEX danger_words_danger ON danger_words(danger, id);
CREATE UNIQUE INDEX danger_words_part ON danger_words(part) WHERE part IS NOT NULL;
CREATE INDEX danger_words_message ON danger_words(message) WHERE message IS NOT NULL;

-- Danger stands first in every list.
CREATE INDEX voices_in_danger ON voices(id) WHERE danger IS NOT NULL AND closed_at IS NULL;
