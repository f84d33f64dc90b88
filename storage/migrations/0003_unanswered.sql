-- How often a row was sent and no answer came: each time it may have arrived, so that is not repeated for ever.
ALTER TABLE outbox ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0;
