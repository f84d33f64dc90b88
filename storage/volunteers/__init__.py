"""SQL of volunteers."""
