"""Reading people's words: letters, numbers, days, telephone numbers, phrases."""
