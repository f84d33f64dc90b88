"""Departments called in to a project: asking them, what they answer, and their silence."""
