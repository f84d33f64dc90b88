"""Backups, and what was taken away."""
