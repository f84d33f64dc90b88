"""Notices, whom they reach, and where people live."""
