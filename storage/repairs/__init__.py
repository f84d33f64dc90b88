"""SQL of repairs."""
