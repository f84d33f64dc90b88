"""The resident's side of a report: saying it, adding to it, deciding whether it is fixed, taking it back."""
