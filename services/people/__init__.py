"""The use cases of people: roles, names, blocking, quiet hours."""
