"""Public figures as web pages."""
