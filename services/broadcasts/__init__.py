"""The use cases of what is said to many."""
