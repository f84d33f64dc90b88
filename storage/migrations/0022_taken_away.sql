-- What only takes away (a role, a link, a consent, a block's freedom) survives a restore: it is written to a file beside
-- the database. Rows are here from the commit that takes away until the file has them.
CREATE TABLE taken_away (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,   -- goes up along the file, across restores
    at   TEXT NOT NULL,
    kind TEXT NOT NULL,                       -- domain/operations/taken_away.py
    data TEXT NOT NULL                        -- JSON: numbers of ours and keyed hashes
);

-- Blocks of people whom the restored database does not know (yet), by the keyed hash of their Telegram number.
CREATE TABLE blocked_strangers (
    who   TEXT PRIMARY KEY,
    until TEXT NOT NULL
);

-- After a restore these count only once they are confirmed.
ALTER TABLE roles ADD COLUMN asleep INTEGER NOT NULL DEFAULT 0;
CREATE INDEX roles_asleep ON roles(person) WHERE asleep;
ALTER TABLE pledge_consents ADD COLUMN asleep INTEGER NOT NULL DEFAULT 0;
CREATE INDEX pledge_consents_asleep ON pledge_consents(pledge) WHERE asleep;

-- A link for lead or admin waits for the yes of whoever made it; a no, or a restore, ends it.
ALTER TABLE invitations ADD COLUMN opened_by INTEGER REFERENCES people(id);
ALTER TABLE invitations ADD COLUMN opened_at TEXT;
ALTER TABLE invitations ADD COLUMN ended_at TEXT;
