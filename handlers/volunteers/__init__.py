"""Volunteers: joining, being on duty, introductions between neighbours."""
