"""Figures over a period, computed from what had happened by its end."""
