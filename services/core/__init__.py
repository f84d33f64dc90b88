"""What the use cases of all capabilities share."""
