"""Reading danger out of people's words."""
