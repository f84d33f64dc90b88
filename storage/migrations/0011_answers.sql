-- What staff said together (an album, an answer of several messages) hangs on its first part. An answer can be changed and
-- taken back; the words of a template go to each reader in their own language.

ALTER TABLE voice_parts ADD COLUMN first INTEGER REFERENCES voice_parts(id);   -- empty: it is the first one itself
ALTER TABLE voice_parts ADD COLUMN template TEXT;                              -- the code of a template of the community
ALTER TABLE voice_parts ADD COLUMN changed_at TEXT;
ALTER TABLE voice_parts ADD COLUMN taken_back_at TEXT;

CREATE INDEX voice_parts_first ON voice_parts(first) WHERE first IS NOT NULL;
-- A part of an album that still waits may have been taken back.
CREATE INDEX outbox_taken_back ON outbox(card) WHERE action = 'take_back';
