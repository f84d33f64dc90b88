-- A task that nobody knows any more, or that fails for days, is put away: it holds up nothing, and can be looked at.
CREATE TABLE tasks_put_away (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    data       TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    tries      INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    at         TEXT NOT NULL
);
CREATE INDEX tasks_put_away_at ON tasks_put_away(at);

-- What ended long ago goes, a little at a time; each walk reads only what goes.
DROP INDEX outbox_finished;
CREATE INDEX outbox_finished ON outbox(finished_at) WHERE finished_at IS NOT NULL AND once IS NULL;
CREATE INDEX outbox_finished_once ON outbox(finished_at) WHERE finished_at IS NOT NULL AND once IS NOT NULL;
CREATE INDEX outbox_once_worded ON outbox(finished_at)
    WHERE finished_at IS NOT NULL AND once IS NOT NULL AND content <> '{}';
CREATE INDEX conversations_ended ON conversations(touched_at) WHERE state = 'ended';
CREATE INDEX conversations_ended_drafts ON conversations(touched_at) WHERE state = 'ended' AND draft <> '{}';

-- How far that has come: by a clock that moves on by a day at most each time, and the last key that was looked at.
CREATE TABLE tidying (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    clock        TEXT NOT NULL,
    looked_at    TEXT NOT NULL,
    looked_at_id INTEGER NOT NULL
);
