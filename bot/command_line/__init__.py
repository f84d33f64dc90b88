"""What `python -m bot` does besides running: check, back up, restore, print posters."""
