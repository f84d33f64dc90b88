"""The use cases of volunteers."""
