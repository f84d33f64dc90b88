"""Reading the record of events for figures."""
