"""What a repair is: its states, and in which order volunteers are asked."""
