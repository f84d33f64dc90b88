"""Notices to the neighbourhood, and where people live."""
