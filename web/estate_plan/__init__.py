"""The estate's own plan as web pages."""
