"""Files of what the database holds, as people read them: their columns in the reader's language."""
