"""Notices: what the staff say to many, to whom, and what has to be before it goes out."""
