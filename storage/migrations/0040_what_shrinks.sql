-- Tables that only grew: who got what was said to many, and the keys of what comes once.

ALTER TABLE broadcasts ADD COLUMN counts TEXT;       -- JSON: how many stood where, once the list of them goes
ALTER TABLE broadcasts ADD COLUMN listed INTEGER NOT NULL DEFAULT 1;  -- some of the list may be there
CREATE INDEX broadcasts_listed ON broadcasts(finished_at) WHERE finished_at IS NOT NULL AND listed;
-- A neighbour who has read of a volunteer is not told again for two years.
CREATE INDEX outbox_introduced ON outbox(finished_at) WHERE once >= 'introduction:' AND once < 'introduction;';
