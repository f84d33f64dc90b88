"""What a promise is: its states, its times, and what a reply says of it."""
