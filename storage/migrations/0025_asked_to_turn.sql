-- Staff want a repair to become a report: whoever asked for it is asked, and until their yes nothing of it is shown.
ALTER TABLE repairs ADD COLUMN turn_asked_at TEXT;
