-- A private chat may have topics of its own (Bot API 9.3): an answer stays in the one it was asked in.
ALTER TABLE outbox ADD COLUMN thread INTEGER;
