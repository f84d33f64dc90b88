"""Notices: writing, confirming and sending them, and where people live."""
