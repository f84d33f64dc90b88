"""The staff's side of a voice: its card and buttons, answers and notes, the queue, and what staff are told."""
