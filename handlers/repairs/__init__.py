"""Repairs: asking for one, offers, work, the two sides writing to each other, volunteers and who is on call."""
