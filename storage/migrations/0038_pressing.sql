-- Staff's mark that a report is pressing. Who marked it, and when, stands in the record of events.
ALTER TABLE reports ADD COLUMN pressing INTEGER NOT NULL DEFAULT 0;
