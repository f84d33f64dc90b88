"""What all rooms keep about people, read across them: for a copy of it, for erasing it, for what is left."""
