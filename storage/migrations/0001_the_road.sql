-- Never edited once landed: a change is a new file with the next number.
-- Instants are UTC text of fixed width (storage/core/instants.py); JSON is text; a subject is 'kind:id', such as 'voice:12'.

-- What the program learnt while running: the bot's id, the staff chat, whether the last stop was clean.
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE chats (
    id          INTEGER PRIMARY KEY,
    telegram_id INTEGER NOT NULL UNIQUE,      -- changes when a group becomes a supergroup; our id does not
    kind        TEXT NOT NULL,                -- private, group, supergroup, channel
    title       TEXT,
    is_forum    INTEGER NOT NULL DEFAULT 0,
    unreachable TEXT,                         -- why nothing can be sent there until they speak again
    created_at  TEXT NOT NULL
);

CREATE TABLE people (
    id          INTEGER PRIMARY KEY,
    telegram_id INTEGER UNIQUE,               -- empty for people without Telegram
    name        TEXT NOT NULL,
    username    TEXT,
    language    TEXT NOT NULL,                -- a language of ours: en, zh_Hans
    chose_language INTEGER NOT NULL DEFAULT 0,
    started     INTEGER NOT NULL DEFAULT 0,   -- opened the private chat, so we may write to them
    created_at  TEXT NOT NULL
);

CREATE TABLE roles (
    person     INTEGER NOT NULL REFERENCES people(id),
    role       TEXT NOT NULL,
    granted_by INTEGER REFERENCES people(id),
    granted_at TEXT NOT NULL,
    PRIMARY KEY (person, role)
);

CREATE TABLE invitations (
    code       TEXT PRIMARY KEY,
    purpose    TEXT NOT NULL,                 -- role:staff, staff_chat
    created_by INTEGER REFERENCES people(id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_by    INTEGER REFERENCES people(id),
    used_at    TEXT
);

-- Door one: every update, committed before Telegram is told that we have it.
CREATE TABLE inbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,   -- order of arrival; update ids restart at random after a quiet week
    update_id   INTEGER NOT NULL UNIQUE,
    body        TEXT NOT NULL,
    state       TEXT NOT NULL DEFAULT 'new',         -- new, done, quarantined
    tries       INTEGER NOT NULL DEFAULT 0,
    received_at TEXT NOT NULL,
    done_at     TEXT,
    error       TEXT
);
CREATE INDEX inbox_new ON inbox(id) WHERE state = 'new';
CREATE INDEX inbox_done ON inbox(done_at) WHERE state = 'done';

CREATE TABLE topics (
    id        INTEGER PRIMARY KEY,
    chat      INTEGER NOT NULL REFERENCES chats(id),
    key       TEXT NOT NULL,                  -- which of our topics: a department's code, or 'general'
    name      TEXT NOT NULL,
    thread_id INTEGER,                        -- Telegram's, once it was made
    UNIQUE (chat, key)
);

-- A card is one message that is kept true by editing it.
CREATE TABLE cards (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    chat       INTEGER NOT NULL REFERENCES chats(id),
    topic      INTEGER REFERENCES topics(id),
    subject    TEXT NOT NULL,
    role       TEXT NOT NULL,                 -- status (resident's), staff, question (a conversation's)
    message_id INTEGER,                       -- Telegram's, once it was sent
    created_at TEXT NOT NULL
);
CREATE INDEX cards_subject ON cards(subject, role);

-- Which message is about what: a reply or a press finds its subject here.
CREATE TABLE messages (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    chat       INTEGER NOT NULL REFERENCES chats(id),
    message_id INTEGER NOT NULL,
    incoming   INTEGER NOT NULL,
    subject    TEXT,
    purpose    TEXT NOT NULL,                 -- card, answer, prompt, notice, part …
    card       INTEGER REFERENCES cards(id),
    outbox     INTEGER,
    album      TEXT,                          -- Telegram's media_group_id: the parts of an album belong together
    UNIQUE (chat, message_id)
);
CREATE INDEX messages_subject ON messages(subject);
CREATE INDEX messages_album ON messages(chat, album) WHERE album IS NOT NULL;

-- Door two: everything to be sent, committed with what caused it.
CREATE TABLE outbox (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    lane           INTEGER NOT NULL,          -- 0 interactive, 1 notices, 2 broadcasts
    chat           INTEGER NOT NULL REFERENCES chats(id),
    action         TEXT NOT NULL,             -- card, message, photo, voice, …: bot/sending.py
    content        TEXT NOT NULL,
    topic          INTEGER REFERENCES topics(id),
    card           INTEGER REFERENCES cards(id),
    message        INTEGER REFERENCES messages(id),   -- the message acted on: deleted, reacted to, stripped of buttons
    reply_to       INTEGER REFERENCES messages(id),
    reply_to_card  INTEGER REFERENCES cards(id),
    subject        TEXT,
    purpose        TEXT NOT NULL DEFAULT 'notice',
    when_uncertain TEXT NOT NULL DEFAULT 'again',     -- again, drop
    state          TEXT NOT NULL,             -- waiting (for not_before), pending, sending, sent, dropped, failed
    not_before     TEXT,
    once           TEXT UNIQUE,               -- the occurrence this row is about, where it must not come twice
    tries          INTEGER NOT NULL DEFAULT 0,
    error          TEXT,
    created_at     TEXT NOT NULL,
    finished_at    TEXT
);
CREATE INDEX outbox_pending ON outbox(lane, chat, id) WHERE state = 'pending';
CREATE INDEX outbox_waiting ON outbox(not_before) WHERE state = 'waiting';
CREATE INDEX outbox_sending ON outbox(id) WHERE state = 'sending';
CREATE INDEX outbox_finished ON outbox(finished_at) WHERE finished_at IS NOT NULL;
CREATE UNIQUE INDEX outbox_one_waiting_edit ON outbox(card) WHERE card IS NOT NULL AND state IN ('pending', 'waiting');

-- Every change of state of every thing, with time and actor. Figures are computed from these.
CREATE TABLE events (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      TEXT NOT NULL,
    actor   INTEGER REFERENCES people(id),
    subject TEXT NOT NULL,
    kind    TEXT NOT NULL,
    data    TEXT NOT NULL
);
CREATE INDEX events_subject ON events(subject, id);
CREATE INDEX events_kind ON events(kind, at);

-- What is due and when. The clock only asks; this table knows.
CREATE TABLE due (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    next_due   TEXT NOT NULL,
    data       TEXT NOT NULL DEFAULT '{}',
    occurrence TEXT NOT NULL UNIQUE,          -- so that one occurrence is never written twice
    tries      INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX due_next ON due(next_due);
CREATE INDEX due_subject ON due(subject);

-- A conversation is where a person stands in a flow, with all they have said in it so far.
CREATE TABLE conversations (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    chat       INTEGER NOT NULL REFERENCES chats(id),
    person     INTEGER NOT NULL REFERENCES people(id),
    flow       TEXT NOT NULL,
    step       TEXT NOT NULL,
    draft      TEXT NOT NULL,
    state      TEXT NOT NULL,                 -- open, parked (another flow came between), ended
    card       INTEGER REFERENCES cards(id),  -- the question that is on the screen
    started_at TEXT NOT NULL,
    touched_at TEXT NOT NULL
);
CREATE UNIQUE INDEX conversations_open ON conversations(chat, person) WHERE state = 'open';
CREATE INDEX conversations_parked ON conversations(chat, person, id) WHERE state = 'parked';

CREATE TABLE voices (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,   -- the number people are told
    person      INTEGER NOT NULL REFERENCES people(id),
    state       TEXT NOT NULL,
    version     INTEGER NOT NULL DEFAULT 0,          -- counts changes of state and assignee: a stale button says so
    category    TEXT,
    area        TEXT,
    place       TEXT,                                -- typed words
    latitude    REAL,
    longitude   REAL,
    title       TEXT,                                -- the line staff wrote
    heard       TEXT,                                -- what staff heard in a voice note
    heard_right INTEGER,                             -- the resident said: yes, right / no
    danger      TEXT,
    assignee    INTEGER REFERENCES people(id),
    due_at      TEXT,
    rounds      INTEGER NOT NULL DEFAULT 0,          -- how often it was resolved
    created_at  TEXT NOT NULL,
    changed_at  TEXT NOT NULL
);
CREATE INDEX voices_person ON voices(person, id);
CREATE INDEX voices_state ON voices(state, id);

-- All that was said about a voice, by whom and in which role of the conversation.
CREATE TABLE voice_parts (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    voice          INTEGER NOT NULL REFERENCES voices(id),
    person         INTEGER REFERENCES people(id),
    purpose        TEXT NOT NULL,             -- report, addition, answer, note, resolution, proof, reason
    kind           TEXT NOT NULL,             -- text, photo, voice, video, video_note, document, audio
    text           TEXT,
    file_id        TEXT,
    file_unique_id TEXT,
    duration       INTEGER,
    message        INTEGER REFERENCES messages(id),
    released       INTEGER NOT NULL DEFAULT 0,        -- a note that staff later sent to the resident
    created_at     TEXT NOT NULL
);
CREATE INDEX voice_parts_voice ON voice_parts(voice, id);
