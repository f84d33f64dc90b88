-- Promises made in public. A pledge has the words and the plan that are on the board; every wording there ever was is a
-- row of pledge_wordings, the newest of which may still wait for staff.
CREATE TABLE pledges (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,   -- the number people are told
    person         INTEGER NOT NULL REFERENCES people(id),
    keeper         INTEGER NOT NULL REFERENCES people(id),   -- who is reminded and checks in: the person, or who speaks for them
    recorded_by    INTEGER REFERENCES people(id),       -- staff who wrote it down for somebody without Telegram
    kind           TEXT NOT NULL,             -- recurring, quota, on_call, once
    state          TEXT NOT NULL,             -- waiting, asked, published, paused, ended
    version        INTEGER NOT NULL DEFAULT 0,          -- counts changes of state and wording: a stale button says so
    words          TEXT NOT NULL,
    plan           TEXT NOT NULL,             -- JSON: domain/pledges/pledges.py, Plan
    zone           TEXT NOT NULL,             -- IANA: the wall clock it was promised by
    voice          INTEGER REFERENCES voices(id),       -- the report it answers
    planned_until  TEXT,                      -- the times due up to here are in occurrences
    created_at     TEXT NOT NULL,
    changed_at     TEXT NOT NULL,
    published_at   TEXT,
    ended_at       TEXT
);
CREATE INDEX pledges_person ON pledges(person, id);
CREATE INDEX pledges_looked_after ON pledges(keeper, person);
CREATE INDEX pledges_keeper ON pledges(keeper, planned_until) WHERE state = 'published';
-- Partial, and not by state alone: else "state = 'published' AND keeper IN (…)" would read every published pledge.
CREATE INDEX pledges_board ON pledges(state, id) WHERE state IN ('published', 'paused', 'ended');
CREATE INDEX pledges_board_kind ON pledges(kind, state, id) WHERE state IN ('published', 'paused', 'ended');

CREATE TABLE pledge_areas (
    pledge INTEGER NOT NULL REFERENCES pledges(id),
    area   TEXT NOT NULL,                     -- a code of the community's
    PRIMARY KEY (area, pledge)
);
CREATE INDEX pledge_areas_pledge ON pledge_areas(pledge);

CREATE TABLE pledge_wordings (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    pledge     INTEGER NOT NULL REFERENCES pledges(id),
    words      TEXT NOT NULL,
    plan       TEXT NOT NULL,
    areas      TEXT NOT NULL,                 -- JSON list of codes
    state      TEXT NOT NULL,                 -- waiting, asked, approved, replaced
    asked      TEXT,                          -- what staff asked to have changed
    written_by INTEGER NOT NULL REFERENCES people(id),
    decided_by INTEGER REFERENCES people(id),
    created_at TEXT NOT NULL,
    decided_at TEXT
);
CREATE INDEX pledge_wordings_pledge ON pledge_wordings(pledge, id);

-- What its maker lets the board show, until they take it back.
CREATE TABLE pledge_consents (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    pledge       INTEGER NOT NULL REFERENCES pledges(id),
    what         TEXT NOT NULL,               -- name, photos
    given_at     TEXT NOT NULL,
    withdrawn_at TEXT
);
CREATE UNIQUE INDEX pledge_consents_one ON pledge_consents(pledge, what) WHERE withdrawn_at IS NULL;

-- One row for each time a pledge is due: an evening, a window of a quota, the day of one that is kept once.
CREATE TABLE occurrences (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    key            TEXT NOT NULL UNIQUE,      -- pledge:7:2026-12-05T19:00
    pledge         INTEGER NOT NULL REFERENCES pledges(id),
    starts_at      TEXT NOT NULL,
    ends_at        TEXT NOT NULL,
    outcome        TEXT NOT NULL DEFAULT 'open',        -- open, kept, not_kept, not_reported, excused
    target         INTEGER,                   -- of a quota
    done           INTEGER NOT NULL DEFAULT 0,
    told           TEXT,                      -- the message that first named it: outbox.once, or 'published'
    asked_again_at TEXT,                      -- a message after it was over asked once more
    settled_at     TEXT
);
CREATE INDEX occurrences_pledge ON occurrences(pledge, outcome, starts_at);
CREATE INDEX occurrences_open ON occurrences(pledge, starts_at) WHERE outcome = 'open';
CREATE INDEX occurrences_over ON occurrences(ends_at) WHERE outcome = 'open';

CREATE TABLE checkins (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    pledge         INTEGER NOT NULL REFERENCES pledges(id),
    occurrence     INTEGER REFERENCES occurrences(id),  -- none for one on call
    person         INTEGER REFERENCES people(id),       -- who said so
    answer         TEXT NOT NULL,             -- done, cannot, excused, note
    amount         INTEGER NOT NULL DEFAULT 0,          -- of a quota, or of one on call
    words          TEXT,
    kind           TEXT,                      -- photo …: what came with it
    file_id        TEXT,
    file_unique_id TEXT,
    message        INTEGER REFERENCES messages(id),
    released_at    TEXT,                      -- staff let the board show words and photo
    released_by    INTEGER REFERENCES people(id),
    gone_at        TEXT,                      -- Telegram has the file no more
    undone_at      TEXT,
    created_at     TEXT NOT NULL
);
CREATE INDEX checkins_pledge ON checkins(pledge, id);
CREATE INDEX checkins_occurrence ON checkins(occurrence, id);

CREATE TABLE pledge_thanks (
    pledge     INTEGER NOT NULL REFERENCES pledges(id),
    person     INTEGER NOT NULL REFERENCES people(id),
    created_at TEXT NOT NULL,
    PRIMARY KEY (pledge, person)
);

-- When each keeper wants the list of the week, and whether each time is to be announced as well.
CREATE TABLE keepers (
    person  INTEGER PRIMARY KEY REFERENCES people(id),
    weekday INTEGER NOT NULL,                 -- 0 is Monday
    minute  INTEGER NOT NULL,                 -- of the day
    before  INTEGER                           -- so many minutes before each time; empty: not at all
);
