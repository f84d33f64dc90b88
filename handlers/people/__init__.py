"""People: arriving, settings, roles, names, blocking."""
