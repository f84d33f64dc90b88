-- Several people behind one voice, each asked whether it is fixed; voices merged, handed on, declined, withdrawn.

ALTER TABLE people ADD COLUMN phone TEXT;                 -- of people without Telegram, for staff to ring back
ALTER TABLE people ADD COLUMN quiet_from INTEGER;         -- hours of the local day; empty: as the community has it
ALTER TABLE people ADD COLUMN quiet_until INTEGER;

ALTER TABLE voices ADD COLUMN closed_at TEXT;             -- empty while something is owed to the residents
ALTER TABLE voices ADD COLUMN department TEXT;            -- assigned by hand; empty: the category's
ALTER TABLE voices ADD COLUMN relation TEXT;              -- lives, works, passing
ALTER TABLE voices ADD COLUMN about_person INTEGER NOT NULL DEFAULT 0;
ALTER TABLE voices ADD COLUMN recorded_by INTEGER REFERENCES people(id);   -- staff, for somebody at the counter
ALTER TABLE voices ADD COLUMN merged_into INTEGER REFERENCES voices(id);
ALTER TABLE voices ADD COLUMN state_before TEXT;          -- the state a merged voice goes back to
ALTER TABLE voices ADD COLUMN handed_to TEXT;
ALTER TABLE voices ADD COLUMN handed_at TEXT;
ALTER TABLE voices ADD COLUMN ask_again_at TEXT;
ALTER TABLE voices ADD COLUMN objected_at TEXT;           -- a decision may be objected to once
UPDATE voices SET closed_at = changed_at WHERE state = 'confirmed';

CREATE INDEX voices_open ON voices(id) WHERE closed_at IS NULL;
CREATE INDEX voices_open_state ON voices(state, id) WHERE closed_at IS NULL;
CREATE INDEX voices_open_area ON voices(area, id) WHERE closed_at IS NULL;
CREATE INDEX voices_open_due ON voices(due_at, id) WHERE closed_at IS NULL;
CREATE INDEX voices_open_assignee ON voices(assignee, id) WHERE closed_at IS NULL;
CREATE INDEX voices_merged ON voices(merged_into) WHERE merged_into IS NOT NULL;

-- Who joined a voice: "me too".
CREATE TABLE supports (
    voice      INTEGER NOT NULL REFERENCES voices(id),
    person     INTEGER NOT NULL REFERENCES people(id),
    created_at TEXT NOT NULL,
    PRIMARY KEY (voice, person)
);
CREATE INDEX supports_person ON supports(person, voice);

-- "Is it fixed?", asked of one person about one round of resolving.
CREATE TABLE verdicts (
    voice       INTEGER NOT NULL REFERENCES voices(id),
    round       INTEGER NOT NULL,
    person      INTEGER NOT NULL REFERENCES people(id),
    asked_at    TEXT,                                     -- empty: could not be reached, so was not asked
    reminded_at TEXT,
    answer      TEXT,                                     -- yes, no
    answered_at TEXT,
    content     INTEGER,                                  -- content with how it was handled: 1, 0
    PRIMARY KEY (voice, round, person)
);

CREATE TABLE blocks (
    person INTEGER PRIMARY KEY REFERENCES people(id),
    by     INTEGER NOT NULL REFERENCES people(id),
    reason TEXT NOT NULL,
    since  TEXT NOT NULL,
    until  TEXT NOT NULL
);

-- Words to find a voice by, split as storage/staff_room/search.py splits them; rowid is the voice's number.
CREATE VIRTUAL TABLE voice_search USING fts5(words, tokenize = 'unicode61 remove_diacritics 2');
