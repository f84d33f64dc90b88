-- Photos that came as an album go out as one: a row that waits for the album's next part is found by the album it is of
-- (Telegram's media_group_id of what came in).
ALTER TABLE outbox ADD COLUMN album TEXT;
CREATE INDEX outbox_growing_album ON outbox(chat, album) WHERE album IS NOT NULL AND state IN ('pending', 'waiting');
