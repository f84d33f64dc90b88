"""The use cases of repairs."""
