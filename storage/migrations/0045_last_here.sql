-- Who was not here for long, and of whom nothing else is kept, is forgotten. The day alone; empty: nobody knows.

ALTER TABLE people ADD COLUMN seen_on TEXT NOT NULL DEFAULT '';
UPDATE people SET seen_on = substr(coalesce((SELECT at FROM events ORDER BY id DESC LIMIT 1), created_at), 1, 10)
    WHERE forgotten_at IS NULL;
CREATE INDEX people_away ON people(seen_on, id) WHERE forgotten_at IS NULL AND seen_on <> '';
