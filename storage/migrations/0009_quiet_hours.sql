-- Whom a message answers: they are awake. To everybody else it makes no sound in their quiet hours.
ALTER TABLE outbox ADD COLUMN answers INTEGER;            -- a person; empty: nobody's message or press caused it
