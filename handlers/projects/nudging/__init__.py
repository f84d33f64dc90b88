"""That nothing moves in a project, told to those who can change that."""
