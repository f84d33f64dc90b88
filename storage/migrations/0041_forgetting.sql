-- Forgetting somebody: their row stays as a number that says nothing, so that events, counts and figures stay as they
-- are; what is outside of the database is seen to afterwards.
ALTER TABLE people ADD COLUMN forgotten_at TEXT;

CREATE TABLE forgetting (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    person       INTEGER NOT NULL UNIQUE REFERENCES people(id),
    asked_by     INTEGER REFERENCES people(id),      -- who of the staff did it for them; empty: they did themselves
    asked_at     TEXT NOT NULL,
    step         TEXT NOT NULL,                      -- ending, erasing, outside, done
    -- Their private chat, until all is done. Who comes back has the same one: what is theirs in it ends at these
    -- numbers, and so do the updates they sent.
    chat         INTEGER REFERENCES chats(id),
    telegram_id  INTEGER,
    last_message INTEGER NOT NULL,
    last_card    INTEGER NOT NULL,
    last_outbox  INTEGER NOT NULL,
    last_update  INTEGER NOT NULL,
    tells        INTEGER NOT NULL,                   -- they are told when all is done
    done_at      TEXT
);
CREATE INDEX forgetting_open ON forgetting(step, id) WHERE done_at IS NULL;

-- What one person said and did is found without reading what everybody did.
CREATE INDEX report_parts_person ON report_parts(person, id) WHERE person IS NOT NULL;
CREATE INDEX repairs_person ON repairs(person, id);
CREATE INDEX repair_parts_person ON repair_parts(person, id) WHERE person IS NOT NULL;
CREATE INDEX checkins_person ON checkins(person, id) WHERE person IS NOT NULL;
CREATE INDEX project_told_person ON project_told(person, project);
CREATE INDEX photo_consents_person ON photo_consents(person, part);
