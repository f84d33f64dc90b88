-- Of repairs that were closed a while ago nobody keeps the address; later, nothing that was said.

ALTER TABLE repairs ADD COLUMN wordless_at TEXT;     -- when all that was said about it went for good
CREATE INDEX repairs_with_address ON repairs(closed_at, id) WHERE closed_at IS NOT NULL AND address <> '';
CREATE INDEX repairs_with_words ON repairs(closed_at, id) WHERE closed_at IS NOT NULL AND wordless_at IS NULL;
