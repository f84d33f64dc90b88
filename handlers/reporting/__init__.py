"""The resident's side of a voice: saying what is wrong, hearing of it, deciding whether it is fixed."""
