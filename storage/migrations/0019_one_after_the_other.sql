-- What a message tells of, while it is on its way: until it is sent, nobody counts as told, and no second one tells it.
ALTER TABLE outbox ADD COLUMN tells TEXT;                 -- JSON list of names, as whoever worded it names them
-- So often nobody could word it; it waits then, and is tried again.
ALTER TABLE outbox ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_telling ON outbox(purpose) WHERE tells IS NOT NULL AND finished_at IS NULL;
CREATE INDEX outbox_to_be_worded ON outbox(chat) WHERE state = 'waiting' AND action = 'worded';

-- In a lane of a chat those take turns who write to it: whose words or press a row carries to others, and its turn.
ALTER TABLE outbox ADD COLUMN comes_from INTEGER;         -- a person; 0: nobody's doing; empty: in one's own private chat
ALTER TABLE outbox ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
DROP INDEX outbox_pending;
CREATE INDEX outbox_pending ON outbox(lane, chat, turn, id) WHERE state = 'pending';
CREATE INDEX outbox_of_one ON outbox(lane, chat, comes_from, turn) WHERE state = 'pending' AND comes_from IS NOT NULL;
DROP INDEX outbox_open_subject;
CREATE INDEX outbox_open_subject ON outbox(subject, chat, lane, turn) WHERE state IN ('pending', 'waiting');

-- Who writes a great deal to the staff group: what comes on top is folded until they read on.
CREATE INDEX outbox_folded ON outbox(comes_from, chat, id) WHERE state = 'folded';
CREATE TABLE heard (
    person  INTEGER NOT NULL REFERENCES people(id),
    chat    INTEGER NOT NULL REFERENCES chats(id),
    since   TEXT NOT NULL,                                -- when the hour began in which they are counted
    count   INTEGER NOT NULL,                             -- new messages they caused in it
    card    INTEGER REFERENCES cards(id),                 -- the message in which staff read that they write a lot
    told_at TEXT,                                         -- when that was written last
    PRIMARY KEY (person, chat)
) WITHOUT ROWID;
