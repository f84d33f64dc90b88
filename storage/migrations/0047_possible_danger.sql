-- What the person said when asked whether somebody is in danger now: not_yet, yes, no; NULL where it was certain.
ALTER TABLE dangers ADD COLUMN confirmed TEXT;
