-- Repairs: what residents ask to have mended, the volunteers who may come, and who was asked.

CREATE TABLE volunteers (
    person        INTEGER PRIMARY KEY REFERENCES people(id),
    state         TEXT NOT NULL,                     -- asked, approved, declined, left
    always        INTEGER NOT NULL DEFAULT 1,        -- on call round the clock; else in `windows`
    windows       TEXT NOT NULL DEFAULT '[]',        -- weekly, in local time: [[weekday, opens, closes], …] in minutes
    at_once       INTEGER NOT NULL DEFAULT 1,        -- how many jobs at a time
    night         INTEGER NOT NULL DEFAULT 0,        -- may be rung at night for what cannot wait
    on_duty       INTEGER NOT NULL DEFAULT 1,
    paused_until  TEXT,
    phone         TEXT,                              -- for staff to ring when nobody answers; given on purpose
    listed        INTEGER NOT NULL DEFAULT 0,        -- stands in /neighbours, with their consent
    jobs          INTEGER NOT NULL DEFAULT 0,        -- that they hold now
    load          INTEGER NOT NULL DEFAULT 0,        -- jobs they hold and offers they have not answered
    last_job_at   TEXT,
    asked_at      TEXT NOT NULL,
    approved_at   TEXT,
    approved_by   INTEGER REFERENCES people(id)
);
CREATE INDEX volunteers_state ON volunteers(state, person);
CREATE INDEX volunteers_listed ON volunteers(person) WHERE listed;

CREATE TABLE volunteer_trades (
    person INTEGER NOT NULL REFERENCES volunteers(person),
    trade  TEXT NOT NULL,
    PRIMARY KEY (person, trade)
);
CREATE INDEX volunteer_trades_trade ON volunteer_trades(trade, person);

CREATE TABLE volunteer_areas (
    person INTEGER NOT NULL REFERENCES volunteers(person),
    area   TEXT NOT NULL,                            -- a code of the community's, or * for everywhere
    PRIMARY KEY (person, area)
);

-- Who can be asked: a row for each trade and area of everybody on duty, so that the next best is the next row of an
-- index, however many there are. `load` and `last_job` (empty: never had one) are those of `volunteers`.
CREATE TABLE volunteer_reach (
    trade    TEXT NOT NULL,
    area     TEXT NOT NULL,
    load     INTEGER NOT NULL,
    last_job TEXT NOT NULL,
    person   INTEGER NOT NULL REFERENCES volunteers(person),
    free     INTEGER NOT NULL,                       -- can have one more job
    night    INTEGER NOT NULL,
    hours0   INTEGER NOT NULL,                       -- hours of the week at which they may be on call, 56 bits each:
    hours1   INTEGER NOT NULL,                       -- who is not is passed over without being looked at
    hours2   INTEGER NOT NULL,
    PRIMARY KEY (trade, area, load, last_job, person)
) WITHOUT ROWID;
CREATE INDEX volunteer_reach_person ON volunteer_reach(person);

CREATE TABLE repairs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,    -- the number people are told
    person     INTEGER NOT NULL REFERENCES people(id),   -- who needs it; may have no Telegram
    asked_by   INTEGER NOT NULL REFERENCES people(id),   -- who asked and is written to; usually the same
    state      TEXT NOT NULL,
    version    INTEGER NOT NULL DEFAULT 0,           -- counts changes of state and taker: a stale button says so
    round      INTEGER NOT NULL DEFAULT 0,           -- how often it was said not to be done
    trade      TEXT NOT NULL,
    urgency    TEXT NOT NULL,                        -- now, today, week
    area       TEXT,
    address    TEXT NOT NULL,                        -- to the door; for nobody but whoever takes it
    home       TEXT,                                 -- when somebody is home, in their words
    danger     TEXT,
    released   INTEGER NOT NULL DEFAULT 0,           -- photos may be seen by those who are asked
    circle     INTEGER NOT NULL DEFAULT 0,           -- how far it has been looked
    taker      INTEGER REFERENCES people(id),
    code       TEXT,                                 -- four digits, for the door
    arrives_at TEXT,
    whole_day  INTEGER NOT NULL DEFAULT 0,           -- of arrives_at only the day was said
    taken_at   TEXT,
    minutes    INTEGER,                              -- that it took, as the volunteer says
    thanked    INTEGER NOT NULL DEFAULT 0,
    phone      TEXT,                                 -- of somebody without Telegram, who agreed that the taker reads it
    numbers_asker INTEGER NOT NULL DEFAULT 0,        -- whoever asked agrees that numbers may be written
    numbers_taker INTEGER NOT NULL DEFAULT 0,        -- and so does whoever has it; a new one is asked anew
    voice      INTEGER REFERENCES voices(id),        -- the report that it became
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    closed_at  TEXT
);
CREATE INDEX repairs_asked_by ON repairs(asked_by, id);
CREATE INDEX repairs_open ON repairs(state, id) WHERE closed_at IS NULL;
CREATE INDEX repairs_open_number ON repairs(id) WHERE closed_at IS NULL;
CREATE INDEX repairs_taker ON repairs(taker, id) WHERE taker IS NOT NULL;

CREATE TABLE repair_parts (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    repair         INTEGER NOT NULL REFERENCES repairs(id),
    person         INTEGER REFERENCES people(id),
    purpose        TEXT NOT NULL,                    -- request, done, thanks, reason
    kind           TEXT NOT NULL,                    -- as in voice_parts
    text           TEXT,
    file_id        TEXT,
    file_unique_id TEXT,
    duration       INTEGER,
    message        INTEGER REFERENCES messages(id),
    created_at     TEXT NOT NULL
);
CREATE INDEX repair_parts_repair ON repair_parts(repair, id);

-- Who was asked about a repair, once each; `card` is the message that asked.
CREATE TABLE repair_offers (
    repair      INTEGER NOT NULL REFERENCES repairs(id),
    person      INTEGER NOT NULL REFERENCES people(id),
    state       TEXT NOT NULL,                       -- open, taken, missed, declined, gave_up, closed
    circle      INTEGER NOT NULL,
    distance    INTEGER NOT NULL,
    times       INTEGER NOT NULL DEFAULT 1,
    card        INTEGER REFERENCES cards(id),
    offered_at  TEXT NOT NULL,
    answered_at TEXT,
    PRIMARY KEY (repair, person)
);
CREATE INDEX repair_offers_person ON repair_offers(person, state);

-- Addresses that people let us keep for the next time.
CREATE TABLE homes (
    person  INTEGER PRIMARY KEY REFERENCES people(id),
    area    TEXT,
    address TEXT NOT NULL,
    kept_at TEXT NOT NULL
);

-- What still waits to be sent about a repair is taken back when it may not be read any more.
CREATE INDEX outbox_open_subject ON outbox(subject, chat) WHERE state IN ('pending', 'waiting');
