"""Public projects as web pages."""
