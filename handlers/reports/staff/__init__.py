"""The staff's side of a report: its card and buttons, answers and notes, and what staff are told."""
