-- A chat that refuses to be written to, though it is there: what is for it waits, and one row is tried now and then.
ALTER TABLE chats ADD COLUMN refuses TEXT;            -- Telegram's words, as long as it does
