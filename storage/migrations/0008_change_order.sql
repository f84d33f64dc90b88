-- Changes of a message can arrive in another order than they were made: when the newest change that was handled was made,
-- as Telegram says it (edit_date, whole seconds of Unix time). Within one second the order of arrival counts.
ALTER TABLE messages ADD COLUMN changed INTEGER;
