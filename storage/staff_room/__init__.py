"""SQL of the staff's queue, search and floods."""
