"""Reading places out of people's words."""
