"""The promise board as web pages."""
