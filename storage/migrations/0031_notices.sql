-- Notices to the neighbourhood, and where people live.
CREATE TABLE notices (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- the number staff are told
    by           INTEGER NOT NULL REFERENCES people(id),
    kind         TEXT NOT NULL,                      -- maintenance, event, news, survey
    urgent       INTEGER NOT NULL DEFAULT 0,
    audience     TEXT NOT NULL,                      -- JSON: areas, roles, trades, who reported about what since when
    state        TEXT NOT NULL,                      -- awaiting, planned, sending, sent, refused, withdrawn
    broadcast    INTEGER REFERENCES broadcasts(id),  -- what it says, and who gets it; made in the same transaction
    send_at      TEXT,                               -- empty: as soon as it may
    confirmed_by INTEGER REFERENCES people(id),      -- the second person's yes to an urgent one
    alone_reason TEXT,                               -- why a lead sent an urgent one without it
    created_at   TEXT NOT NULL,
    changed_at   TEXT NOT NULL
);

-- Where somebody lives, as they said when they were asked once. Said without an area: they would rather not say.
CREATE TABLE residences (
    person   INTEGER PRIMARY KEY REFERENCES people(id),
    area     TEXT,
    asked_at TEXT NOT NULL,
    said_at  TEXT
);

ALTER TABLE reports ADD COLUMN notice INTEGER REFERENCES notices(id);  -- the notice it answers
CREATE INDEX reports_notice ON reports(notice) WHERE notice IS NOT NULL;
