"""Projects: making them, what is in them, who leads them, and how they move."""
