"""Promises: making one, the list of the week, checking in, and the board."""
