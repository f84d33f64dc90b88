"""The first public page."""
