"""The estate's own plan: its picture, and where areas are on it."""
