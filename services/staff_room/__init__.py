"""The use cases of the staff's group."""
