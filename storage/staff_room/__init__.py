"""SQL of the staff's queue, search, figures and floods."""
