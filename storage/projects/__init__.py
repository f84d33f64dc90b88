"""Projects: their rows, who leads them, what is in them, and their milestones."""
