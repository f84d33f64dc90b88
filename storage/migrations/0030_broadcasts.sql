-- Words to many people: a notice, or what the lead of a project says to everybody whose report is in it.

-- One thing said to many people. What it is about says who wrote it and how it reads: 'notice:3', 'project:2'.
CREATE TABLE broadcasts (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    subject     TEXT NOT NULL,
    by          INTEGER NOT NULL REFERENCES people(id),
    kind        TEXT,                                -- what people mute it by; empty: nobody can
    urgent      INTEGER NOT NULL DEFAULT 0,          -- passes mute and quiet hours, and makes a sound in them
    state       TEXT NOT NULL,                       -- prepared, sending, stopped, done, withdrawn
    gathered_to INTEGER,                             -- recipients are listed up to that person; empty: all are
    version     INTEGER NOT NULL DEFAULT 0,          -- counts corrections
    created_at  TEXT NOT NULL,
    started_at  TEXT,
    finished_at TEXT
);
CREATE INDEX broadcasts_subject ON broadcasts(subject, id);
CREATE INDEX broadcasts_sending ON broadcasts(urgent, id) WHERE state = 'sending';

-- What it says: words and files, for one language or for all.
CREATE TABLE broadcast_parts (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    broadcast      INTEGER NOT NULL REFERENCES broadcasts(id),
    language       TEXT,                             -- empty: for everybody whose language has no words of its own
    kind           TEXT NOT NULL,                    -- text, photo, document …
    text           TEXT,
    file_id        TEXT,
    file_unique_id TEXT,
    created_at     TEXT NOT NULL,
    replaced_at    TEXT                              -- a correction took its place then
);
CREATE INDEX broadcast_parts_broadcast ON broadcast_parts(broadcast, id);

-- Who gets it, and what became of it. Each person is listed once, so nobody gets it twice.
CREATE TABLE broadcast_recipients (
    broadcast  INTEGER NOT NULL REFERENCES broadcasts(id),
    person     INTEGER NOT NULL REFERENCES people(id),
    about      TEXT,                                 -- what of theirs it is about: 'report:12'; it replies to its card
    state      TEXT NOT NULL,                        -- waiting, queued, sent, unreachable, failed, muted, withdrawn
    not_before TEXT NOT NULL,                        -- while it waits: not earlier, for their quiet hours end then
    card       INTEGER REFERENCES cards(id),         -- its words on their screen, to correct or delete
    outbox     INTEGER,                              -- the row that sends the words
    no_file    INTEGER NOT NULL DEFAULT 0,           -- Telegram did not take one of its files for them
    PRIMARY KEY (broadcast, person)
) WITHOUT ROWID;
CREATE INDEX broadcast_recipients_waiting ON broadcast_recipients(broadcast, not_before, person)
    WHERE state = 'waiting';
CREATE INDEX broadcast_recipients_queued ON broadcast_recipients(broadcast, person) WHERE state = 'queued';
CREATE INDEX broadcast_recipients_person ON broadcast_recipients(person, broadcast);
-- The copies that somebody has: the words in the role 'broadcast:<id>', a file in 'broadcast:<id>:<part>'.
CREATE INDEX cards_broadcasts ON cards(chat, role) WHERE role >= 'broadcast:' AND role < 'broadcast;';
