"""Staff let everybody read what a report is about, by a title of their own; those whose report it is may object."""
