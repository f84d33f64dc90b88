"""SQL of promises and their board."""
