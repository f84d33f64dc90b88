-- What a message tells of, while it is on its way: until it is sent, nobody counts as told, and no second one tells it.
ALTER TABLE outbox ADD COLUMN tells TEXT;                 -- JSON list of names, as whoever worded it names them
-- So often nobody could word it; it waits then, and is tried again.
ALTER TABLE outbox ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_telling ON outbox(purpose) WHERE tells IS NOT NULL AND finished_at IS NULL;
CREATE INDEX outbox_to_be_worded ON outbox(chat) WHERE state = 'waiting' AND action = 'worded';
