"""What a report is: its states, deadlines, likeness."""
